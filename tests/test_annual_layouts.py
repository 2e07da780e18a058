"""Tables of annual reports as offices print them: every layout gives the same cells."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from annual_reports import of_year
from gongkai.dataset import Dataset
from gongkai.model import annual
from gongkai.reports.annual import tables
from gongkai.rules.annual.report import read

COUNTS = {row.key: tuple(range(n, n + 7)) for n, row in enumerate(annual.ROWS)}


def official() -> str:
    """The table of part 3 as it is printed with the form: three columns of labels, merged, and a note in the corner."""
    rows = [
        '<table border="1"><tr><td rowspan="3" colspan="3">（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>'
        '<td colspan="7">申请人情况</td></tr>',
        "<tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>",
        "<tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>",
    ]
    for row in annual.ROWS:
        figures = "".join(f"<td><p>{n}</p></td>" for n in COUNTS[row.key])
        mine = [r for r in annual.ROWS if r.group == row.group]
        labels = f'<td colspan="3">{row.label}</td>'
        if row in annual.RESULTS or row is annual.DONE:
            labels = f"<td>{row.label}</td>" if row.group else f'<td colspan="2">{row.label}</td>'
            if row.group and row is mine[0]:
                labels = f'<td rowspan="{len(mine)}">{row.group}</td>' + labels
            if row is annual.RESULTS[0]:
                labels = '<td rowspan="22">三、本年度办理结果</td>' + labels
        rows.append(f"<tr>{labels}{figures}</tr>")
    return "\n".join([*rows, "</table>"])


def plain() -> str:
    lines = ["| 申请处理情况 | " + " | ".join(annual.COLUMNS) + " |", "| --- |" + " --- |" * 7]
    lines += [f"| {row.name} | " + " | ".join(map(str, COUNTS[row.key])) + " |" for row in annual.ROWS]
    return "\n".join(lines)


def grouped() -> str:
    """Headings of groups in lines of their own, without figures."""
    lines, group = plain().split("\n")[:2], ""
    for row in annual.ROWS:
        if row.group and row.group != group:
            lines.append(f"| {row.group} |" + "  |" * 7)
        group = row.group
        lines.append(f"| {row.label} | " + " | ".join(map(str, COUNTS[row.key])) + " |")
    return "\n".join(lines)


def cut(*, headings: bool) -> str:
    """Cut in two, as where a page ends; with the headings again or without."""
    table = tables.part_three(COUNTS)
    place = table.index("<tr><td>（四）无法提供")
    again = table[: table.index("<tbody>")] if headings else "<table>\n"
    return f"{table[:place]}</tbody>\n</table>\n\n{again}<tbody>\n{table[place:]}"


@pytest.mark.parametrize(
    "table",
    [
        official(),
        plain(),
        grouped(),
        tables.part_three(COUNTS),
        cut(headings=True),
        cut(headings=False),
        tables.part_three(COUNTS).replace("<td>1</td>", "<td>&nbsp;１&nbsp;</td>"),
    ],
    ids=["official", "markdown", "grouped", "draft", "cut", "cut without headings", "hard blanks"],
)
def test_every_layout_of_part_three_gives_the_same_cells(demo: Dataset, table: str):
    found = read(replace(of_year(demo, 2025), body=table)).requests
    assert found is not None
    assert found.columns == annual.COLUMNS
    assert {key: tuple(c.value for c in cells) for key, cells in found.rows.items()} == COUNTS


def test_part_two_in_one_table_with_merged_cells_is_read(demo: Dataset):
    body = """<table>
<tr><td colspan="4">第二十条第（一）项</td></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>0</td><td>0</td><td>6</td></tr>
<tr><td>行政规范性文件</td><td>1</td><td>2</td><td>3</td></tr>
<tr><td>信息内容</td><td colspan="3">本年处理决定数量</td></tr>
<tr><td>行政许可</td><td colspan="3">34</td></tr>
</table>"""
    lines = read(replace(of_year(demo, 2025), body=body)).proactive
    assert {k: [c.value for c in line.cells] for k, line in lines.items()} == {
        "rules": [0, 0, 6],
        "normative": [1, 2, 3],
        "permits": [34],
    }
