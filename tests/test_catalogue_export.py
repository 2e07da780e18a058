"""The township's catalogue as a table: the official form, the same bytes each time, and back again by import."""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai import clock
from gongkai.catalogue import layout, words
from gongkai.catalogue.adoption import load_history
from gongkai.catalogue.export_workbook import FIRST_ROW, workbook_bytes
from gongkai.catalogue.exporting import cells, columns, csv_bytes, rows_of
from gongkai.catalogue.importing import import_file
from gongkai.catalogue.importing.elements import read_elements, shown
from gongkai.catalogue.load import standard_field, standard_names
from gongkai.cli import catalogue_export
from gongkai.cli.errors import UsageError
from gongkai.cli.parser import ChineseParser
from gongkai.model import Basis, Catalogue, Entry, NotApplicable, Profile
from gongkai.reading.settings import load_settings
from gongkai.reading.timelimit import parse_time_limit
from gongkai.reading.vocabulary import load_vocabulary
from gongkai.resources import catalogue_dir
from links import parse
from sites import ROOT, write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

STATEMENT = "税收由税务部门垂直管理，本镇不办理涉税事项，请向县税务局咨询。"


@pytest.fixture(scope="module")
def demo() -> tuple[Profile, Catalogue]:
    """The demonstration township and its catalogue of today."""
    said: list[object] = []
    site = load_settings(ROOT / "mkdocs.yml", said.append)
    assert site is not None
    history = load_history(site, said.append)
    assert history is not None, said
    return site.profile, history.on(clock.today(None))


@pytest.fixture(scope="module")
def book(demo: tuple[Profile, Catalogue]) -> Workbook:
    profile, catalogue = demo
    return load_workbook(io.BytesIO(workbook_bytes(catalogue, rows_of(catalogue), profile)))


def one_field(*entries: Entry) -> Catalogue:
    field = replace(standard_field("19"), entries=entries)
    return Catalogue((field,), (NotApplicable("05", STATEMENT),), standard_names())


def sheet_of(catalogue: Catalogue, **options: Any) -> Worksheet:
    made = load_workbook(io.BytesIO(workbook_bytes(catalogue, rows_of(catalogue, **options))))
    return made.worksheets[1]


def headers(sheet: Worksheet) -> list[tuple[str, str]]:
    """Both headers of every column, as a reader sees merged cells."""
    found: list[tuple[str, str]] = []
    for k in range(1, sheet.max_column + 1):
        head, sub = sheet.cell(2, k).value, sheet.cell(3, k).value
        found.append((head or found[-1][0], sub or ""))
    return found


def texts(sheet: Worksheet) -> list[dict[str, str]]:
    """Rows by full header, level-1 cells filled downwards."""
    names = [f"{head}-{sub}" if sub else head for head, sub in headers(sheet)]
    rows: list[dict[str, str]] = []
    for line in sheet.iter_rows(min_row=FIRST_ROW, values_only=True):
        row = {name: str(value or "") for name, value in zip(names, line, strict=True)}
        row["公开事项-一级事项"] = row["公开事项-一级事项"] or rows[-1]["公开事项-一级事项"]
        rows.append(row)
    return rows


# ---- the official form


def test_the_workbook_has_a_list_a_sheet_for_each_field_and_the_fields_left_out(
    book: Workbook, demo: tuple[Profile, Catalogue]
):
    profile, catalogue = demo
    assert book.sheetnames == ["目录", *(f"{f.id} {f.name}" for f in catalogue.fields), "未涉及领域"]
    index, absent = book["目录"], book["未涉及领域"]
    assert index["A1"].value == f"{profile.full_name}基层政务公开标准目录"
    for n, field in enumerate(catalogue.fields):
        waiting = sum(not e.confirmed for e in field.own_entries)
        line = [str(c.value) for c in index[n + 3]]
        assert line == [str(n + 1), field.id, field.name, str(len(field.own_entries)), str(waiting)]
        assert index.cell(n + 3, 3).hyperlink.location == f"'{field.id} {field.name}'!A1"
    told = {row[0]: row[2] for row in absent.iter_rows(min_row=3, values_only=True)}
    assert told == {n.field_id: n.statement for n in catalogue.not_applicable}


