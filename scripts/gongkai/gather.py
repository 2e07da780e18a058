"""First step of everything: read all, check all, build the dataset. Nothing is written here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gongkai import clock
from gongkai.catalogue.adoption import load_history
from gongkai.catalogue.calendar import load_calendar
from gongkai.dataset import Dataset, build_dataset
from gongkai.model import Finding, Item, Severity
from gongkai.reading.attachments import forget_folders
from gongkai.reading.item import ItemContext, read_item
from gongkai.reading.settings import Settings, load_settings
from gongkai.reading.vocabulary import load_vocabulary
from gongkai.resources import catalogue_dir
from gongkai.rules.registry import apply_levels, run_rules


@dataclass(frozen=True)
class Gathered:
    """What there is and what is wrong with it. ``dataset`` is None when settings or catalogue cannot be read.

    ``read`` counts the item files; ``findings`` are in file order, under the site's own severities.
    """

    settings: Settings | None
    dataset: Dataset | None
    read: int
    findings: list[Finding]

    def count(self, severity: Severity) -> int:
        """How many findings there are of one severity."""
        return sum(f.severity is severity for f in self.findings)

    @property
    def errors(self) -> int:
        """How many errors there are; a site is built only when there is none."""
        return self.count(Severity.ERROR)


def item_files(items_dir: Path) -> Iterator[Path]:
    """All Markdown files under the items folder, sorted; hidden files and folders are left out."""
    for path in sorted(items_dir.rglob("*.md")):
        if not any(part.startswith(".") for part in path.relative_to(items_dir).parts):
            yield path


def gather(config_file: Path, today: dt.date | None = None) -> Gathered:
    """Read and check the site whose settings stand in ``config_file``, as judged on ``today`` (see :mod:`gongkai.clock`)."""
    findings: list[Finding] = []
    forget_folders()
    settings = load_settings(config_file, findings.append)
    history = load_history(settings, findings.append) if settings else None
    if settings is None or history is None:
        return Gathered(settings, None, 0, apply_levels(findings, settings.rules if settings else {}))
    calendar = load_calendar(settings, findings.append)
    vocabulary = load_vocabulary(catalogue_dir() / "vocabulary.yaml")
    context = ItemContext(settings.root, settings.docs_dir, vocabulary, history, settings.profile)
    items: list[Item] = []
    faulty: list[str] = []
    for path in item_files(settings.items_dir):
        item = read_item(path, context, findings.append)
        if item is not None:
            items.append(item)
        else:
            faulty.append(path.relative_to(settings.root).as_posix())
    dataset = build_dataset(settings, history, items, clock.today(today), calendar, faulty)
    findings.extend(run_rules(dataset))
    return Gathered(settings, dataset, len(items) + len(faulty), apply_levels(findings, settings.rules))
