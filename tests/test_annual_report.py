"""Annual reports on disclosure: every cell changed by one is found, layouts of all kinds are read, drafts hold what a count gives."""

from __future__ import annotations

import csv
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings, strategies

from browser import DESKTOP, PHONE, watched_page
from gongkai.cli.main import main
from gongkai.dataset import Dataset
from gongkai.gather import gather
from gongkai.model import Finding, Item, annual
from gongkai.reports.annual import tables
from gongkai.rules.annual import annual_reports, identities
from gongkai.rules.annual.report import read, reports
from gongkai.rules.annual.said import said
from sites import ITEM, ROOT, TODAY, write_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

REPORT = "site_src/items/30/2026/30-02-04-2025.md"


def of_year(demo: Dataset, year: int) -> Item:
    return next(r.item for r in reports(demo) if r.year == year)


def found_in(demo: Dataset, item: Item) -> list[Finding]:
    """What the family says on a demonstration in which ``item`` stands in the place of its file."""
    near = (i for i in demo.items if i.entry_id in ("30-02-04", "30-04-01"))
    items = tuple(item if i.file == item.file else i for i in near)
    return [f for f in annual_reports(replace(demo, items=items)) if f.file == item.file]


def changed(item: Item, line: int, column: int, by: int) -> Item | None:
    """``item`` with the ``column``-th figure of a line of its body changed; None when it would be negative."""
    lines = item.body.split("\n")
    figures = list(re.finditer(r"(?<=<td>)\d+(?=</td>)|(?<=\| )\d+(?= \|)", lines[line]))
    place = figures[column]
    if int(place[0]) + by < 0:
        return None
    lines[line] = lines[line][: place.start()] + str(int(place[0]) + by) + lines[line][place.end() :]
    return replace(item, body="\n".join(lines))


def test_the_reports_of_the_demonstration_pass_all_checks(demo: Dataset):
    assert [r.year for r in reports(demo)] == [2023, 2024, 2025]
    assert list(annual_reports(demo)) == []


@pytest.mark.parametrize("year", [2024, 2025], ids=["markdown", "html"])
def test_any_cell_of_part_three_changed_by_one_is_named(demo: Dataset, year: int):
    item = of_year(demo, year)
    table = read(item).requests
    assert table is not None
    tried = 0
    for row, cells in table.rows.items():
        for n, cell in enumerate(cells):
            for by in (1, -1):
                wrong = changed(item, cell.line, n, by)
                if wrong is None:
                    continue
                tried += 1
                report = read(wrong)
                assert report.requests
                misses = list(identities.misses(identities.of_requests(report.requests)))
                assert len(misses) >= 2, (row, cell.column)
                for miss in misses:
                    assert [(s.cell.row, s.cell.column, s.right) for s in miss.suspects] == [
                        (row, cell.column, cell.value)
                    ]
    assert tried > 175


@pytest.mark.parametrize("year", [2024, 2025], ids=["markdown", "html"])
def test_any_cell_of_part_four_changed_by_one_is_among_those_named(demo: Dataset, year: int):
    item = of_year(demo, year)
    table = read(item).remedies
    assert table is not None
    assert len(table.cells) == 15
    for n, cell in enumerate(table.cells):
        wrong = changed(item, cell.line, n, 1)
        assert wrong is not None
        report = read(wrong)
        assert report.remedies
        (miss,) = identities.misses(identities.of_remedies(report.remedies))
        assert (cell.row, cell.column, cell.value) in [(s.cell.row, s.cell.column, s.right) for s in miss.suspects]


def test_the_finding_names_the_identity_both_sums_and_the_cell(demo: Dataset):
    item = of_year(demo, 2025)
    table = read(item).requests
    assert table is not None
    cell = table.cell("withheld-4", "商业企业")
    assert cell is not None
    wrong = changed(item, cell.line, 1, 1)
    assert wrong is not None
    messages = [f.message for f in found_in(demo, wrong)]
    assert messages == [
        "表三“（三）不予公开 4.保护第三方合法权益”一行：自然人和法人或其他组织六列相加是 2，“总计”写的是 1，相差 1；"
        "最可疑的是“（三）不予公开 4.保护第三方合法权益”行“商业企业”列的 2（1 就对得上）。",
        "表三“商业企业”一列：（一）至（六）各项相加是 2，“（七）总计”写的是 1，相差 1；"
        "最可疑的是“（三）不予公开 4.保护第三方合法权益”行“商业企业”列的 2（1 就对得上）。",
        "表三“（三）不予公开 4.保护第三方合法权益”一行：“商业企业”写的是 2，登记簿是 1。",
    ]


