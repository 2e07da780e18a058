"""What of the reports stands on the website: pages, and files beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from gongkai.dataset import Dataset
from gongkai.render.page import Page, Renderer
from gongkai.reports.card_page import card_pages
from gongkai.reports.coverage import Coverage, coverage
from gongkai.reports.coverage_page import coverage_pages
from gongkai.reports.due_page import due_files, due_page, public_duties
from gongkai.reports.duties import Duty
from gongkai.reports.facts import Facts, facts_of
from gongkai.reports.open_report import open_report


class SiteReports:
    """The reports on one dataset. What pages and files are both made of is computed once, when it is first asked for."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset

    @cached_property
    def _covered(self) -> Coverage:
        return coverage(self._dataset)

    @cached_property
    def _facts(self) -> Facts:
        return facts_of(self._dataset, self._covered)

    @cached_property
    def _duties(self) -> tuple[Duty, ...]:
        return public_duties(self._dataset)

    def pages(self, renderer: Renderer) -> Iterator[Page]:
        """The pages of the reports."""
        yield from coverage_pages(renderer, self._covered)
        yield due_page(renderer, self._duties)
        yield from card_pages(renderer, self._facts)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Address and content of the files of the reports."""
        yield from due_files(self._dataset, self._duties)
        yield from open_report(self._dataset, self._facts)
