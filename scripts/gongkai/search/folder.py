"""A plain folder as the place of the search data: for what is built apart from a site."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from gongkai.search.packing import damaged
from gongkai.staging import NO_KEY
from gongkai.writing import write_new


class Folder:
    """The folder ``path``; the first file that is put there replaces all that lies in it."""

    def __init__(self, path: Path) -> None:
        self._path, self._begun = path, False

    def keeps(self, name: str, key: bytes) -> bool:  # noqa: ARG002 - as every place has it
        """Never: what lies there goes."""
        return False

    def put(self, name: str, content: bytes, key: bytes = NO_KEY) -> None:  # noqa: ARG002 - same
        """Write the file, and see that it is there to its end. Raises OSError, :class:`packing.SearchError`."""
        if not self._begun:
            self._begun = True
            if self._path.exists():
                shutil.rmtree(self._path)
            self._path.mkdir(parents=True)
        path = f"{self._path}{os.sep}{name}"
        write_new(path, content)
        if os.stat(path).st_size != len(content):  # noqa: PTH116 - thousands
            raise damaged(name)
