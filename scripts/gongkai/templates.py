"""How templates are found and compiled: what would be done anew in every build is kept in the site's cache folder."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from gongkai.cache_folder import cache_folder, digest, program_stamp, read_kept, switched_off, write_kept

_FILE = "templates"


class CompiledTemplates(jinja2.BytecodeCache):
    """The compiled templates of a site, all in one file.

    What a template compiles to depends on its text, on Python, on Jinja with its extensions, and on what settings, hooks
    and other plugins make of its environment: of all of these there is something in the file's stamp or in a template's key.
    """

    def __init__(self, root: Path, configured: Iterable[Path]) -> None:
        """``root`` is the folder of mkdocs.yml, ``configured`` the files that settings and hooks are read from."""
        self._used: dict[str, bytes] = {}
        self._kept: dict[str, bytes] = {}
        folder = None if switched_off() else cache_folder(root)
        self._path = folder and folder / _FILE
        if self._path is None:
            return
        files = [path.read_bytes() for path in configured if path.is_file()]
        self._stamp = digest(program_stamp(), sys.version, *installed(), *files)
        content = read_kept(self._path, self._stamp)
        if content is not None:
            self._kept = marshal.loads(content)  # noqa: S302 - whole and ours, says its digest

    def load_bytecode(self, bucket: Bucket) -> None:
        """Jinja asks for a template: gives what is kept of it."""
        key = _key(bucket)
        if key in self._kept:
            self._used[key] = self._kept[key]
            bucket.bytecode_from_string(self._kept[key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Jinja has compiled a template."""
        self._used[_key(bucket)] = bucket.bytecode_to_string()

    def save(self) -> None:
        """Keep the templates of this build, where they are others than before."""
        if self._path is not None and self._used.keys() != self._kept.keys():
            write_kept(self._path, self._stamp, marshal.dumps(self._used))


def _key(bucket: Bucket) -> str:
    env = bucket.environment
    how = (env.trim_blocks, env.lstrip_blocks, env.autoescape is True, *sorted(env.extensions))
    return f"{bucket.key} {bucket.checksum} {how}"


def installed() -> list[str]:
    """Names and versions of everything that is installed beside Jinja."""
    folder = Path(jinja2.__file__).resolve().parents[1]
    return sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))  # noqa: PTH208 - names only


class ShownFiles(jinja2.FileSystemLoader):
    """A loader that does not list what lies in folders that start with a dot, and loads it all the same.

    MkDocs lists every file of the theme and leaves these out afterwards: the 12,000 icons of Material.
    """

    def list_templates(self) -> list[str]:
        """The names of the templates, sorted."""
        found: set[str] = set()
        for top in self.searchpath:
            for folder, folders, files in os.walk(top, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                inside = os.path.relpath(folder, top).replace(os.sep, "/")
                prefix = "" if inside == "." else f"{inside}/"
                found.update(f"{prefix}{name}" for name in files)
        return sorted(found)


def listing_shown_files(env: jinja2.Environment) -> jinja2.Environment:
    """``env``, its plain loader of files exchanged for :class:`ShownFiles`; any other loader stays."""
    loader = env.loader
    if type(loader) is jinja2.FileSystemLoader:
        env.loader = ShownFiles(loader.searchpath, loader.encoding, loader.followlinks)
    return env