@settings(max_examples=40, deadline=None)
@given(data=strategies.data())
def test_with_several_cells_wrong_each_wrong_row_is_still_told_of(demo: Dataset, data: strategies.DataObject):
    item = of_year(demo, 2025)
    table = read(item).requests
    assert table is not None
    rows = data.draw(strategies.lists(strategies.sampled_from(list(table.rows)), min_size=2, max_size=4, unique=True))
    for row in rows:
        made = changed(
            item, table.row_lines[row], data.draw(strategies.integers(0, 6)), data.draw(strategies.integers(1, 9))
        )
        assert made is not None
        item = made
    report = read(item)
    assert report.requests
    told = list(identities.misses(identities.of_requests(report.requests)))
    assert set(rows) == {m.identity.name for m in told if m.identity.kind == identities.ROW}
    assert all(m.suspects for m in told)


def test_other_items_cost_next_to_nothing(demo: Dataset):
    others = replace(demo, items=tuple(i for i in demo.items if "年度报告" not in i.title))
    assert list(annual_reports(others)) == []
    assert reports(others) == ()


@pytest.mark.parametrize(
    "title",
    ["关于做好2025年政府信息公开工作年度报告编制工作的通知", "2025年政府信息公开工作年度报告解读", "政府信息公开指南"],
)
def test_what_only_speaks_of_a_report_is_none(demo: Dataset, title: str):
    item = replace(of_year(demo, 2025), title=title)
    assert read(item).year == 2025
    assert not [r for r in reports(replace(demo, items=(item,))) if r.item is item]


def test_reports_of_the_old_form_are_left_alone(demo: Dataset):
    old = replace(
        of_year(demo, 2025), title="2018年政府信息公开工作年度报告", period=None, body="## 一、概述\n\n公开12条。"
    )
    assert reports(replace(demo, items=(old,))) == ()


# --- layouts

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


def test_a_number_of_thousands_of_digits_is_no_count(demo: Dataset):
    item = of_year(demo, 2025)
    body = item.body.replace("<td>7</td>", f"<td>{'9' * 5000}</td>", 1).replace("申请9件", f"申请{'9' * 5000}件")
    told = [(f.code, f.message) for f in found_in(demo, replace(item, body=body))]
    words = f"“一、本年新收政府信息公开申请数量”一行“自然人”写的是“{'9' * 20}……”，不是件数。"
    assert told == [("GK755", words)]


def test_fees_may_have_separators(demo: Dataset):
    item = of_year(demo, 2025)
    body = item.body.replace("| 行政事业性收费 | 0 |", "| 行政事业性收费 | 1,234.56 |")
    assert body != item.body
    assert found_in(demo, replace(item, body=body)) == []


@pytest.mark.parametrize("change", [{"draft": True}, {"source": "云麓县人民政府网站"}, {"publisher": "云麓县人民政府"}])
def test_drafts_and_reports_of_others_are_no_second_report(demo: Dataset, change: dict[str, object]):
    item = of_year(demo, 2025)
    other = replace(item, file=item.file.replace(".md", "-b.md"), address="b", **change)
    both = replace(demo, items=(item, other))
    assert "GK775" not in {f.code for f in annual_reports(both)}


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


@settings(max_examples=40, deadline=None)
@given(
    strategies.lists(
        strategies.sampled_from(
            [
                "<table>",
                "</table>",
                "<tr>",
                '<td rowspan="3">',
                "<td colspan=9>",
                "<th>",
                "本年新收",
                "信息内容",
                "结果维持",
                "规章",
                "|",
                "---",
                "\n",
                "自然人",
                "5",
                "/",
                "## 一、总体情况",
            ]
        ),
        max_size=60,
    )
)
def test_no_body_makes_the_checks_fail(demo: Dataset, pieces: list[str]):
    assert isinstance(found_in(demo, replace(of_year(demo, 2025), body="".join(pieces))), list)


@pytest.mark.parametrize(
    ("text", "value", "name"),
    [
        ("全年收到政府信息公开申请9件。", 9, "一、本年新收"),
        ("全年收到政府信息公开申请1,009件。", 1009, "一、本年新收"),
        ("新收9件政府信息公开申请", 9, "一、本年新收"),
        ("2025年没有收到政府信息公开申请，也没有上年结转的申请。", 0, "一、本年新收"),
        ("1件因征求第三方意见，结转2026年继续办理。", 1, "四、结转下年度继续办理"),
        ("年末对现行有效的4件规范性文件作了评估", 4, "行政规范性文件·现行有效件数"),
    ],
)
def test_what_a_sentence_says_is_understood(text: str, value: int, name: str):
    assert (value, name) in [(s.value, s.name) for s in said(text, 2025)]