def test_headers_are_the_official_ones_in_two_rows(book: Workbook, demo: tuple[Profile, Catalogue]):
    for field, sheet in zip(demo[1].fields, book.worksheets[1:-1], strict=True):
        assert sheet["A1"].value == f"{field.name}领域基层政务公开标准目录"
        extra = dict.fromkeys((label, "") for e in field.own_entries for label, _ in e.extra)
        assert headers(sheet) == [*layout.OFFICIAL, *extra, (layout.ENTRY_ID, "")]
        merged = {str(area) for area in sheet.merged_cells.ranges}
        assert {"A2:A3", "B2:C2", "D2:D3", "I2:J2", "K2:L2", "M2:O2"} <= merged


def test_level_1_cells_are_merged_over_their_rows(book: Workbook, demo: tuple[Profile, Catalogue]):
    for field, sheet in zip(demo[1].fields, book.worksheets[1:-1], strict=True):
        row = FIRST_ROW
        merged = {str(area) for area in sheet.merged_cells.ranges}
        for group in field.groups:
            last = row + len(group.entries) - 1
            assert sheet.cell(row, 2).value == group.name
            assert (f"B{row}:B{last}" in merged) is (last > row)
            row = last + 1
        assert row - 1 == sheet.max_row


def test_every_row_stands_in_its_columns(book: Workbook, demo: tuple[Profile, Catalogue]):
    profile, catalogue = demo
    for field, sheet in zip(catalogue.fields, book.worksheets[1:-1], strict=True):
        entries = [e for group in field.groups for e in group.entries]
        for n, (row, entry) in enumerate(zip(texts(sheet), entries, strict=True), 1):
            assert row["条目编号"] == entry.id
            assert row["序号"] == (str(n) if entry.confirmed else f"{n}\n待核")
            assert row["公开事项-二级事项"] == entry.level2
            assert row["公开时限"] == entry.time_limit_text
            assert row["公开内容（要素）"].count("\n") == max(len(entry.elements) - 1, 0)
            assert row["公开依据"].splitlines() == [b.label for b in words.cited(entry, profile)]
            assert row["公开渠道和载体"].splitlines() == words.channel_lines(entry)
            ticks = {level: bool(row[f"公开层级-{level}"]) for level in layout.LEVELS}
            assert ticks == {level: level in entry.levels for level in layout.LEVELS}
            assert bool(row["公开方式-依申请"]) is ("依申请公开" in entry.methods)
            assert row["公开对象-特定群体"] == ((entry.audience_groups or "√") if "特定群体" in entry.audience else "")


def test_sheets_are_made_to_be_printed(book: Workbook):
    for sheet in book.worksheets[1:-1]:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == "$2:$3"
        assert sheet.freeze_panes == f"D{FIRST_ROW}"
        cell = sheet.cell(FIRST_ROW, 4)
        assert cell.alignment.wrap_text
        assert cell.border.left.style == cell.border.bottom.style == "thin"
        assert sheet.column_dimensions["D"].width > sheet.column_dimensions["A"].width


def test_added_columns_follow_in_their_order_and_a_third_level_stands_with_the_others():
    first, second = standard_field("19").entries[:2]
    first = replace(first, extra=(("咨询电话", "0666-5550120"), ("备注", "镇里办理")), level3="综合")
    second = replace(second, extra=(("更新周期", "每月"),))
    sheet = sheet_of(one_field(first, second))
    assert headers(sheet) == [
        *layout.OFFICIAL[:3],
        ("公开事项", "三级事项"),
        *layout.OFFICIAL[3:],
        ("咨询电话", ""),
        ("备注", ""),
        ("更新周期", ""),
        ("条目编号", ""),
    ]
    assert [row["备注"] for row in texts(sheet)] == ["镇里办理", ""]
    assert [row["公开事项-三级事项"] for row in texts(sheet)] == ["综合", ""]


