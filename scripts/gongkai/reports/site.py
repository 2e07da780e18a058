"""What of the reports stands on the website: pages, and files beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.dataset import Dataset
from gongkai.render.page import Page, Renderer
from gongkai.reports.card_page import card_pages
from gongkai.reports.coverage import Coverage, coverage
from gongkai.reports.coverage_page import coverage_pages
from gongkai.reports.due_page import due_files, due_page, public_duties
from gongkai.reports.duties import Duty
from gongkai.reports.facts import Facts, facts_of
from gongkai.reports.open_report import open_report


@dataclass(frozen=True)
class _Figures:
    """What pages and files are made of."""

    covered: Coverage
    facts: Facts
    duties: tuple[Duty, ...]


def report_pages(renderer: Renderer) -> Iterator[Page]:
    """The pages of the reports."""
    found = _figures(renderer.dataset)
    yield from coverage_pages(renderer, found.covered)
    yield due_page(renderer, found.duties)
    yield from card_pages(renderer, found.facts)


def report_files(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """Address and content of the files of the reports."""
    found = _figures(dataset)
    yield from due_files(dataset, found.duties)
    yield from open_report(dataset, found.facts)


def _figures(dataset: Dataset) -> _Figures:
    """Computed once for a dataset, and kept with it, as its own cached properties are."""
    kept = vars(dataset)
    if _figures.__qualname__ not in kept:
        covered = coverage(dataset)
        kept[_figures.__qualname__] = _Figures(covered, facts_of(dataset, covered), public_duties(dataset))
    found: _Figures = kept[_figures.__qualname__]
    return found
