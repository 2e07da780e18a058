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
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from gongkai import clock
from gongkai.cache_folder import (
    DAMAGED,
    FOLDER,
    RACY_NS,
    all_under,
    cache_folder,
    digest,
    dropped,
    look,
    results_stamp,
    switched_off,
    write_kept,
)
from gongkai.model.finding import Finding, HasFindings
from gongkai.patterns import regex
from gongkai.resources import catalogue_dir

if TYPE_CHECKING:
    from gongkai.gather import Gathered
    from gongkai.reading.settings import Settings

_FILE = "outcome.bin"
_FOLDERS = ("requests", "feedback", "rectification.jsonl")
_ABOUT_FILES = frozenset({"GK120", "GK121", "GK204"})
"""Findings about links and attachments that lead nowhere: what they say may depend on folders outside the site."""
_UP = regex(r"\.\.|%2e", re.IGNORECASE)


class Outcome(HasFindings, Struct, frozen=True):
    """What a check found: ``files`` are the item files that it read, ``findings`` as :class:`gongkai.gather.Gathered` has them."""

    files: tuple[str, ...]
    findings: list[Finding]

    @property
    def read(self) -> int:
        """How many item files were read."""
        return len(self.files)


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    site: bytes
    watched: tuple[str, ...]
    state: bytes
    files: tuple[str, ...]
    findings: list[Finding]


class LastOutcome:
    """What the last look at a site found, asked for now: before everything is gathered."""

    def __init__(self, config_file: Path, today: dt.date | None = None, *, cache: bool = True) -> None:
        """``cache``: whether anything may be kept from run to run at all."""
        path = config_file.resolve()
        self._started, self._changed = time.time_ns(), 0
        self._site = digest(os.fsencode(path), clock.today(today).isoformat())
        self._off = not cache or switched_off()
        kept = None if self._off else _read(path.parent)
        self.outcome: Outcome | None = None
        """What was found, if nothing has changed since; None when that is not known."""
        if kept is not None and kept.site == self._site:
            state, self._changed = site_state(kept.watched)
            self.outcome = Outcome(kept.files, kept.findings) if state == kept.state else None

    def keep(self, gathered: Gathered) -> Outcome:
        """What ``gathered`` has found; it is kept for the next run, if it can be."""
        outcome = Outcome(_files(gathered), gathered.findings)
        settled = self._changed <= self._started - RACY_NS
        if gathered.settings is not None and gathered.dataset is not None and settled and not self._off:
            _keep(gathered.settings, self._site, outcome, self._started)
        return outcome


def check_site(config_file: Path, today: dt.date | None = None, *, cache: bool = True) -> Outcome:
    """What :func:`gongkai.gather.gather` finds, from the last check when nothing that it looked at has changed since."""
    day = clock.today(today)
    last = LastOutcome(config_file, day, cache=cache)
    if last.outcome is not None:
        return last.outcome

    from gongkai.gather import gather  # noqa: PLC0415 - what is known needs none of it

    return last.keep(gather(config_file, day, cache=cache))


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


def _read(root: Path) -> _Kept | None:
    path = root / FOLDER / _FILE
    content, reason = look(path, results_stamp())
    if content is None:
        if reason == DAMAGED:
            dropped(path, reason)
        return None
    try:
        return msgspec.msgpack.decode(content, type=_Kept)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        dropped(path, DAMAGED)
        return None


def _keep(settings: Settings, site: bytes, outcome: Outcome, started: int) -> None:
    if any(f.code in _ABOUT_FILES and _UP.search(f.message) for f in outcome.findings):
        return
    places = [settings.root / settings.file, settings.docs_dir, settings.catalogue_dir, catalogue_dir()]
    if settings.docs_dir not in settings.items_dir.parents:
        places.append(settings.items_dir)
    watched = tuple(dict.fromkeys(os.fspath(p) for p in (*places, *(settings.root / name for name in _FOLDERS))))
    state, latest = site_state(watched)
    if latest > started - RACY_NS:
        return
    try:
        content = msgspec.msgpack.encode(_Kept(site, watched, state, outcome.files, outcome.findings))
    except (msgspec.MsgspecError, UnicodeEncodeError):
        return
    folder = cache_folder(settings.root)
    if folder is not None:
        write_kept(folder / _FILE, results_stamp(), content)
