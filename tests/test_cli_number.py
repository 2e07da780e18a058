"""``gongkai number``: numbers by the site's rule, in order of publication; one line more in a file and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.cli.main import main
from gongkai.cli.number import with_number
from sites import ITEM, write_site

CODE = "11999999MB0000001X"
TOWNSHIP = {"gongkai": {"township": {"credit_code": CODE}}}
NUMBER = f"{CODE}/2026-00001"


def item(day: str = "2026-10-09", extra: str = "") -> str:
    return ITEM.replace("published_on: 2026-10-09\n", f"published_on: {day}\n{extra}")


def site(folder: Path, **files: str) -> Path:
    return write_site(folder, {f"site_src/items/{name}.md": text for name, text in files.items()}, mkdocs=TOWNSHIP)


def numbers(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted((folder / "site_src/items").rglob("*.md")):
        lines = [line for line in path.read_text("utf-8").split("\n") if line.startswith(("index_number", "索引号"))]
        assert len(lines) <= 1
        found[path.stem] = lines[0].partition("/")[2] if lines else ""
    return found


def test_without_write_nothing_is_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = site(tmp_path, a=item())
    assert main(["number", "-f", str(config)]) == 0
    out = capsys.readouterr().out
    assert f"site_src/items/a.md：{NUMBER}" in out
    assert "gongkai number --write" in out
    assert numbers(tmp_path) == {"a": ""}


def test_numbers_follow_the_days_and_go_on_from_each_years_highest(tmp_path: Path):
    files = {
        "a": item("2026-10-16"),
        "b": item("2026-10-12 15:00"),
        "c": item("2026-10-12 09:00"),
        "d": item("2025-12-30").replace("formed_on: 2026", "formed_on: 2025"),
        "old": item("2026-01-08", f"index_number: {CODE}/2026-00117\n"),
        "draft": item("2026-10-01", "draft: true\n"),
    }
    config = site(tmp_path, **files)
    assert main(["number", "-f", str(config), "--write"]) == 0
    given = numbers(tmp_path)
    assert given == {
        "a": "2026-00120",
        "b": "2026-00119",
        "c": "2026-00118",
        "d": "2025-00001",
        "draft": "",
        "old": "2026-00117",
    }
    assert main(["number", "-f", str(config), "--write"]) == 0
    assert numbers(tmp_path) == given


def test_numbers_in_faulty_files_are_taken_too(tmp_path: Path):
    faulty = f"---\ntitle: [\nindex_number: {CODE}/2026-00300\n---\n"
    config = site(tmp_path, a=item(), faulty=faulty)
    assert main(["number", "-f", str(config), "--write"]) == 0
    assert numbers(tmp_path)["a"] == "2026-00301"


def test_only_the_files_named(tmp_path: Path):
    config = site(tmp_path, a=item(), b=item("2026-10-10"))
    assert main(["number", "-f", str(config), "--write", str(tmp_path / "site_src/items/b.md")]) == 0
    assert numbers(tmp_path) == {"a": "", "b": "2026-00001"}


def test_a_site_without_code_and_rule_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM})
    assert main(["number", "-f", str(config)]) == 2
    assert "credit_code" in capsys.readouterr().err


HEADS = {
    "comments": "---\n# 登记\ntitle: 甲 # 标题\npublished_on: 2026-10-09   # 发布\nformed_on: 2026-09-28\n---\n正文\n",
    "nested last": "---\ntitle: 甲\nformed_on: 2026-09-28\npublished_on: 2026-10-09\nreview:\n  by: 乙\n  on: 2026-10-08\n---\n正文",
    "no date": "---\ntitle: 甲\nreview:\n  by: 乙\n---\n\n正文\n",
    "folded text": "---\ntitle: 甲\npublished_on: 2026-10-09\nsummary: >\n  一\n  二\n---\n正文 --- 正文\n",
    "indented": "---\n  title: 甲\n  published_on: 2026-10-09\n---\n正文\n",
    "chinese keys": "---\n标题: 甲\n发布日期: 2026-10-09\n责任单位: 乙\n---\n正文\n",
    "list": "---\ntitle: 甲\npublished_on: 2026-10-09\nchannels:\n- 政府网站\n---\n---\n正文\n",
}


@pytest.mark.parametrize("name", HEADS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_one_line_is_added_and_every_other_byte_stays(name: str, end: str, mark: bytes):
    before = mark + HEADS[name].replace("\n", end).encode("utf-8")
    after = with_number(before, NUMBER)
    assert after is not None
    key = "索引号" if name == "chinese keys" else "index_number"
    line = f"{'  ' if name == 'indented' else ''}{key}: {NUMBER}{end}".encode()
    assert after.count(line) == 1
    assert after.replace(line, b"") == before


@pytest.mark.parametrize(
    "text", ["没有信息头\n", "---\n{title: 甲, published_on: 2026-10-09}\n---\n正文\n", "---\ntitle: 甲\n"]
)
def test_a_file_that_cannot_be_extended_safely_is_left_alone(text: str):
    assert with_number(text.encode("utf-8"), NUMBER) is None
