"""However a table is merged, repeated and spread out, it says the same."""

from __future__ import annotations

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.catalogue.importing import Refused, import_grid
from gongkai.catalogue.importing.grid import Grid, Span, lay_out

TITLE = "社会救助领域基层政务公开标准目录"
TOP = ["序号", "公开事项", "公开事项", "公开内容（要素）", "公开依据", "公开时限", "公开主体", "公开渠道和载体", "公开对象", "公开对象", "公开方式", "公开方式", "公开层级", "公开层级", "咨询电话"]  # fmt: skip
SUB = ["", "一级事项", "二级事项", "", "", "", "", "", "全社会", "特定群体", "主动", "依申请", "乡级", "村级", ""]
MERGED = {1, 4, 5, 6, 7}

level1 = st.sampled_from(["综合业务", "最低生活保障", "临时救助", "本地便民"])
basis = st.sampled_from(
    ["《社会救助暂行办法》（国务院令第649号）", "《政府信息公开条例》、《甲办法》（民发﹝2021﹞57号）"]
)
limit = st.sampled_from(
    ["制定或获取信息之日起10个工作日内", "20工作日", "长期公开", "3个工作日内，公示时间不少于7个工作日"]
)
subject = st.sampled_from(["示范镇人民政府", "社会事务办公室"])
channels = st.sampled_from(["■政府网站", "■政府网站\n■村公示栏", "▲政府网站".replace("▲", "■"), "政府网站 两微一端"])
audience = st.sampled_from([("√", ""), ("√", "申请人"), ("", "√")])
methods = st.sampled_from([("√", ""), ("√", "√")])
levels = st.sampled_from([("√", ""), ("√", "√"), ("", "√")])
phone = st.sampled_from(["", "0666-5550120"])
one_row = st.tuples(level1, basis, limit, subject, channels, audience, methods, levels, phone)


def rows_of(drawn: list) -> list[list[str]]:
    """Full rows; those of one level-1 name stand together, as in every catalogue."""
    drawn = sorted(drawn, key=lambda row: row[0])
    return [
        [str(n), l1, f"事项{'甲乙丙丁戊己'[n - 1]}", f"内容{n}；结果{n}", b, t, s, c, *a, *m, *lv, p]
        for n, (l1, b, t, s, c, a, m, lv, p) in enumerate(drawn, 1)
    ]


def plain(rows: list[list[str]]) -> Grid:
    lines = [[TITLE], TOP, SUB, *rows]
    spans = [Span(text, r, c) for r, line in enumerate(lines) for c, text in enumerate(line) if text]
    return lay_out("表", spans)


class Spreader:
    """Writes the same table with merges, repeated headers, blank rows and columns, titles and page numbers."""

    def __init__(self, draw) -> None:
        self.draw = draw
        blank = draw(st.sets(st.integers(0, len(TOP)), max_size=3))
        self.at = [c + sum(b <= c for b in blank) for c in range(len(TOP))]
        self.spans = [Span(TITLE, 0, 0, 1, self.at[-1] + 1)]
        self.row = 1 + draw(st.integers(0, 1))
        self.open: dict[int, Span] = {}

    def header(self) -> None:
        c = 0
        while c < len(TOP):
            width = next(n for n in range(1, 3) if c + n == len(TOP) or TOP[c + n] != TOP[c])
            last = self.at[c + width - 1]
            self.spans.append(Span(TOP[c], self.row, self.at[c], 1 if SUB[c] else 2, last - self.at[c] + 1))
            self.spans += [Span(SUB[k], self.row + 1, self.at[k]) for k in range(c, c + width) if SUB[k]]
            c += width
        self.row += 2

    def between(self) -> None:
        what = self.draw(st.sampled_from(["", "", "", "blank", "header", "page"]))
        if what:
            self.open.clear()
        if what == "header":
            self.header()
        if what == "page":
            self.spans.append(Span(f"第 {self.draw(st.integers(1, 9))} 页", self.row, 0, 1, self.at[-1] + 1))
        self.row += what in ("blank", "page")

    def line(self, line: list[str]) -> None:
        for c, text in enumerate(line):
            above = self.open.get(c)
            same = c in MERGED and above is not None and above.text == text
            how = (
                self.draw(st.sampled_from(["own", "merge", "blank"] if c == 1 else ["own", "merge"])) if same else "own"
            )
            if how == "merge" and above is not None and above.row + above.rows == self.row:
                above.rows += 1
            elif how != "blank" and text:
                self.open[c] = Span(text, self.row, self.at[c])
                self.spans.append(self.open[c])
        self.row += 1


@st.composite
def spread(draw, rows: list[list[str]]) -> Grid:
    spreader = Spreader(draw)
    spreader.header()
    for line in rows:
        spreader.between()
        spreader.line(line)
    return lay_out("表", spreader.spans)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.lists(one_row, min_size=1, max_size=6))
def test_merges_repeated_headers_and_blanks_change_nothing(data, drawn: list) -> None:
    rows = rows_of(drawn)
    expected = import_grid(plain(rows))
    assert [q.column for q in expected.questions if q.column != "对应的标准条目"] == []
    grid = data.draw(spread(rows))
    got = import_grid(grid)
    assert got.fields == expected.fields
    assert [(q.column, q.original, q.shown) for q in got.questions] == [
        (q.column, q.original, q.shown) for q in expected.questions
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.lists(st.text(alphabet="公开依据时限主体内容事项序号■√《》同上1２\n领域目录", max_size=8), max_size=9),
        max_size=9,
    )
)
def test_any_grid_is_imported_or_refused(lines: list[list[str]]) -> None:
    spans = [Span(text, r, c) for r, line in enumerate(lines) for c, text in enumerate(line)]
    with contextlib.suppress(Refused):
        assert import_grid(lay_out("表", spans, loose=True)).fields
