"""First step of everything: read all, check all, build the dataset. Nothing is written here."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from gongkai import clock
from gongkai.cache_folder import digest, library_stamp, switched_off
from gongkai.catalogue.adoption import load_history
from gongkai.catalogue.assessments import load_assessments
from gongkai.catalogue.calendar import load_calendar
from gongkai.dataset import Dataset, build_dataset
from gongkai.memo import Memo, open_memo
from gongkai.model import CatalogueHistory, Finding, Item, Severity
from gongkai.reading.attachments import forget_folders
from gongkai.reading.cache import ItemCache, Judged, Source, context_digest
from gongkai.reading.feedback import read_feedback
from gongkai.reading.item import ItemContext, Reading, complete, read_item
from gongkai.reading.requests import read_registers
from gongkai.reading.settings import Settings, load_settings
from gongkai.reading.source import Report, read_data
from gongkai.reading.vocabulary import load_vocabulary
from gongkai.resources import catalogue_dir
from gongkai.rules.registry import apply_levels, judge_items, run_rules


@dataclass(frozen=True)
class Gathered:
    """What there is and what is wrong with it. ``dataset`` is None when settings or catalogue cannot be read.

    ``read`` counts the item files, ``reread`` those of them that were not known from the last run; ``findings`` are in file order, under the site's own severities.
    """

    settings: Settings | None
    dataset: Dataset | None
    read: int
    findings: list[Finding]
    reread: int = 0

    def count(self, severity: Severity) -> int:
        """How many findings there are of one severity."""
        return sum(f.severity is severity for f in self.findings)

    @property
    def errors(self) -> int:
        """How many errors there are; a site is built only when there is none."""
        return self.count(Severity.ERROR)


def item_files(items_dir: Path) -> Iterator[Path]:
    """All Markdown files under the items folder, sorted; hidden files and folders are left out."""
    found: list[tuple[str, ...]] = []
    for folder, folders, files in os.walk(items_dir):
        folders[:] = [name for name in folders if not name.startswith(".")]
        parts = Path(folder).relative_to(items_dir).parts
        names = (name for name in (*folders, *files) if name.endswith(".md") and not name.startswith("."))
        found += ((*parts, name) for name in names)
    return (items_dir.joinpath(*parts) for parts in sorted(found))


def gather(config_file: Path, today: dt.date | None = None, *, cache: bool = True) -> Gathered:
    """Read and check the site whose settings stand in ``config_file``, as judged on ``today`` (see :mod:`gongkai.clock`).

    With ``cache`` what was found in files that have not changed is taken from the last run, where the site has a cache
    folder; the result is the same (docs/adr/0010-cache-of-what-was-read.md).
    """
    findings: list[Finding] = []
    forget_folders()
    cache = cache and not switched_off()
    memo = Memo(config_file.resolve().parent) if cache else None
    open_memo(memo)
    settings = load_settings(config_file, findings.append)
    history = load_history(settings, findings.append) if settings else None
    if settings is None or history is None:
        return Gathered(settings, None, 0, apply_levels(findings, settings.rules if settings else {}))
    calendar = load_calendar(settings, findings.append)
    load_assessments(settings, findings.append)
    vocabulary = load_vocabulary(catalogue_dir() / "vocabulary.yaml")
    context = ItemContext(settings.root, settings.docs_dir, vocabulary, history, settings.profile)
    day = clock.today(today)
    kept = ItemCache(settings.root, _context(settings, history, day)) if cache else None
    read = _read_items(settings, context, day, kept, findings.append)
    registers = read_registers(settings.root, findings.append)
    feedback = read_feedback(settings.root, findings.append)
    dataset = build_dataset(settings, history, read.items, day, calendar, read.faulty, registers)
    dataset = replace(dataset, feedback=feedback)
    judged = judge_items(dataset, read.known)
    findings.extend(run_rules(dataset, judged))
    if kept is not None and memo is not None:
        read.keep(kept, judged)
        memo.save()
    total = len(read.items) + len(read.faulty)
    return Gathered(settings, dataset, total, apply_levels(findings, settings.rules), read.reread)


@dataclass
class _Items:
    """What came of the item files. ``known`` is what was found in items that are as they were, ``reread`` counts the others."""

    items: list[Item] = field(default_factory=list)
    faulty: list[str] = field(default_factory=list)
    known: dict[str, Judged] = field(default_factory=dict)
    fresh: dict[str, tuple[Source, Reading]] = field(default_factory=dict)
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
    for path in item_files(settings.items_dir):
        file = path.relative_to(settings.root).as_posix()
        source = cache.find(file, path) if cache else None
        judged = source.kept.judged if source and source.kept else None
        if source and source.kept:
            reading = source.kept.reading
        else:
            made.reread += 1
            data = source.data if source and source.data is not None else read_data(path, file, report)
            if data is None:
                made.faulty.append(file)
                continue
            reading = read_item(data, file, context)
            if source:
                source.digest = digest(data)
        item = complete(reading, path, context, report)
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


def _context(settings: Settings, history: CatalogueHistory, day: dt.date) -> bytes:
    """What readings and findings depend on besides the file: settings, catalogues, the version in force, the libraries."""
    config = (settings.root / settings.file).read_bytes()
    in_force = sum(since <= day for since, _ in history.versions)
    parts = (config, settings.file.encode(), str(in_force).encode(), library_stamp())
    return context_digest(parts, (catalogue_dir(), settings.catalogue_dir))