def test_county_rows_are_written_only_when_asked_for():
    first, second = standard_field("19").entries[:2]
    catalogue = one_field(first, replace(second, levels=("县级",), subject_township=None))
    assert [row["条目编号"] for row in texts(sheet_of(catalogue))] == [first.id]
    rows = texts(sheet_of(catalogue, everything=True))
    assert [row["条目编号"] for row in rows] == [first.id, second.id]
    assert rows[1]["公开主体"] == second.subject_county


def test_another_province_s_document_is_not_cited():
    row = replace(standard_field("19").entries[0], basis=(Basis("社会救助暂行办法"), Basis("操作规程", place="安徽省")))
    assert [r["公开依据"] for r in texts(sheet_of(one_field(row)))] == ["《社会救助暂行办法》"]


def test_text_stays_text_whatever_it_starts_with():
    row = replace(standard_field("19").entries[0], level2="=1+1", extra=(("备注", '=HYPERLINK("x")\x07'),))
    catalogue = one_field(row)
    sheet = sheet_of(catalogue)
    cell = sheet.cell(FIRST_ROW, 3)
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert texts(sheet)[0]["备注"] == '=HYPERLINK("x")'
    line = next(csv.DictReader(io.StringIO(csv_bytes(rows_of(catalogue)).decode("utf-8-sig"))))
    assert line["公开事项-二级事项"] == "'=1+1"


