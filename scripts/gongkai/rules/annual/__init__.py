"""Annual reports on disclosure (政府信息公开工作年度报告, R2): form, sums, text, other years. Codes GK751 to GK799."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.memo import remembered
from gongkai.model import Finding, FindingType
from gongkai.rules.annual import codes, others, shape, sums, words
from gongkai.rules.annual.report import Report, reports
from gongkai.rules.kind import Rule


def annual_reports(dataset: Dataset) -> Iterator[Finding]:
    """R2.2 to R2.8, for every item that is an annual report of the form of 2021; on all others nothing is spent."""
    found = reports(dataset)
    by_year = {report.year: report for report in found if not report.item.draft}
    for n, report in enumerate(found):
        yield from _alone(report)
        yield from others.rules_of_township(report)
        yield from others.twice(report, (other for other in found[:n] if other.year == report.year))
        before = by_year.get(report.year - 1)
        for compare in (others.carried_over, others.in_force, others.same_as_before):
            yield from compare(report, before)
        for judge in (others.site, others.register, others.late, others.news):
            yield from judge(report, dataset)


def _alone(report: Report) -> list[Finding]:
    """What is wrong in a report whatever else there is."""
    checks = (*shape.CHECKS, *sums.CHECKS, *words.CHECKS)
    given = (repr(report.item),)
    return remembered("annual checks", given, list[Finding], lambda: [f for check in checks for f in check(report)])


RULES: tuple[Rule, ...] = (annual_reports,)
TYPES: tuple[FindingType, ...] = codes.ALL
