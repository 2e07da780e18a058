"""What of the reports stands on the website: pages, and files beside them."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.render.page import Page, Renderer
from gongkai.reports.card_page import card_pages
from gongkai.reports.coverage import coverage
from gongkai.reports.coverage_page import coverage_pages
from gongkai.reports.due_page import due_files, due_page
from gongkai.reports.open_report import open_report


def report_pages(renderer: Renderer) -> Iterator[Page]:
    """The pages of the reports."""
    covered = coverage(renderer.dataset)
    yield from coverage_pages(renderer, covered)
    yield due_page(renderer)
    yield from card_pages(renderer, covered)


def report_files(dataset: Dataset) -> Iterator[tuple[str, bytes]]:
    """Address and content of the files of the reports."""
    yield from due_files(dataset)
    yield from open_report(dataset)
