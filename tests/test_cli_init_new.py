"""``gongkai init`` and ``gongkai new``: a site in an empty folder, a draft for every entry of the catalogue."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import pytest

from gongkai.cli import new
from gongkai.dataset import Dataset
from gongkai.gather import gather
from gongkai.model import Severity
from sites import ROOT, write_site
from test_cli_check import gongkai

DAY = "2026-10-09"
TODAY = dt.date(2026, 10, 9)
COMMENT = re.compile(r"<!--.*?-->")


def files_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def dataset_of(config: Path) -> Dataset:
    dataset = gather(config, TODAY).dataset
    assert dataset is not None
    return dataset


def headings(path: Path) -> list[str]:
    return re.findall(r"^## (.+)$", path.read_text("utf-8"), re.MULTILINE)


def published(path: Path) -> None:
    """Take the draft line away and write something, as a clerk does."""
    text = path.read_text("utf-8").replace("draft: true  # 写好后删去这一行\n", "")
    path.write_text(COMMENT.sub("已公开。", text), "utf-8")


@pytest.fixture(scope="module")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("init") / "site"
    assert gongkai("init", folder, cwd=folder.parent).returncode == 0
    return folder


@pytest.fixture
def site(new_site: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(new_site, tmp_path / "site"))


# --- init


def test_init_makes_a_site_that_checks_without_error(new_site: Path):
    done = gongkai("check", cwd=new_site)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"检查了 0 条信息：错误 0 处，警告 \d+ 处。", done.stdout.splitlines()[-1])


def test_init_asks_for_nothing_but_marks_and_contact(new_site: Path):
    assert {f.code for f in gather(new_site / "mkdocs.yml").findings} == {"GK311"}


@pytest.mark.parametrize("name", ["青山镇公开栏", "青山镇 公开栏", "a b/青山镇"])
def test_init_takes_the_name_from_a_chinese_folder_with_or_without_space(tmp_path: Path, name: str):
    done = gongkai("init", name, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == f"已在“{name}”新建青山镇的公开栏。接下来："
    shown = f'"{name}"' if " " in name else name
    assert done.stdout.splitlines()[1] == f"  1. 进入文件夹：cd {shown}"
    texts = "".join(p.read_text("utf-8") for p in (tmp_path / name).rglob("*") if p.suffix in {".md", ".yml"})
    assert "青山镇人民政府" in texts
    assert "示范镇" not in texts
    assert gongkai("check", cwd=tmp_path / name).returncode == 0


def test_init_writes_into_an_empty_folder(tmp_path: Path):
    assert gongkai("init", ".", "--name", "青山乡", cwd=tmp_path).returncode == 0
    assert "name: 青山乡\n" in (tmp_path / "mkdocs.yml").read_text("utf-8")
    assert (tmp_path / ".gitignore").is_file()


def test_init_leaves_a_folder_with_files_as_it_is(tmp_path: Path):
    (tmp_path / "通知.docx").write_bytes(b"x")
    done = gongkai("init", tmp_path, cwd=tmp_path.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"“{tmp_path}”不是空文件夹，没有写入任何内容。请换一个新文件夹。\n"
    assert files_of(tmp_path) == {"通知.docx": b"x"}


def test_init_leaves_nothing_beside_the_new_folder(tmp_path: Path):
    assert gongkai("init", "青山镇", cwd=tmp_path).returncode == 0
    assert [p.name for p in tmp_path.iterdir()] == ["青山镇"]


# --- new


def test_new_by_id_writes_a_draft_with_all_that_the_entry_knows(site: Path):
    done = gongkai("new", "19-02-03", "--today", DAY, cwd=site)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:3] == [
        "已新建：site_src/items/19/2026/19-02-03-20261009.md",
        "目录条目：19-02-03 社会救助/最低生活保障/审核信息",
        "写好后请删去“draft: true”一行，再运行：gongkai check",
    ]
    path = site / "site_src/items/19/2026/19-02-03-20261009.md"
    head = path.read_text("utf-8").split("---")[1]
    assert "responsible_unit: 社会事务办公室\n" in head
    assert "time_limit: 制定或获取信息之日起10个工作日内，公示7个工作日\n" in head
    assert "formed_on: 2026-10-09  # 成文日期\n" in head
    entry = dataset_of(site / "mkdocs.yml").catalogue.by_id["19-02-03"]
    assert f"channels: [{', '.join(entry.channels)}]\n" in head
    assert headings(path) == list(entry.elements)


@pytest.mark.parametrize(
    "wanted",
    [
        "社会救助/最低生活保障/审批信息",
        "社会救助领域/最低生活保障/审批信息",
        "最低生活保障/审批信息",
        "社会救助 > 最低生活保障 > 审批信息",
    ],
)
def test_new_by_path_finds_the_entry(site: Path, wanted: str):
    done = gongkai("new", wanted, "--today", DAY, cwd=site)
    assert done.returncode == 0
    assert (site / "site_src/items/19/2026/19-02-04-20261009.md").is_file()


def test_new_draft_checks_without_error_and_so_does_the_finished_item(site: Path):
    assert gongkai("new", "19-02-04", "--today", DAY, cwd=site).returncode == 0
    path = site / "site_src/items/19/2026/19-02-04-20261009.md"
    assert gongkai("check", "--today", DAY, path, cwd=site).returncode == 0
    published(path)
    done = gongkai("check", "--today", DAY, "--strict", path, cwd=site)
    assert (done.returncode, done.stdout) == (0, "检查了 1 条信息：错误 0 处，警告 0 处。\n")


def test_new_for_an_annual_report_points_to_its_own_command(site: Path):
    done = gongkai("new", "政府信息公开年报", "--today", DAY, cwd=site)
    said = "年度报告有固定的六个部分和表格，可以用“gongkai annual 2025”按公开的信息和登记簿生成草稿。"
    assert (done.returncode, said in done.stdout.splitlines()) == (0, True), done.stderr


def test_new_takes_title_and_unit(site: Path):
    title = '关于"低保": 2026年#3批 [公示]'
    done = gongkai("new", "19-02-04", "--title", title, "--unit", "民政所", "--today", DAY, cwd=site)
    assert done.returncode == 0
    published(site / "site_src/items/19/2026/19-02-04-20261009.md")
    items = dataset_of(site / "mkdocs.yml").items
    assert [(i.title, i.responsible_unit) for i in items] == [(title, "社会事务办公室")]


def test_new_never_overwrites(site: Path):
    for _ in range(3):
        assert gongkai("new", "19-02-04", "--today", DAY, cwd=site).returncode == 0
        for path in (site / "site_src/items").rglob("*.md"):
            path.write_text(path.read_text("utf-8") + "写过的内容\n", "utf-8")
    written = sorted(p.name for p in (site / "site_src/items").rglob("*.md"))
    assert written == ["19-02-04-20261009-2.md", "19-02-04-20261009-3.md", "19-02-04-20261009.md"]
    first = site / "site_src/items/19/2026/19-02-04-20261009.md"
    assert first.read_text("utf-8").count("写过的内容") == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["办事指南"],
            "“办事指南”对应 3 个条目，请写编号：\n"
            "  19-02-02  社会救助/最低生活保障/办事指南\n"
            "  19-03-02  社会救助/特困人员救助供养/办事指南\n"
            "  19-04-02  社会救助/临时救助/办事指南\n",
        ),
        (["天气预报"], "本镇目录中没有“天气预报”。不写条目可以逐级选择：gongkai new\n"),
        ([], "请写明条目，如：gongkai new 社会救助/最低生活保障/审批信息\n"),
        (
            ["19-02-04", "--unit", "气象台"],
            "本镇没有“气象台”这个单位。本镇单位：党政综合办公室、社会事务办公室、财政所\n",
        ),
        (["19-02-04", "--today", "明天"], "--today 的“明天”不是日期，请写成 2026-10-09 的形式。\n"),
    ],
)
def test_new_says_what_it_cannot_do_and_writes_nothing(tmp_path: Path, arguments: list[str], said: str):
    write_site(tmp_path)
    done = gongkai("new", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)
    assert list((tmp_path / "site_src/items").iterdir()) == []


def test_new_shows_the_nearest_entries_for_a_wrong_id(tmp_path: Path):
    write_site(tmp_path)
    done = gongkai("new", "19-02-40", cwd=tmp_path)
    assert done.returncode == 2
    lines = done.stderr.splitlines()
    assert lines[0] == "本镇目录中没有“19-02-40”。最接近的条目："
    assert "  19-02-04  社会救助/最低生活保障/审批信息" in lines


def test_new_outside_of_a_site_is_one_clear_sentence(tmp_path: Path):
    done = gongkai("new", "19-02-04", cwd=tmp_path)
    assert done.returncode == 2
    assert (
        done.stderr == "找不到站点设置“mkdocs.yml”。请在站点文件夹里运行，或用 -f 指明；新建站点：gongkai init 文件夹\n"
    )


def test_new_in_a_site_with_broken_settings_says_where(tmp_path: Path):
    write_site(tmp_path, adopted="fields: [\n")
    done = gongkai("new", "19-02-04", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "catalogue/adopted.yaml:1 目录文件读不下去：括号没有成对，或里面少了逗号。\n"


def test_scaffold_of_every_own_entry_of_the_demonstration_is_valid(tmp_path: Path):
    adopted = (ROOT / "catalogue" / "adopted.yaml").read_text("utf-8")
    config = write_site(tmp_path, adopted=adopted)
    settings, catalogue = dataset_of(config).settings, dataset_of(config).catalogue
    entries = list(catalogue.own_entries())
    assert len(entries) > 200
    unit = settings.profile.units[0]
    for entry in entries:
        path = settings.items_dir / f"{entry.id}.md"
        path.write_text(new.scaffold(entry, catalogue, unit, f"2026年{entry.level2}", TODAY), "utf-8")
        assert headings(path) == list(entry.elements), entry.id
    drafts = gather(config, TODAY)
    assert [f for f in drafts.findings if f.severity is not Severity.NOTE] == []
    for path in settings.items_dir.iterdir():
        published(path)
    finished = gather(config, TODAY)
    form_of_annual_reports = {"GK751", "GK753"}  # what `gongkai annual` writes, as `gongkai new` says
    errors = [f for f in finished.findings if f.severity is Severity.ERROR]
    assert [f for f in errors if f.code not in form_of_annual_reports] == []
    assert finished.dataset is not None
    assert {i.entry_id for i in finished.dataset.items} == {e.id for e in entries}