@pytest.mark.parametrize(
    "text", ["2024年收到申请6件。", "申请比上年增加3件。", "累计收到申请20件。", "接待查询1376人次。"]
)
def test_sentences_on_other_years_and_things_say_nothing(text: str):
    assert list(said(text, 2025)) == []


# --- the draft


def copy_of_demo(folder: Path) -> Path:
    """The demonstration's items and registers, without the report of 2025; its mkdocs.yml."""
    for name in ("site_src", "requests", "catalogue"):
        shutil.copytree(ROOT / name, folder / name, ignore=lambda _, names: {Path(REPORT).name} & set(names))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder / "mkdocs.yml"


def annual_command(config: Path, *more: str) -> int:
    return main(["annual", "2025", "--today", "2026-01-12", "-f", str(config), *more])


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the demonstration's items and registers in which the report of 2025 is drafted; its mkdocs.yml."""
    config = copy_of_demo(tmp_path_factory.mktemp("drafted"))
    assert annual_command(config) == 0
    return config


def test_the_draft_of_the_demonstration_year_has_the_figures_of_its_report(drafted: Path):
    draft = (drafted.parent / REPORT).read_text("utf-8")
    published = (ROOT / REPORT).read_text("utf-8")
    assert re.findall(r"<table>.*?</table>", draft, re.S) == re.findall(r"<table>.*?</table>", published, re.S)
    assert [line for line in draft.splitlines() if line.startswith("## ")] == [
        f"## {'一二三四五六'[n]}、{name}" for n, name in enumerate(annual.PARTS)
    ]
    assert "| 行政规范性文件 | 2 | 0 | 4 |" in draft


def front_matters(year: int) -> list[dict[str, object]]:
    """What stands in front of the demonstration's items that are published in ``year``, drafts and withheld ones left out."""
    found = []
    for path in (ROOT / "site_src" / "items").rglob("*.md"):
        head = yaml.safe_load(path.read_text("utf-8").split("---\n")[1])
        if str(head["published_on"]).startswith(str(year)) and not head.get("draft"):
            found.append(head)
    return [h for h in found if "政府网站" in h.get("channels", ["政府网站"])]


def test_the_sentences_of_the_draft_say_what_a_plain_count_gives(drafted: Path, demo: Dataset):
    draft = (drafted.parent / REPORT).read_text("utf-8")
    heads = [h for h in front_matters(2025) if "政府网站" in demo.catalogue.by_id[str(h["entry"])].channels]
    fields = {str(h["entry"])[:2] for h in heads}
    entries = {h["entry"] for h in heads}
    assert f"主动公开政府信息{len(heads)}条，涉及{len(fields)}个领域、{len(entries)}个目录条目" in draft
    assert f"发布情况说明{sum('statement' in h for h in heads)}条" in draft
    assert f"发布政策解读{sum('interprets' in h for h in heads)}件，均在文件公开后3个工作日内发布" in draft
    assert f"全年提供附件下载{sum(len(h.get('attachments', ())) for h in heads)}个" in draft
    with (ROOT / "requests" / "2025.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    answered = [row for row in rows if row["答复日期"].startswith("2025-")]
    assert f"全年新收申请{len(rows)}件" in draft
    granted = sum(row["办理结果"] in ("予以公开", "已主动公开") for row in answered)
    assert f"办结{len(answered)}件：予以公开{granted}件" in draft
    assert f"{len(rows) - len(answered)}件结转2026年继续办理" in draft
    assert f"{sum(bool(r['延期告知日期']) for r in answered)}件延长了答复期限" in draft


def test_what_the_draft_leaves_open_is_found_when_it_is_published(drafted: Path):
    path = drafted.parent / REPORT
    draft = path.read_text("utf-8")
    path.write_text(draft.replace("draft: true  # 写好后删去这一行\n", ""), "utf-8")
    found = [f for f in gather(drafted, TODAY).findings if f.file == REPORT]
    path.write_text(draft, "utf-8")
    blanks = [f.message for f in found if f.code == "GK754"]
    assert [m.split("”")[0].lstrip("“") for m in blanks] == ["行政许可", "行政处罚", "行政强制", "行政事业性收费"]
    gaps = re.findall(r"（请(?:填写|补充)[^）]*）", draft)
    assert len(gaps) >= 8
    assert len([f for f in found if f.code == "GK825"]) == len(gaps)


REGISTER = {
    "requests/2025.csv": "登记号,收到日期,申请人类型,答复日期,办理结果\nSQ1,2025-03-04,自然人,2025-03-18,予以公开\n"
}


def test_a_draft_is_the_same_twice_and_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path, REGISTER)
    assert annual_command(config, "-o", str(tmp_path / "一.md")) == 0
    assert annual_command(config, "-o", str(tmp_path / "二.md")) == 0
    assert (tmp_path / "一.md").read_bytes() == (tmp_path / "二.md").read_bytes()
    assert annual_command(config) == 0
    before = (tmp_path / REPORT).read_bytes()
    assert annual_command(config) == 2
    assert annual_command(config, "-o", str(tmp_path / "一.md")) == 2
    assert (tmp_path / REPORT).read_bytes() == before == (tmp_path / "一.md").read_bytes()
    assert f"2025年度报告已经有了：{REPORT}" in capsys.readouterr().err


