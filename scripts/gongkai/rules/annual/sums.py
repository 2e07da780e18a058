"""The sums of an annual report as findings (R2.6)."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.model import Finding, annual
from gongkai.rules.annual import codes, identities
from gongkai.rules.annual.identities import Miss, Suspect
from gongkai.rules.annual.report import Report
from gongkai.rules.annual.shape import place

_KINDS = {
    identities.ROW: (codes.ROW_SUM, "row"),
    identities.RESULTS: (codes.RESULT_SUM, "column"),
    identities.BALANCE: (codes.BALANCE, "column"),
    identities.REMEDY: (codes.REMEDY_SUM, "block"),
}


def sums(report: Report) -> Iterator[Finding]:
    """R2.6 ① to ③ and ⑤: each identity that fails, with both sums and the cells that may be wrong."""
    found = identities.of_requests(report.requests) if report.requests else []
    found += identities.of_remedies(report.remedies) if report.remedies else []
    for miss in identities.misses(found):
        yield _finding(report, miss)


def _finding(report: Report, miss: Miss) -> Finding:
    kind, what = _KINDS[miss.identity.kind]
    left, right = miss.identity.sums
    name = annual.ROW_BY_KEY[miss.identity.name].name if what == "row" else miss.identity.name
    one = miss.sure and len(miss.suspects) == 1
    line = miss.suspects[0].cell.line if one else miss.identity.right[-1].line
    return kind.at(
        place(report, line),
        **{what: name},
        left=left,
        right=right,
        difference=abs(left - right),
        suspects=_suspects(miss),
        hint=_hint(miss, one=one),
    )


def _suspects(miss: Miss) -> str:
    if not miss.suspects:
        return "请核对各格"
    cells = "、".join(shown(s) for s in miss.suspects)
    if miss.sure and len(miss.suspects) == 1:
        return f"最可疑的是{cells}"
    return f"可疑的格：{cells}"


def shown(suspect: Suspect) -> str:
    """A cell as a message names it: row, column, what it says and what would put it right."""
    cell = suspect.cell
    row = annual.ROW_BY_KEY[cell.row].name if cell.row in annual.ROW_BY_KEY else cell.row
    return f"“{row}”行“{cell.column}”列的 {cell.value}（{suspect.right} 就对得上）"


def _hint(miss: Miss, *, one: bool) -> str:
    if one:
        return f"这一格；其他各格都对的，应写成：{miss.suspects[0].right}"
    return "上面列出的格，先看横向、纵向都对不上的；改一格后再运行 gongkai check"


CHECKS = (sums,)
