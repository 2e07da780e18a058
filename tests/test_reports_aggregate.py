"""The county: what it counts from the data of built sites is what each site counts by itself."""

from __future__ import annotations

import csv
import functools
import http.server
import io
import json
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from gongkai.catalogue.assessments import load_assessments
from gongkai.cli.main import main
from gongkai.dataset import Dataset
from gongkai.reading.rectification import read_problems
from gongkai.render.open_data import open_data
from gongkai.reports.card import card, slice_of, tally
from gongkai.reports.county import BadSite, Town, read_town
from gongkai.reports.county_sheets import county_ledger, county_workbook, ledger_lines, ranking
from gongkai.reports.coverage import coverage
from gongkai.reports.facts import facts_of
from gongkai.reports.ledger import ledger
from gongkai.reports.ledger_sheets import LEDGER, ledger_row
from gongkai.reports.open_report import open_report
from gongkai.reports.terms import parse_term
from gongkai.reports.workbook import csv_bytes
from sites import ITEM, dataset, write_site

TERMS = [t for t in map(parse_term, ("2026-Q3", "2026-Q4", "2025", "2026")) if t]


def write_data(data: Dataset, folder: Path) -> Path:
    """What a build puts into ``data/``."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for address, content in (*open_data(data), *open_report(data)):
        (folder / address).write_bytes(content)
    return folder


def town(folder: Path) -> Town:
    return read_town(lambda name: (folder / name).read_bytes())


def small(folder: Path, name: str = "平川镇", **items: str) -> Path:
    """A township's site with a late item, an item on a board only, a draft and a problem in its list."""
    late = ITEM.replace("formed_on: 2026-09-28", "formed_on: 2026-08-03").replace("最低生活", "平川最低生活")
    files = {
        "late": late,
        "board": ITEM.replace("---\n全镇", "channels: [社区/企事业单位/村公示栏(电子屏)]\n---\n全镇").replace(
            "低生活", "低档生活"
        ),
        "draft": ITEM.replace("published_on: 2026-10-09", "draft: true").replace("第三", "机密"),
        **items,
    }
    township = {"name": name, "full_name": f"云麓县{name}人民政府", "county": "云麓县"}
    return write_site(
        folder,
        {f"site_src/items/{n}.md": text for n, text in files.items()},
        mkdocs={"gongkai": {"township": township}},
    )


