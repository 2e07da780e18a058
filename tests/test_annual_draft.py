"""``gongkai annual``: a draft holds what a plain count gives, invents nothing and overwrites nothing."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
import yaml

from gongkai.cli.main import main
from gongkai.dataset import Dataset
from gongkai.gather import gather
from gongkai.model import annual
from sites import ITEM, ROOT, TODAY, write_site

REPORT = "site_src/items/30/2026/30-02-04-2025.md"


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
