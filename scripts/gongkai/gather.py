"""First step of everything: read all, check all, build the dataset. Nothing is written here."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from gongkai import clock
from gongkai.cache_folder import digest, library_stamp, switched_off
from gongkai.catalogue.kept import check_assessments, kept_calendar, kept_history
from gongkai.collector import put_off
from gongkai.dataset import Dataset, build_dataset
from gongkai.late import late_module
from gongkai.memo import Memo, open_memo
from gongkai.model import CatalogueHistory, Finding, Item, Severity
from gongkai.model.finding import HasFindings
from gongkai.progress import counted
from gongkai.reading.attachments import forget_folders
from gongkai.reading.cache import ItemCache, Judged, Source, context_digest
from gongkai.reading.feedback import read_feedback
from gongkai.reading.item import ItemContext, Reading, complete, read_item
from gongkai.reading.requests import read_registers
from gongkai.reading.settings import Settings, load_settings
from gongkai.reading.source import Report, read_data
from gongkai.reading.vocabulary import load_vocabulary
from gongkai.resources import catalogue_dir

if TYPE_CHECKING:
    from gongkai.rules import registry
else:
    registry = late_module("gongkai.rules.registry")  # a run that finds nothing changed needs none of the rules


class Gathered(HasFindings, Struct, frozen=True):
    """What there is and what is wrong with it. ``dataset`` is None when settings or catalogue cannot be read.

    ``read`` counts the item files, ``reread`` those of them that were not known from the last run; ``findings`` are in file order, under the site's own severities.
    ``digests`` are those of the bytes of each item file that could be read, ``context`` is the digest of all else that
    readings depend on (settings, catalogues, the version in force, the libraries), not of the program itself.
    """

    settings: Settings | None
    dataset: Dataset | None
    read: int
    findings: list[Finding]
    reread: int = 0
    digests: Mapping[str, bytes] = field(default_factory=dict)
    context: bytes = b""

    @property
    def with_errors(self) -> frozenset[str]:
        """The files in which there are errors."""
        return frozenset(f.file for f in self.findings if f.severity is Severity.ERROR)


def _listed(items_dir: Path) -> list[tuple[str, ...]]:
    """The steps from the items folder to each of its files. Strings, not paths: a site may have a hundred thousand."""
    found: list[tuple[str, ...]] = []
    steps_to: dict[str, tuple[str, ...]] = {os.fspath(items_dir): ()}
    for folder, folders, files in os.walk(items_dir):
        folders[:] = [name for name in folders if name[0] != "."]
        steps = steps_to.pop(folder)
        for name in folders:
            steps_to[os.path.join(folder, name)] = (*steps, name)  # noqa: PTH118 - as os.walk spells it
        found += [(*steps, name) for name in (*folders, *files) if name[-3:] == ".md" and name[0] != "."]
    found.sort()
    return found


@put_off()
def gather(
    config_file: Path, today: dt.date | None = None, *, cache: bool = True, known: list[Finding] | None = None
) -> Gathered:
    """Read and check the site whose settings stand in ``config_file``, as judged on ``today`` (see :mod:`gongkai.clock`).

    With ``cache`` what was found in files that have not changed is taken from the last run, where the site has a cache
    folder; the result is the same (docs/adr/0010-cache-of-what-was-read.md). ``known`` are the findings, when nothing has
    changed since they were found (:mod:`gongkai.outcome`); they are found again when an item turns out to be new.
    """
    findings: list[Finding] = []
    forget_folders()
    cache = cache and not switched_off()
    memo = Memo(config_file.resolve().parent) if cache else None
    open_memo(memo)
    settings = load_settings(config_file, findings.append)
    files = context_digest((), (catalogue_dir(), settings.catalogue_dir)) if settings else b""
    history = kept_history(settings, files, findings.append) if settings else None
    if settings is None or history is None:
        return Gathered(settings, None, 0, registry.apply_levels(findings, settings.rules if settings else {}))
    calendar = kept_calendar(settings, files, findings.append)
    check_assessments(settings, files, findings.append)
    vocabulary = load_vocabulary(catalogue_dir() / "vocabulary.yaml")
    context = ItemContext(settings.root, settings.docs_dir, vocabulary, history, settings.profile)
    day = clock.today(today)
    depends_on = _context(settings, history, day, files)
    kept = ItemCache(settings.root, depends_on) if cache else None
    read = _read_items(settings, context, day, kept, findings.append)
    registers = read_registers(settings.root, findings.append)
    feedback = read_feedback(settings.root, findings.append)
    dataset = build_dataset(settings, history, read.items, day, calendar, read.faulty, registers)
    dataset = replace(dataset, feedback=feedback)
    total = len(read.items) + len(read.faulty)
    if known is not None and not read.reread:
        return Gathered(settings, dataset, total, known, 0, read.digests, depends_on)
    judged = registry.judge_items(dataset, read.known)
    findings.extend(registry.run_rules(dataset, judged))
    if kept is not None and memo is not None:
        read.keep(kept, judged)
        memo.save()
    said = registry.apply_levels(findings, settings.rules)
    return Gathered(settings, dataset, total, said, read.reread, read.digests, depends_on)


class _Items(Struct):
    """What came of the item files. ``known`` is what was found in items that are as they were, ``reread`` counts the others."""

    items: list[Item] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)
    known: dict[str, Judged] = field(default_factory=dict)
    fresh: dict[str, tuple[Source, Reading]] = field(default_factory=dict)
    digests: dict[str, bytes] = field(default_factory=dict)
    reread: int = 0

    def keep(self, cache: ItemCache, judged: Mapping[str, Judged]) -> None:
        """Keep what is new in the cache."""
        for file, (source, reading) in self.fresh.items():
            cache.put(file, source, reading, judged.get(file))
        cache.save()


def _read_items(
    settings: Settings, context: ItemContext, day: dt.date, cache: ItemCache | None, report: Report
) -> _Items:
    """Read every item file, those that ``cache`` knows from there."""
    made = _Items()
    top, start = os.fspath(settings.items_dir), settings.items_dir.relative_to(settings.root).as_posix()
    for steps in counted(_listed(settings.items_dir), "读取信息"):
        file, name = f"{start}/{'/'.join(steps)}", f"{top}{os.sep}{os.sep.join(steps)}"  # noqa: PTH118 - see _listed
        source = cache.find(file, name) if cache else None
        judged = source.kept.judged if source and source.kept else None
        if source and source.kept:
            reading = source.kept.reading
            assert source.digest is not None
            made.digests[file] = source.digest
        else:
            made.reread += 1
            data = source.data if source and source.data is not None else read_data(Path(name), file, report)
            if data is None:
                made.faulty.append(file)
                continue
            reading = read_item(data, file, context)
            made.digests[file] = digest(data)
            if source:
                source.digest = made.digests[file]
        plain = not reading.said and not reading.wanted
        item = reading.item if plain else complete(reading, Path(name), context, report)
        if item is None:
            made.faulty.append(file)
        else:
            made.items.append(item)
        fits = judged and item and (judged.sound, judged.attachments) == (item.sound, item.attachments)
        if judged and fits:
            made.known[file] = judged
        settled = source and source.kept and (item is None or (judged and fits and judged.day == day))
        if source and not settled:
            made.fresh[file] = (source, reading)
    return made


def _context(settings: Settings, history: CatalogueHistory, day: dt.date, files: bytes) -> bytes:
    """What readings and findings depend on besides the file: settings, catalogues, the version in force, the libraries."""
    config = (settings.root / settings.file).read_bytes()
    in_force = sum(since <= day for since, _ in history.versions)
    return digest(config, settings.file.encode(), str(in_force).encode(), library_stamp(), files)