def test_the_same_catalogue_gives_the_same_bytes(demo: tuple[Profile, Catalogue]):
    profile, catalogue = demo
    rows = rows_of(catalogue)
    content = workbook_bytes(catalogue, rows, profile)
    assert workbook_bytes(catalogue, rows, profile) == content
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {info.date_time for info in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms:" not in packed.read("docProps/core.xml").replace(b"xmlns:dcterms", b"")


def test_an_empty_catalogue_still_makes_a_workbook():
    made = load_workbook(io.BytesIO(workbook_bytes(Catalogue(()), [])))
    assert made.sheetnames == ["目录", "未涉及领域"]
    assert csv_bytes([]).decode("utf-8-sig").startswith("领域,序号,")


# ---- CSV


def test_csv_opens_in_excel_and_holds_every_row_under_full_names(demo: tuple[Profile, Catalogue]):
    profile, catalogue = demo
    content = csv_bytes(rows_of(catalogue), profile)
    assert content.startswith(b"\xef\xbb\xbf")
    table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    full = [f"{head}-{sub}" if sub else head for head, sub in layout.OFFICIAL]
    assert list(table[0])[: len(full) + 1] == ["领域", *full]
    assert list(table[0])[-1] == "条目编号"
    own = [e for f in catalogue.fields for group in f.groups for e in group.entries]
    assert [row["条目编号"] for row in table] == [e.id for e in own]
    assert all(row["公开事项-一级事项"] for row in table)
    names = {f.id: f.name for f in catalogue.fields}
    assert [row["领域"] for row in table] == [names[e.field_id] for e in own]


def test_cells_and_columns_belong_together(demo: tuple[Profile, Catalogue]):
    for field in demo[1].fields:
        shown = columns(field.own_entries)
        assert len(set(shown)) == len(shown)
        for n, entry in enumerate(field.own_entries, 1):
            assert {c for c, text in cells(entry, n, None).items() if text} <= set(shown)


# ---- the command


Run = Callable[..., str]


@pytest.fixture
def export(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command in a small site of its own."""
    write_site(tmp_path, adopted={"not_applicable": [{"field": "05", "statement": STATEMENT}]})
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> str:
        parser = ChineseParser(prog="gongkai catalogue export")
        catalogue_export.add_arguments(parser)
        options: argparse.Namespace = parser.parse_args([str(a) for a in arguments])
        assert catalogue_export.run(options) == 0
        return capsys.readouterr().out

    return run


def test_export_writes_the_table_and_says_where(export: Run):
    own = {i: len(standard_field(i).own_entries) for i in ("19", "30")}
    name = "示范镇基层政务公开标准目录"
    assert export() == f"已导出：{name}.xlsx（2 个领域，{sum(own.values())} 项）\n"
    assert load_workbook(f"{name}.xlsx").sheetnames == ["目录", "19 社会救助", "30 通用栏目", "未涉及领域"]
    assert export("--format", "csv", "--field", "社会救助") == f"已导出：{name}.csv（1 个领域，{own['19']} 项）\n"
    export("-o", "表.csv", "--field", "19", "--field", "通用栏目领域")
    assert Path("表.csv").read_bytes().count(b"\r\n") == sum(own.values()) + 1
    assert sorted(p.name for p in Path().iterdir() if p.is_file()) == sorted(
        [f"{name}.xlsx", f"{name}.csv", "表.csv", "mkdocs.yml"]
    )


def test_a_table_that_somebody_has_edited_is_not_replaced_unasked(export: Run):
    export("-o", "表.xlsx")
    export("-o", "表.xlsx")
    Path("表.xlsx").write_bytes(b"edited")
    with pytest.raises(UsageError, match=r"没有改动.*--replace"):
        export("-o", "表.xlsx")
    assert Path("表.xlsx").read_bytes() == b"edited"
    export("-o", "表.xlsx", "--replace")
    assert load_workbook("表.xlsx").sheetnames[0] == "目录"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--field", "社会救肋"), "本镇没有采用“社会救肋”这个领域，是不是“社会救助”"),
        (("--field", "05"), "本镇没有采用“05”这个领域"),
        (("-o", "表.doc"), "扩展名应是 .xlsx 或 .csv"),
        (("-o", "表.csv", "--format", "xlsx"), "不一致"),
        (("-o", "没有的文件夹/表.csv"), "不能写入.*文件夹不存在"),
        (("-f", "别处/mkdocs.yml"), "找不到站点设置"),
    ],
)
def test_what_cannot_be_exported_is_said(arguments: Sequence[str], said: str, export: Run):
    before = sorted(Path().rglob("*"))
    with pytest.raises(UsageError, match=said):
        export(*arguments)
    assert sorted(Path().rglob("*")) == before


# ---- the site


@pytest.mark.slow
def test_the_site_publishes_the_tables(demo_site: Path, demo: tuple[Profile, Catalogue]):
    profile, catalogue = demo
    rows = rows_of(catalogue)
    assert (demo_site / "data/catalogue.xlsx").read_bytes() == workbook_bytes(catalogue, rows, profile)
    assert (demo_site / "data/catalogue.csv").read_bytes() == csv_bytes(rows, profile)


@pytest.mark.slow
@pytest.mark.parametrize("address", ["catalogue/index.html", "catalogue/19.html"])
def test_catalogue_pages_lead_to_the_printable_page_and_the_tables(address: str, demo_site: Path):
    found = set(parse(demo_site / address).xpath("//p[@class='gk-actions']/a/@href"))
    assert found == {"print.html", *(f"../data/catalogue.{kind}" for kind in ("xlsx", "csv", "json"))}


@pytest.mark.slow
def test_one_page_prints_the_whole_catalogue(demo_site: Path, demo: tuple[Profile, Catalogue]):
    tree = parse(demo_site / "catalogue/print.html")
    own = [e for f in demo[1].fields for group in f.groups for e in group.entries]
    assert [row.xpath("string(td[last()])") for row in tree.xpath("//tbody/tr")] == [e.id for e in own]
    assert len(tree.xpath("//table")) == len(demo[1].fields)
    for table, field in zip(tree.xpath("//table"), demo[1].fields, strict=True):
        upper, lower = table.xpath("thead/tr")
        wide = sum(int(th.get("colspan", "1")) for th in upper)
        assert wide == len(columns(field.own_entries)) == len(table.xpath("colgroup/col"))
        assert [th.text for th in lower] == [sub for _, sub in layout.OFFICIAL if sub]
        assert len(table.xpath("tbody/tr/th[@rowspan or @scope='row']")) >= len(field.own_entries)
    assert [n.statement for n in demo[1].not_applicable] == [d.text for d in tree.xpath("//dd[not(*)]")][
        : len(demo[1].not_applicable)
    ]
    assert "size: landscape" in tree.xpath("string(//head/style)")


@pytest.mark.slow
def test_field_pages_say_the_rules_beside_the_wording(demo_site: Path, demo: tuple[Profile, Catalogue]):
    profile, catalogue = demo
    for field in catalogue.fields:
        tree = parse(demo_site / f"catalogue/{field.id}.html")
        for entry in field.own_entries:
            (row,) = tree.xpath(f"//tr[@id='e-{entry.id}']")
            said = row.text_content()
            assert entry.time_limit_text in said
            assert words.limits_words(entry.time_limits) in said
            assert bool(row.xpath(".//b[text()='本镇增列']")) is entry.local
            shown = words.cited(entry, profile)
            for basis in entry.basis:
                assert (basis.label + words.superseded_words(basis) in said) is (basis in shown)
            for label, value in entry.extra:
                assert label in tree.xpath("//thead//th/text()")
                assert value in said


@pytest.mark.slow
def test_open_data_say_what_the_pages_say(demo_site: Path, demo: tuple[Profile, Catalogue]):
    rows = json.loads((demo_site / "data/catalogue.json").read_bytes())["entries"]
    for row, entry in zip(rows, demo[1].own_entries(), strict=True):
        assert row["id"] == entry.id
        assert row["extra"] == dict(entry.extra)
        assert row["local"] is entry.local
        assert [r["words"] for r in row["time_limit_rules"]] == [words.limit_words(t) for t in entry.time_limits]
        assert [b["title"] for b in row["basis"]] == [b.title for b in words.cited(entry, demo[0])]


@pytest.mark.slow
def test_the_printable_page_is_accessible(demo_site: Path, browser: Browser):
    page = browser.new_page()
    page.goto((demo_site / "catalogue/print.html").as_uri())
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()


# ---- and back again


def plain_channels(names: Sequence[str]) -> list[str]:
    """Channels as an import knows them: a local name of one of the official thirteen is that one."""
    known = load_vocabulary(catalogue_dir() / "vocabulary.yaml")
    return sorted(known.channel(name) or name for name in names)


def compared(entry: Entry, profile: Profile | None) -> dict[str, object]:
    """What a table says of a row, and what an import brings back with it."""
    found = {name: getattr(entry, name) for name in Entry.__slots__}
    found["basis"] = words.cited(entry, profile)
    found["channels_must"], found["channels_may"] = map(plain_channels, (entry.channels_must, entry.channels_may))
    return found


def assert_comes_back(catalogue: Catalogue, path: Path, profile: Profile | None, *, everything: bool = False) -> None:
    """Export ``catalogue`` to ``path``, import that, and compare row by row. Nothing may be asked."""
    rows = rows_of(catalogue, everything=everything)
    path.write_bytes(csv_bytes(rows, profile) if path.suffix == ".csv" else workbook_bytes(catalogue, rows, profile))
    back = import_file(path, known=catalogue.fields)
    assert [str(q) for q in back.questions] == []
    assert [f.id for f in back.fields] == [f.id for f, _ in rows]
    assert [f.name for f in back.fields] == [f.name for f, _ in rows]
    for read, (_, entries) in zip(back.fields, rows, strict=True):
        assert [compared(e, profile) for e in read.entries] == [compared(e, profile) for e in entries]


@pytest.mark.parametrize("everything", [False, True])
@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_what_the_demonstration_exports_comes_back_by_import(
    suffix: str, everything: bool, demo: tuple[Profile, Catalogue], tmp_path: Path
):
    profile, catalogue = demo
    assert_comes_back(catalogue, tmp_path / f"目录.{suffix}", profile, everything=everything)


HAN = "甲乙丙丁戊己庚辛信息名单审核发放补贴情况公示村组"
NAMES = st.text(HAN, min_size=2, max_size=12)
# A number behind a mark in the last element reads as one more of the list; no table tells which was meant.
ELEMENTS = st.text(HAN + "、，；。.（）0123456789“”-", min_size=2, max_size=20).filter(
    lambda t: (
        t[0] in HAN and t[-1] in HAN and t.count("（") == t.count("）") and not re.search(r"[、，；。]\d+[.、]", t)
    )
)
BASES = st.builds(
    Basis,
    st.builds(lambda name, kind: name + kind, NAMES, st.sampled_from(["条例", "办法", "规定", "意见", "通知"])),
    st.none() | st.builds("示政发〔{}〕{}号".format, st.integers(1999, 2026), st.integers(1, 99)),
).map(lambda b: replace(b, number_seen=b.number is not None))
LIMITS = st.sampled_from(
    [
        "信息形成或者变更之日起20个工作日内",
        "20个工作日内，公示7日",
        "行政处罚自作出决定之日起7个工作日内；其他信息形成之日起20个工作日内",
        "每季度更新",
        "会议召开前3日",
        "长期公开",
        "及时公开",
        "按有关规定",
        "",
    ]
)
OFFICIAL_CHANNELS = [
    *("政府网站", "政府公报", "两微一端", "广播电视", "公开查阅点", "社区/企事业单位/村公示栏(电子屏)", "其他"),
]


@st.composite
def made_rows(draw: st.DrawFn) -> list[Entry]:
    """Rows as a county might write them: standard ones changed, and a township's own."""
    standard = standard_field("19").own_entries
    chosen = draw(st.lists(st.sampled_from(standard), unique=True, max_size=4))
    own = [
        replace(standard[0], id=f"19-{90 + n // 3}-{n % 3 + 1:02d}", local=True, level1=draw(NAMES), **UNKNOWN)
        for n in range(draw(st.integers(0 if chosen else 1, 4)))
    ]
    labels = draw(st.lists(st.sampled_from(["咨询电话", "备注", "更新周期", "网站栏目"]), unique=True))
    rows: list[Entry] = []
    for entry in (*chosen, *own):
        limit = draw(LIMITS)
        channels = draw(st.lists(st.sampled_from(OFFICIAL_CHANNELS), unique=True, min_size=1))
        ticked = draw(st.integers(1, len(channels)))
        scope = draw(st.sampled_from([("全社会",), ("特定群体",), ("全社会", "特定群体")]))
        groups = draw(st.none() | st.sampled_from(["本村村民", "申请人", "征收范围内的被征收人"]))
        phone = draw(st.sampled_from(["0666-5550120", "每月", "镇里办理"]))
        rows.append(
            replace(
                entry,
                level2=draw(NAMES),
                elements=tuple(draw(st.lists(ELEMENTS, unique=True, max_size=13))),
                basis=tuple(draw(st.lists(BASES, unique_by=lambda b: (b.title, b.number), max_size=4))),
                time_limit_text=limit,
                time_limits=parse_time_limit(limit),
                subject_township=draw(st.sampled_from(["示范镇人民政府", "社会事务办公室(民政所)"])),
                channels_must=tuple(channels[:ticked]),
                channels_may=tuple(channels[ticked:]),
                audience=scope,
                audience_groups=groups if "特定群体" in scope else None,
                methods=draw(st.sampled_from([("主动公开",), ("依申请公开",), ("主动公开", "依申请公开")])),
                levels=draw(st.sampled_from([("乡级",), ("村级",), ("县级", "乡级"), ("县级", "乡级", "村级")])),
                extra=tuple((label, phone) for label in labels),
            )
        )
    return rows


UNKNOWN: dict[str, Any] = {
    "level3": None,
    "subject_county": None,
    "confirmed": True,
    "unconfirmed_parts": (),
    "sources": (),
    "note": None,
    "legal_class": (),
    "column_kind": None,
    "privacy": None,
}
"""What only the standard catalogue knows of its rows."""


@pytest.mark.parametrize(
    "elements",
    [
        ("“甲村", "乙村"),
        ("甲”村", "乙“村", "丙村"),
        ("甲村，2.乙村", "“丙村"),
        ("“补贴名单；发放表", "“一折通”", "情况"),
    ],
)
def test_elements_with_a_lone_quotation_mark_stay_apart(elements: tuple[str, ...]):
    assert read_elements(shown(elements)).value == elements


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
@given(rows=made_rows())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows_come_back_by_import(suffix: str, rows: list[Entry], tmp_path: Path):
    assert_comes_back(one_field(*rows), tmp_path / f"表.{suffix}", None)
