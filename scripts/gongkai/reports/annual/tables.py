"""The tables of an annual report as Markdown and HTML, in the form of 国办公开办函〔2021〕30号 (R2.3 to R2.5).

Part 2 is Markdown. Parts 3 and 4 have headings of several levels, which only HTML can show; each of their rows is one line of
the file, so that a clerk can change a figure in any editor. A figure that is not known is left blank, which the check reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from gongkai.model import annual

_LEGAL = {
    "一": "第二十条第（一）项",
    "五": "第二十条第（五）项",
    "六": "第二十条第（六）项",
    "八": "第二十条第（八）项",
}


def part_two(known: Mapping[str, Sequence[int]]) -> str:
    """The four blocks; ``known`` gives the figures of lines by key, others stay blank."""
    blocks = []
    for block in annual.BLOCKS:
        lines = [line for line in annual.PROACTIVE if line.block == block]
        columns = lines[0].columns
        rows = [f"### {_LEGAL[block]}", "", _row(["信息内容", *columns]), _row(["---", *["---:"] * len(columns)])]
        for line in lines:
            figures = [str(n) for n in known.get(line.key, ())]
            rows.append(_row([line.label, *(figures or [""] * len(columns))]))
        blocks.append("\n".join(rows))
    return "\n\n".join(blocks)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def part_three(counts: Mapping[str, Sequence[int]] | None) -> str:
    """The table of requests: 25 rows of seven figures under their three levels of headings."""
    width = len(annual.COLUMNS)
    rows = [
        "<table>",
        "<thead>",
        f'<tr><th rowspan="3">申请处理情况</th><th colspan="{width}">申请人情况</th></tr>',
        f'<tr><th rowspan="2">{annual.PERSON}</th><th colspan="{len(annual.APPLICANTS) - 1}">法人或其他组织</th>'
        f'<th rowspan="2">{annual.TOTAL}</th></tr>',
        "<tr>" + "".join(f"<th>{name}</th>" for name in annual.APPLICANTS[1:]) + "</tr>",
        "</thead>",
        "<tbody>",
    ]
    group = ""
    for row in annual.ROWS:
        if row is annual.RESULTS[0]:
            rows.append(_heading(annual.GROUPS[0], width))
        if row.group and row.group != group:
            rows.append(_heading(row.group, width))
        group = row.group
        figures: list[str] = [str(n) for n in counts[row.key]] if counts else [""] * width
        rows.append(f"<tr><td>{row.label}</td>" + "".join(f"<td>{n}</td>" for n in figures) + "</tr>")
    return "\n".join([*rows, "</tbody>", "</table>"])


def _heading(words: str, width: int) -> str:
    return f'<tr><td>{words}</td><td colspan="{width}"></td></tr>'


def part_four(figures: Sequence[int] | None) -> str:
    """The table of reviews and court cases: one row of fifteen figures."""
    n = len(annual.REMEDY_COLUMNS)
    heads = "".join(f"<th>{name}</th>" for name in annual.REMEDY_COLUMNS)
    cells = [str(k) for k in figures] if figures else [""] * (n * len(annual.REMEDIES))
    return "\n".join(
        [
            "<table>",
            "<thead>",
            f'<tr><th rowspan="2" colspan="{n}">行政复议</th><th colspan="{2 * n}">行政诉讼</th></tr>',
            f'<tr><th colspan="{n}">未经复议直接起诉</th><th colspan="{n}">复议后起诉</th></tr>',
            f"<tr>{heads * len(annual.REMEDIES)}</tr>",
            "</thead>",
            "<tbody>",
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>",
            "</tbody>",
            "</table>",
        ]
    )
