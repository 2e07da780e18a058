"""What a check found, kept with the state of every file that it looked at: asked again, and nothing has changed, it is said again.

The state is names, sizes and times, as with the readings (:mod:`gongkai.reading.cache`); what was changed within two seconds
of the check is never believed by its times, so that such a check is not kept.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from gongkai import clock
from gongkai.cache_folder import (
    DAMAGED,
    FOLDER,
    all_under,
    cache_folder,
    digest,
    dropped,
    look,
    results_stamp,
    switched_off,
    write_kept,
)
from gongkai.model.finding import Finding, Severity
from gongkai.patterns import regex
from gongkai.resources import catalogue_dir

if TYPE_CHECKING:
    from gongkai.gather import Gathered
    from gongkai.reading.settings import Settings

_FILE = "outcome.bin"
_RACY = 2_000_000_000
_FOLDERS = ("requests", "feedback", "rectification.jsonl")
_ABOUT_FILES = frozenset({"GK120", "GK121", "GK204"})
"""Findings about links and attachments that lead nowhere: what they say may depend on folders outside the site."""
_UP = regex(r"\.\.|%2e", re.IGNORECASE)


@dataclass(frozen=True)
class Outcome:
    """What a check found: ``files`` are the item files that it read, ``findings`` as :class:`gongkai.gather.Gathered` has them."""

    files: tuple[str, ...]
    findings: list[Finding]

    @property
    def read(self) -> int:
        """How many item files were read."""
        return len(self.files)

    def count(self, severity: Severity) -> int:
        """How many findings there are of one severity."""
        return sum(f.severity is severity for f in self.findings)

    @property
    def errors(self) -> int:
        """How many errors there are."""
        return self.count(Severity.ERROR)


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    site: bytes
    watched: tuple[str, ...]
    state: bytes
    files: tuple[str, ...]
    findings: list[Finding]


_KEPT = msgspec.msgpack.Decoder(_Kept)


def known_outcome(config_file: Path, today: dt.date | None = None) -> Outcome | None:
    """What was found in the site when it was last looked at, if nothing has changed since; None when that is not known."""
    path = config_file.resolve()
    kept = None if switched_off() else _known(path.parent, _site(path, clock.today(today)))
    return Outcome(kept.files, kept.findings) if kept is not None else None


def keep_outcome(config_file: Path, gathered: Gathered, started: int, today: dt.date | None = None) -> None:
    """Keep what ``gathered`` has found for :func:`known_outcome`; ``started``: when gathering began (ns)."""
    if switched_off() or gathered.settings is None or gathered.dataset is None:
        return
    site = _site(config_file.resolve(), clock.today(today))
    _keep(gathered.settings, site, Outcome(_files(gathered), gathered.findings), started)


def check_site(config_file: Path, today: dt.date | None = None, *, cache: bool = True) -> Outcome:
    """What :func:`gongkai.gather.gather` finds, from the last check when nothing that it looked at has changed since."""
    day = clock.today(today)
    known = known_outcome(config_file, day) if cache else None
    if known is not None:
        return known

    from gongkai.gather import gather  # noqa: PLC0415 - what is known needs none of it

    started = time.time_ns()
    gathered = gather(config_file, day, cache=cache)
    if cache:
        keep_outcome(config_file, gathered, started, day)
    return Outcome(_files(gathered), gathered.findings)


def _site(config_file: Path, day: dt.date) -> bytes:
    return digest(os.fsencode(config_file), day.isoformat())


def _files(gathered: Gathered) -> tuple[str, ...]:
    if gathered.dataset is None:
        return ()
    return (*(item.file for item in gathered.dataset.items), *gathered.dataset.faulty)


def site_state(watched: tuple[str, ...]) -> tuple[bytes, int]:
    """A digest of names, sizes and times of all files in ``watched`` (files and folders), and the latest of their times."""
    lines: list[str] = []
    latest = 0
    for name in _all(watched):
        try:
            found = os.stat(name)  # noqa: PTH116 - one for every file of the site
        except OSError:
            lines.append(f"{name}\0")
            continue
        lines.append(f"{name}\0{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}")
        latest = max(latest, found.st_mtime_ns, found.st_ctime_ns)
    return digest("\n".join(lines)), latest


def _all(watched: tuple[str, ...]) -> Iterator[str]:
    for top in watched:
        yield top
        yield from all_under(top)


def _known(root: Path, site: bytes) -> _Kept | None:
    path = root / FOLDER / _FILE
    content, reason = look(path, results_stamp())
    if content is None:
        if reason == DAMAGED:
            dropped(path, reason)
        return None
    try:
        kept = _KEPT.decode(content)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        dropped(path, DAMAGED)
        return None
    return kept if kept.site == site and kept.state == site_state(kept.watched)[0] else None


def _keep(settings: Settings, site: bytes, outcome: Outcome, started: int) -> None:
    if any(f.code in _ABOUT_FILES and _UP.search(f.message) for f in outcome.findings):
        return
    places = [settings.root / settings.file, settings.docs_dir, settings.catalogue_dir, catalogue_dir()]
    if settings.docs_dir not in settings.items_dir.parents:
        places.append(settings.items_dir)
    watched = tuple(dict.fromkeys(os.fspath(p) for p in (*places, *(settings.root / name for name in _FOLDERS))))
    state, latest = site_state(watched)
    if latest > started - _RACY:
        return
    try:
        content = msgspec.msgpack.encode(_Kept(site, watched, state, outcome.files, outcome.findings))
    except (msgspec.MsgspecError, UnicodeEncodeError):
        return
    folder = cache_folder(settings.root)
    if folder is not None:
        write_kept(folder / _FILE, results_stamp(), content)