def test_without_a_register_nothing_is_invented(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path)
    assert annual_command(config) == 0
    draft = (tmp_path / "site_src/items/30/2026/30-02-04-2025.md").read_text("utf-8")
    assert draft.count("<td></td>") == 25 * 7 + 15
    assert "没有登记簿 requests/2025.csv，表三空着" in capsys.readouterr().out


def test_a_register_with_errors_gives_no_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path, {"requests/2025.csv": "登记号,收到日期,申请人类型\nSQ1,2025-02-30,自然人\n"})
    assert annual_command(config) == 1
    assert "“收到日期”：“2025-02-30”不存在" in capsys.readouterr().err
    assert not list((tmp_path / "site_src/items").rglob("*.md"))


def test_years_of_the_old_form_and_of_the_future_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path)
    assert main(["annual", "2018", "-f", str(config)]) == 2
    assert main(["annual", "2027", "--today", "2026-11-20", "-f", str(config)]) == 2
    assert "2018 年的报告用的是旧格式" in capsys.readouterr().err


# --- the page


@pytest.mark.slow
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["390", "1280"])
def test_the_wide_tables_scroll_inside_their_boxes(size: dict[str, int], demo_site: Path, browser: Browser):
    with watched_page(browser, viewport=size) as page:
        page.goto((demo_site / "items" / "30-02-04-2025.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
        box = page.get_by_role("region").filter(has_text="本年新收政府信息公开申请数量")
        first = box.get_by_role("cell", name="一、本年新收政府信息公开申请数量")
        left = first.bounding_box()
        box.evaluate("box => { box.scrollLeft = 200 }")
        assert first.bounding_box() == left
        heads = box.locator("thead th").all_inner_texts()
        assert heads == ["申请处理情况", "申请人情况", "自然人", "法人或其他组织", "总计", *annual.APPLICANTS[1:]]
        assert box.locator("tbody tr").count() == 25 + 5
        remedies = page.get_by_role("region").filter(has_text="未经复议直接起诉")
        remedies.evaluate("box => { box.scrollLeft = 1000 }")
        last = remedies.get_by_role("columnheader", name="复议后起诉").bounding_box()
        first_block = remedies.get_by_role("columnheader", name="行政复议", exact=True).bounding_box()
        assert last
        assert first_block
        assert first_block["x"] + first_block["width"] <= last["x"]


def test_a_report_before_of_a_unit_that_nobody_knows_is_no_hindrance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    text = ITEM.replace("19-02-04", "30-02-04").replace("社会事务办公室", "没有的办公室")
    before = text.replace("2026年第三季度最低生活保障对象公示", "示范镇人民政府2024年政府信息公开工作年度报告")
    config = write_site(tmp_path, {"site_src/items/before.md": before})
    assert annual_command(config, "-o", str(tmp_path / "年报.md")) == 1
    assert "responsible_unit: 党政综合办公室" in (tmp_path / "年报.md").read_text("utf-8")
    assert "1 条信息有错误，可能没有计入" in capsys.readouterr().err


def test_a_draft_below_a_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = write_site(tmp_path).parent / "mkdocs.yml" / "年报.md"
    assert annual_command(tmp_path / "mkdocs.yml", "-o", str(path)) == 2
    assert capsys.readouterr().err == f"不能写入“{path}”：上一级不是文件夹。\n"


def test_a_year_that_is_no_number_is_said_in_chinese(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as stop:
        main(["annual", "去年"])
    assert stop.value.code == 2
    assert "命令写法不对：参数 年度 的“去年”不是数字" in capsys.readouterr().err
