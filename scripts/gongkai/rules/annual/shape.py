"""The shape of an annual report: parts, topics, tables complete, a figure in every cell (R2.2 to R2.5, R2.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongkai.model import Finding, Place, annual
from gongkai.patterns import regex
from gongkai.rules.annual import codes
from gongkai.rules.annual.report import Report
from gongkai.rules.annual.tables import Cell

_NUMERALS = "一二三四五六"
_TOPIC_SIGNS = {
    "主动公开": regex(r"主动公开"),
    "依申请公开": regex(r"依申请|公开申请"),
    "政府信息管理": regex(r"信息管理|规范管理|信息资源"),
    "政府信息公开平台建设": regex(r"平台(?:的)?(?:建设|管理)|公开平台|载体建设|渠道建设"),
    "监督保障": regex(r"监督保障|监督考核|保障监督|监督和保障"),
}
_DRAFT_ADVICE = "缺的表可以从“gongkai annual {year}”生成的草稿里复制"


def place(report: Report, line: int) -> Place:
    """A line of the body (from 0) as a place in the file."""
    return Place(report.item.file, report.item.body_line + line)


def parts(report: Report) -> Iterator[Finding]:
    """R2.2: six parts under their exact titles, in order."""
    before = -1
    for n, right in enumerate(annual.PARTS):
        part, values = report.parts.get(n), {"n": _NUMERALS[n], "right": right}
        if part is None:
            yield codes.PART_TITLE.at(place(report, 0), what=f"“{right}”没有找到", **values)
            continue
        where = place(report, part.title.line)
        if not part.as_it_should:
            yield codes.PART_TITLE.at(where, what=f"的标题写成了“{part.title.text}”，应是“{right}”", **values)
        elif part.title.number not in (0, n + 1):
            yield codes.PART_TITLE.at(
                where, what=f"“{right}”的序号写成了“{'一二三四五六七八九'[part.title.number - 1]}”", **values
            )
        if part.title.line < before:
            yield codes.PART_TITLE.at(where, what=f"“{right}”的次序不对，应排在第{_NUMERALS[n]}", **values)
        before = max(before, part.title.line)


def topics(report: Report) -> Iterator[Finding]:
    """R2.2: five topics in part 1."""
    part = report.parts.get(0)
    if part is None:
        return
    end = part.end
    texts = [text for _, text in report.texts(0)]
    texts += [h.text for h in report.body.headings if part.title.line < h.line < end]
    told = "\n".join(texts)
    lacking = [topic for topic, sign in _TOPIC_SIGNS.items() if not sign.search(told)]
    if lacking:
        yield codes.TOPIC_MISSING.at(
            place(report, part.title.line), topics="、".join(lacking), example=lacking[0], year=report.year
        )


def tables(report: Report) -> Iterator[Finding]:
    """R2.3 to R2.5: all tables with all their rows and columns."""
    advice = f"{_DRAFT_ADVICE.format(year=report.year)}。"
    for n, what in (*_proactive(report), *_requests(report), *_remedies(report)):
        line = report.parts[n].title.line if n in report.parts else 0
        yield codes.TABLE_INCOMPLETE.at(place(report, line), what=what, advice=advice)


def _proactive(report: Report) -> Iterator[tuple[int, str]]:
    if not report.proactive:
        yield 1, "第二部分没有表格（第二十条第（一）（五）（六）（八）项）"
        return
    missing = [line.label for line in annual.PROACTIVE if line.key not in report.proactive]
    if missing:
        yield 1, f"第二部分的表缺少{_listed(missing)}"
    for line in annual.PROACTIVE:
        found = report.proactive.get(line.key)
        if found and len(found.cells) < len(line.columns):
            yield 1, f"第二部分“{line.label}”一行缺少{_listed(line.columns[len(found.cells) :])}"


def _requests(report: Report) -> Iterator[tuple[int, str]]:
    table = report.requests
    if table is None:
        yield 2, "第三部分没有表格（25 行、7 列）"
        return
    if table.missing_columns:
        yield 2, f"第三部分的表缺少{_listed(table.missing_columns)}列"
    if table.missing_rows:
        yield 2, f"第三部分的表缺少 {len(table.missing_rows)} 行：{_listed([row.name for row in table.missing_rows])}"


def _remedies(report: Report) -> Iterator[tuple[int, str]]:
    table, wanted = report.remedies, len(annual.REMEDIES) * len(annual.REMEDY_COLUMNS)
    if table is None:
        yield 3, "第四部分没有表格（行政复议、行政诉讼共 15 格）"
    elif not table.cells:
        yield 3, "第四部分的表只有表头，没有填数字的一行"
    elif len(table.cells) < wanted:
        yield 3, f"第四部分的表只有 {len(table.cells)} 格，应有 {wanted} 格"


def _listed(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def rows_of(report: Report) -> Iterator[list[tuple[str, tuple[Cell, ...]]]]:
    """The rows of each part with tables, with the names that messages give them."""
    lines = report.proactive.values()
    yield [(line.cells[0].row, line.cells) for line in lines if line.cells]
    table = report.requests
    yield [(annual.ROW_BY_KEY[key].name, cells) for key, cells in table.rows.items()] if table else []
    remedies = report.remedies
    yield [(block, remedies.block(n)) for n, block in enumerate(annual.REMEDIES)] if remedies else []


def cells(report: Report) -> Iterator[Finding]:
    """R2.7: a whole number in every cell; fees may have decimals."""
    for rows in rows_of(report):
        yield from _blank(report, rows)
        for row, found in rows:
            for cell in found:
                money = "收费" in cell.row
                if cell.value is not None or cell.blank or (money and _AMOUNT.fullmatch(cell.text.replace(",", ""))):
                    continue
                what, right = ("金额", "0 或者金额（万元），如：1.25") if money else ("件数", "0 或者正整数，如：3")
                value = cell.text if len(cell.text) <= _LONGEST else f"{cell.text[:_LONGEST]}……"
                values = {"row": row, "column": cell.column, "value": value, "what": what, "right": right}
                yield codes.NOT_A_COUNT.at(place(report, cell.line), **values)


def _blank(report: Report, rows: list[tuple[str, tuple[Cell, ...]]]) -> Iterator[Finding]:
    """Blank cells, row by row; rows that leave out the same columns are told of together where they are many."""
    same: dict[tuple[str, ...], list[tuple[str, tuple[Cell, ...]]]] = {}
    for row, found in rows:
        if columns := tuple(c.column for c in found if c.blank):
            same.setdefault(columns, []).append((row, found))
    for columns, alike in same.items():
        many = len(alike) >= _MANY
        for row, found in alike[:1] if many else alike:
            names = "各列" if len(columns) == len(found) > 1 else _listed(columns)
            line = next(c.line for c in found if c.blank)
            what = f"“{row}”等 {len(alike)} 行的" if many else f"“{row}”一行"
            example = " | ".join("0" for _ in found)
            yield codes.BLANK_CELL.at(place(report, line), what=what, cells=names, example=example)


_AMOUNT = regex(r"\d{1,9}(?:\.\d{1,6})?(?:万元)?")
_MANY = 4
_LONGEST = 20

CHECKS = (parts, topics, tables, cells)