@pytest.fixture(scope="module")
def demo_data(demo: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(demo, tmp_path_factory.mktemp("demo") / "site")


@pytest.fixture
def two(demo_data: Path, tmp_path: Path) -> tuple[Path, Path]:
    config = small(tmp_path / "src")
    main(["rectify", "-f", str(config), "--today", "2026-11-20"])
    return demo_data, write_data(dataset(config), tmp_path / "平川 网站")


# --- the same figures as each site's own


def test_facts_are_read_back_as_they_were(demo: Dataset, demo_data: Path):
    assert town(demo_data).facts == facts_of(demo)


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_card_of_a_township_is_the_sites_own(demo: Dataset, demo_data: Path, term: Any):
    assert card(town(demo_data).facts, term) == card(facts_of(demo), term)


def test_ledger_is_the_sites_own_without_what_hangs_on_boards_only(demo: Dataset, demo_data: Path):
    own = [line for line in ledger(demo, coverage(demo)) if line.address is not None]
    written = csv_bytes(LEDGER[1:], (ledger_row(line, 0)[1:] for line in own))
    read = csv_bytes(LEDGER[1:], (cells for _, cells in ledger_lines(town(demo_data))))
    assert read == written


def test_rectification_is_as_far_as_the_sites_own(two: tuple[Path, Path], tmp_path: Path):
    own = read_problems(tmp_path / "src", pytest.fail)
    read = town(two[1]).problems
    assert own
    assert [(p.id, p.opened_on, p.solved_on, p.found.due, p.found.unit) for p in read] == [
        (p.id, p.opened_on, p.solved_on, p.found.due, p.found.unit) for p in own
    ]


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_county_is_the_sum_of_its_townships(two: tuple[Path, Path], term: Any):
    facts = [town(folder).facts for folder in two]
    whole = tally([slice_of(f, term) for f in facts])
    cards = [card(f, term).whole.now for f in facts]
    for name in ("published", "statements", "judged", "late", "interpretations", "corrections", "rows", "blank"):
        assert getattr(whole, name) == sum(getattr(c, name) for c in cards)
    assert whole.owed.missing == sum(c.owed.missing for c in cards)
    items = [i for f in facts for i in f.items if term.first <= i.published_on <= term.last]
    assert whole.published == len(items)


# --- what is published


def test_report_is_valid_under_the_schema_beside_it(two: tuple[Path, Path]):
    for folder in two:
        schema = json.loads((folder / "data/report.schema.json").read_bytes())
        jsonschema_rs.validator_for(schema).validate(json.loads((folder / "data/report.json").read_bytes()))


def test_report_is_written_as_json_with_one_blank_a_level(two: tuple[Path, Path]):
    for folder in two:
        text = (folder / "data/report.json").read_text("utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


def test_strange_letters_in_names_come_back_as_they_were(demo: Dataset):
    facts = facts_of(demo)
    unit = '所}\0{",\n "'
    odd = replace(facts, items=tuple(replace(item, unit=unit) for item in facts.items), owed=())
    (_, content), _ = open_report(demo, odd)
    data = json.loads(content)
    assert {item["unit"] for item in data["items"]} == {unit}
    assert data["periods"] == []
    assert content.decode() == json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def test_report_shows_neither_drafts_nor_what_hangs_on_boards_nor_words_of_problems(two: tuple[Path, Path]):
    text = (two[1] / "data/report.json").read_text("utf-8")
    data = json.loads(text)
    assert [i["url"] for i in data["items"]] == ["items/late.html"]
    assert "机密" not in text
    assert "draft" not in text
    assert "board" not in text
    assert [p["problem"] for p in data["rectification"]] == ["超过公开时限"]
    assert "2026-08-03" not in text


def test_problem_with_personal_data_names_neither_page_nor_kind(tmp_path: Path):
    config = small(tmp_path, late=ITEM + "\n联系电话：138****1234、13966660000。\n")
    main(["rectify", "-f", str(config), "--today", "2026-11-20"])
    codes = [json.loads(line)["code"] for line in (tmp_path / "rectification.jsonl").read_text("utf-8").splitlines()]
    assert any(code.startswith("GK5") for code in codes)
    told = json.loads(dict(open_report(dataset(config)))["data/report.json"])["rectification"]
    assert [(p["problem"], p["url"], p["basis"]) for p in told if p["problem"] == "个人信息保护"] == [
        ("个人信息保护", None, "") for code in codes if code.startswith("GK5")
    ]


def test_problem_of_a_register_is_counted_and_not_told(tmp_path: Path):
    config = small(tmp_path, late=ITEM)
    (tmp_path / "requests").mkdir()
    (tmp_path / "requests/2026.csv").write_text("张三,申请\n", "utf-8")
    main(["rectify", "-f", str(config), "--today", "2026-11-20"])
    files = [json.loads(line)["file"] for line in (tmp_path / "rectification.jsonl").read_text("utf-8").splitlines()]
    count = sum(file.startswith("requests/") for file in files)
    told = json.loads(dict(open_report(dataset(config)))["data/report.json"])["rectification"]
    assert count
    assert [(p["url"], p["basis"]) for p in told if p["problem"] == "登记簿的填写"] == [(None, "")] * count


# --- workbook, ledger, command


def test_command_writes_ranking_coverage_units_gaps_rectification_and_ledger(
    two: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    out = tmp_path / "县 汇总"
    assert main(["aggregate", *map(str, two), "--term", "2026-Q4", "-o", str(out)]) == 0
    assert sorted(p.name for p in out.iterdir()) == ["云麓县台账.csv", "云麓县汇总-2026-Q4.xlsx"]
    book = load_workbook(out / "云麓县汇总-2026-Q4.xlsx")
    assert book.sheetnames == ["排名", "覆盖情况", "各单位", "缺期清单", "整改清单"]
    heads = [c.value for c in book["排名"][3]]
    rows = [
        dict(zip(heads, (c.value for c in row), strict=True)) for row in book["排名"].iter_rows(min_row=4, max_row=6)
    ]
    assert {row["乡镇"] for row in rows} == {"示范镇", "平川镇", "全县"}
    term = parse_term("2026-Q4")
    assert term is not None
    for row in rows[:2]:
        own = card(town(two[row["乡镇"] == "平川镇"]).facts, term).whole.now
        assert (row["公开条数"], row["按时率"], row["缺期"]) == (own.published, own.in_time, own.owed.missing)
    assert rows[2]["公开条数"] == rows[0]["公开条数"] + rows[1]["公开条数"]
    assert next(r for r in rows if r["乡镇"] == "平川镇")["没有公开的单位"] == "党政综合办公室、财政所"
    problems = [[c.value for c in row[1:4]] for row in book["整改清单"].iter_rows(min_row=4)]
    assert ["平川镇", "20261120-001", "超过公开时限"] in problems
    lines = list(csv.reader(io.StringIO((out / "云麓县台账.csv").read_text("utf-8-sig"))))
    assert len(lines) == 1 + sum(len(town(folder).facts.items) for folder in two)
    assert "得分率" in capsys.readouterr().out


def test_ranking_goes_by_the_share_of_computed_points(two: tuple[Path, Path]):
    term = parse_term("2026-Q4")
    assert term is not None
    table = load_assessments(None, pytest.fail)["township"]
    ranked = ranking([town(folder) for folder in two], term, table)
    rates = [one.scored.computed / one.scored.reachable for one in ranked]
    assert rates == sorted(rates, reverse=True)
    assert [one.place for one in ranked] == [1, 2]


def test_level_townships_share_a_place(demo_data: Path, tmp_path: Path):
    copy = tmp_path / "copy"
    shutil.copytree(demo_data, copy)
    report = copy / "data/report.json"
    report.write_text(report.read_text("utf-8").replace('"township": "示范镇"', '"township": "样板镇"'), "utf-8")
    term = parse_term("2026-Q3")
    assert term is not None
    table = load_assessments(None, pytest.fail)["township"]
    ranked = ranking([town(demo_data), town(copy)], term, table)
    assert [(one.place, one.town.name) for one in ranked] == [(1, "样板镇"), (1, "示范镇")]


def test_same_sites_give_the_same_bytes(two: tuple[Path, Path]):
    term = parse_term("2026")
    assert term is not None
    table = load_assessments(None, pytest.fail)["township"]

    def make() -> tuple[bytes, bytes]:
        towns = [town(folder) for folder in two]
        return county_workbook("云麓县", ranking(towns, term, table), term, table), county_ledger(towns)

    assert make() == make()


def test_folder_data_itself_will_do(demo_data: Path, tmp_path: Path):
    assert main(["aggregate", str(demo_data / "data"), "-o", str(tmp_path)]) == 0


@pytest.fixture
def served(demo_data: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
            pass

    handler = functools.partial(Quiet, directory=str(demo_data.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_site_on_the_web_is_read_like_a_folder(served: str, demo_data: Path, tmp_path: Path):
    assert main(["aggregate", f"{served}/site/", "-o", str(tmp_path / "web")]) == 0
    assert main(["aggregate", str(demo_data), "-o", str(tmp_path / "folder")]) == 0
    for path in (tmp_path / "web").iterdir():
        assert path.read_bytes() == (tmp_path / "folder" / path.name).read_bytes()


def test_site_that_is_not_there_on_the_web_is_said(served: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["aggregate", f"{served}/nothing", "http://127.0.0.1:9", "-o", str(tmp_path / "x")]) == 2
    said = capsys.readouterr().err
    assert "没有 data/report.json" in said
    assert "连不上网站" in said
    assert not (tmp_path / "x").exists()


def _cut(folder: Path) -> None:
    path = folder / "data/report.json"
    path.write_bytes(path.read_bytes()[:1000])


def _change(old: str, new: str, name: str = "report") -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / f"data/{name}.json"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return change


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_cut, "data/report.json 不是完整的 JSON，可能没有下载完"),
        (lambda folder: (folder / "data/items.json").unlink(), "没有 data/items.json"),
        (_change('"as_of": "2026-11-20"', '"as_of": "昨天"'), "data/report.json 的 as_of 与本程序的格式不同"),
        (_change('"state": "已公开"', '"state": "好"'), "state 与本程序的格式不同"),
        (_change('"items": [', '"items": 1, "x": [', "items"), "data/items.json 里没有信息的列表"),
        (_change('"url": "items/', '"url": "item/', "items"), "两个文件不是同一次生成的"),
        (lambda folder: (folder / "data/report.json").write_text("[]"), "data/report.json 的内容不对"),
    ],
    ids=["cut", "no items", "no day", "unknown state", "no list", "another build", "no object"],
)
def test_data_that_cannot_be_used_are_refused(
    demo_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None], said: str
):
    copy = tmp_path / "copy"
    shutil.copytree(demo_data, copy)
    damage(copy)
    with pytest.raises(BadSite, match=said):
        town(copy)
    assert main(["aggregate", str(copy), "-o", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_all_that_is_wrong_with_the_sites_is_said_at_once(
    demo_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    copy = tmp_path / "copy"
    shutil.copytree(demo_data, copy)
    assert main(["aggregate", str(demo_data), str(copy), str(tmp_path / "none"), "-o", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert "“示范镇”给了两次，请只留一个网站。" in said
    assert f"“{tmp_path / 'none'}”：没有这个文件夹。" in said
