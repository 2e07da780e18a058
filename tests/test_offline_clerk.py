"""``gongkai offline`` as a clerk uses it: copies, updates, checks of both, and wrong use explained."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from browser import build, content_of
from built_copies import NAME, run
from gongkai.cli.main import main
from sites import ITEM, write_site

pytestmark = pytest.mark.slow


def test_search_data_grow_by_less_than_forty_percent(stick: Path, demo_site: Path):
    def weight(folder: Path) -> int:
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    assert weight(stick / "site/search/packs") <= 1.4 * weight(demo_site / "search/data")


def test_copy_is_whole_after_all_this(stick: Path):
    done = run("--verify", stick)
    assert done.returncode == 0
    assert done.stdout.endswith("完整：每个文件都在，内容都对。\n")
    assert f"共 {len(content_of(stick)) - 1} 个文件" in done.stdout


def test_damaged_copy_is_named_file_by_file(copies: Path, tmp_path: Path):
    copy = shutil.copytree(copies / NAME, tmp_path / NAME)
    (copy / "site/index.html").unlink()
    (copy / "site/guide.html").write_bytes(b"")
    done = run("--verify", copy)
    assert done.returncode == 1
    assert "  内容不对：site/guide.html\n  缺少：site/index.html\n" in done.stdout
    assert done.stdout.endswith("不完整：2 个文件有问题。请重新复制整个文件夹，等复制完再拔出U盘。\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--verify", "没有的文件夹"), "没有“没有的文件夹”这个文件夹或文件。"),
        (("--today", "11月20日"), "日期“11月20日”写得不对，请写成 2026-11-20 的形式。"),
        (("-o", "site_src/copy"), "不能把副本放在“site_src”里，那是内容文件夹。请换一个文件夹，如：-o offline"),
        (("--since", "旧副本"), "没有“旧副本”这个文件夹或文件。"),
        (("--since", "site_src"), "“site_src”里没有 清单.json，不是离线副本，或者没有复制完整。"),
        (("--site", "catalogue"), "“catalogue”里没有生成好的网站（缺 index.html）。请先运行 mkdocs build。"),
    ],
)
def test_wrong_use_is_explained(
    arguments: tuple[str, ...],
    message: str,
    here: Path,
    capsys: pytest.CaptureFixture[str],
):
    write_site(here, {"site_src/items/a.md": ITEM})
    assert main(["offline", *arguments]) == 2
    said = capsys.readouterr()
    assert (said.out, said.err.strip()) == ("", message)


DRAFT = ITEM.replace("title: 2026年第三季度最低生活保障对象公示", "title: 还没有定稿的草稿\ndraft: true")


def test_clerk_makes_a_copy_and_next_month_an_update(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM, "site_src/items/b.md": DRAFT})
    done = run("--today", "2026-10-20", folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    october = tmp_path / "offline/公开栏-示范镇-2026-10-20"
    assert "公开信息 1 条" in done.stdout
    assert not any("草稿" in path.read_text("utf-8", "replace") for path in october.rglob("*.html"))
    assert not config.with_name("site").exists()
    notice = ITEM.replace("最低生活保障对象公示", "特困人员公示")
    (tmp_path / "site_src/items/c.md").write_text(notice, "utf-8")
    done = run("--today", "2026-11-20", "--since", october, folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "用在 2026-10-20 的副本上" in done.stdout
    update = tmp_path / "offline/公开栏-示范镇-2026-11-20-更新"
    assert not (update / "site/items/a.html").exists() or (update / "site/items/a.html").read_bytes()
    shutil.copytree(update, october, dirs_exist_ok=True)
    assert run("--verify", october).returncode == 0
    assert (october / "site/items/c.html").is_file()


def test_site_with_errors_gives_no_copy(tmp_path: Path):
    write_site(tmp_path, {"site_src/items/a.md": ITEM.replace("entry: 19-02-04\n", "")})
    done = run(folder=tmp_path)
    assert done.returncode == 1
    assert not (tmp_path / "offline").exists()


def test_setting_makes_every_build_write_a_copy(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM}, mkdocs={"gongkai": {"offline_copy": True}})
    done = build(config)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(path.name for path in (tmp_path / "offline").iterdir()) == [NAME, f"{NAME}.zip"]
    assert run("--verify", tmp_path / "offline" / NAME).returncode == 0
