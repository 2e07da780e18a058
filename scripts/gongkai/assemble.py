"""Render, index, package: everything of the site that MkDocs does not make, as far as it is not what it was.

Nothing here knows MkDocs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from gongkai.collector import put_off
from gongkai.dataset import Dataset
from gongkai.render.keys import Keys
from gongkai.render.page import OrdinaryPage, Renderer
from gongkai.staging import Staging


@put_off()
def assemble(renderer: Renderer, keys: Keys, ordinary: Iterable[OrdinaryPage], staging: Staging) -> None:
    """Make the generated parts of the site in ``staging``, but those that are what they were.

    Raises OSError when the disk does not take it, ``SearchError`` when the index cannot be made.
    """
    ordinary, copied = list(ordinary), list(_files(renderer.dataset))
    key = keys.all([(page.url, page.title, page.html) for page in ordinary], [source for source, _ in copied])
    if not staging.keeps_all(key):
        from gongkai.making import make_site  # noqa: PLC0415 - where nothing has changed, nothing of it is needed

        make_site(renderer, keys, ordinary, copied, staging)
        staging.seal(key)


def _files(dataset: Dataset) -> Iterator[tuple[Path, str]]:
    """The files that published items show, and where they go. Files of other items stay at home (R5.4)."""
    for item in dataset.published:
        if item.on_request:
            continue
        for target in dataset.files_of(item):
            if target.source is not None:
                yield dataset.settings.docs_dir / target.source, target.url
