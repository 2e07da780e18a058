"""What a build promises: the same bytes every time, nothing changed by a build that fails, addresses that stay."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from browser import build, content_of, items_of
from built_sites import good_build, item
from links import broken_links, parse
from sites import ITEM, ROOT, write_site

pytestmark = pytest.mark.slow

NOTICE = ITEM.replace("最低生活保障对象公示", "特困人员公示")


def beside(site: Path) -> list[str]:
    """What an unfinished build may have left beside a site."""
    return sorted(path.name for path in site.parent.iterdir() if "gongkai-" in path.name)


# ---- The same input, the same bytes


@pytest.mark.parametrize(
    ("tool", "environment"),
    [
        ("mkdocs", {"PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": str(int(time.time())), "TZ": "America/Los_Angeles"}),
        ("properdocs", {"PYTHONHASHSEED": "23"}),
    ],
)
def test_demonstration_site_is_the_same_to_the_byte(
    tool: str, environment: Mapping[str, str], demo_site: Path, tmp_path: Path
):
    done = build(ROOT / "mkdocs.yml", tmp_path / "site", tool, **environment)
    assert done.returncode == 0, done.stdout + done.stderr
    again, first = content_of(tmp_path / "site"), content_of(demo_site)
    assert again.keys() == first.keys()
    assert [name for name in first if again[name] != first[name]] == []


@pytest.mark.parametrize("day", ["1970-01-01", "2025-12-31", "2099-12-31"])
def test_demonstration_site_builds_on_any_day(day: str, tmp_path: Path):
    done = build(ROOT / "mkdocs.yml", tmp_path / "site", GONGKAI_TODAY=day)
    assert done.returncode == 0, done.stdout + done.stderr
    assert broken_links(tmp_path / "site") == []


def test_place_of_the_source_does_not_matter(tmp_path: Path):
    sites = []
    for name in ("one", "镇 公开栏"):
        config = write_site(tmp_path / name, {"site_src/items/a.md": ITEM})
        sites.append(content_of(good_build(config)))
    assert sites[0] == sites[1]


def test_building_over_an_older_site_leaves_nothing_of_it(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM, "site_src/items/b.md": NOTICE})
    site = good_build(config)
    assert (site / "items/b.html").is_file()
    (tmp_path / "site_src/items/b.md").unlink()
    good_build(config)
    assert not (site / "items/b.html").exists()
    assert beside(site) == []


# ---- A build that fails


def test_build_with_errors_lists_all_of_them_and_changes_nothing(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM, "site_src/items/b.md": NOTICE})
    site = good_build(config)
    before = content_of(site)
    (tmp_path / "site_src/items/a.md").write_text(item(published_on="2026-02-30", entry="19-99-99"), "utf-8")
    (tmp_path / "site_src/items/b.md").write_text(item(responsible_unit="不存在的单位"), "utf-8")
    (tmp_path / "site_src/items/c.md").write_bytes(ITEM.encode("gb18030"))

    done = build(config)

    assert done.returncode == 1
    for place, code in (("a.md", "GK104"), ("a.md", "GK105"), ("b.md", "GK110"), ("c.md", "GK001")):
        assert re.search(rf"^site_src/items/{place}:\d+:\d+ 错误 {code} ", done.stdout, re.MULTILINE), code
    total = re.search(r"检查了 3 条信息：错误 (\d+) 处", done.stdout)
    assert total is not None
    assert int(total[1]) == len(re.findall(r"^site_src/\S+ 错误 GK", done.stdout, re.MULTILINE))
    assert f"发现 {total[1]} 处错误，网站没有改动。请按上面的提示改正后重试。" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert content_of(site) == before
    assert beside(site) == []


def test_first_build_with_errors_leaves_no_site(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/a.md": item(title=None)})
    assert build(config).returncode == 1
    assert not (tmp_path / "site").exists()
    assert beside(tmp_path / "site") == []


@pytest.mark.parametrize("tool", ["mkdocs", "properdocs"])
@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("own/main.html", "{% extends 'base.html' %}{% block content %}{{ nothing.at.all }}{% endblock %}"),
        ("own/main.html", "<html><title>GkTitleMark</title></html>"),
        ("own/gongkai/list.html", "{{ nothing.at.all }}"),
        ("own/gongkai/item.html", "{% if %}"),
        ("own/404.html", "{% broken"),
    ],
)
def test_build_that_fails_in_a_template_changes_nothing(tool: str, file: str, content: str, tmp_path: Path):
    config = write_site(
        tmp_path, {"site_src/items/a.md": ITEM, "own/x.txt": ""}, mkdocs={"theme": {"custom_dir": "own"}}
    )
    site = good_build(config)
    before = content_of(site)
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    assert build(config, tool=tool).returncode != 0
    assert content_of(site) == before
    assert beside(site) == []


def test_strict_build_with_a_dead_link_in_an_ordinary_page_changes_nothing(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM}, mkdocs={"strict": True})
    site = good_build(config)
    before = content_of(site)
    (tmp_path / "site_src/guide.md").write_text("[x](nowhere.md)\n", "utf-8")
    assert build(config).returncode != 0
    assert content_of(site) == before
    assert beside(site) == []


def test_what_an_interrupted_build_left_is_put_right(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM})
    site = good_build(config)
    before = content_of(site)
    (tmp_path / "site.gongkai-new").mkdir()
    (tmp_path / "site.gongkai-new/half.html").write_text("x")
    (tmp_path / "site.gongkai-list").write_text('["index.html"]')
    assert content_of(good_build(config)) == before
    assert beside(site) == []


# ---- Addresses


def test_a_new_title_keeps_the_address(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/19/2026/q3.md": ITEM})
    site = good_build(config)
    before = items_of(site)
    (tmp_path / "site_src/items/19/2026/q3.md").write_text(item(title="新的标题"), "utf-8")
    good_build(config)
    after = items_of(site)
    assert [record["title"] for record in after] == ["新的标题"]
    assert [record["url"] for record in after] == [record["url"] for record in before] == ["items/q3.html"]


def test_a_move_to_another_folder_keeps_the_address(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/19/2026/q3.md": ITEM})
    site = good_build(config)
    (tmp_path / "site_src/items/q3.md").write_text(ITEM, "utf-8")
    (tmp_path / "site_src/items/19/2026/q3.md").unlink()
    good_build(config)
    assert [record["url"] for record in items_of(site)] == ["items/q3.html"]


def test_site_without_an_address_has_no_sitemap_but_works(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM}, mkdocs={"site_url": None})
    site = good_build(config)
    assert not (site / "sitemap.xml").exists()
    assert broken_links(site) == []
    for path in site.rglob("*.html"):
        assert parse(path).xpath("//link[@rel='canonical']") == []
    for path in (site / "feed.xml", site / "feeds/19.xml"):
        links = re.findall(r'<link href="([^"]*)"', path.read_text("utf-8"))
        assert links
        assert all((path.parent / link).resolve().is_file() for link in links)


def test_address_of_the_site_may_lack_its_last_slash(tmp_path: Path):
    change = {"site_url": "https://www.example.gov.cn/shifan"}
    site = good_build(write_site(tmp_path, {"site_src/items/a.md": ITEM}, mkdocs=change))
    assert "<loc>https://www.example.gov.cn/shifan/items/a.html</loc>" in (site / "sitemap.xml").read_text("utf-8")


def test_site_in_a_folder_with_a_chinese_name_and_a_space_has_only_good_links(tmp_path: Path):
    config = write_site(
        tmp_path / "示范镇 公开栏",
        {
            "site_src/items/社会救助/低保 公示.md": item(
                address="低保公示",
                attachments="[附件 1.txt]",
                body="## 名单（一）\n\n见[附件](<附件 1.txt>)和[指南](../../guide.md)。\n",
            ),
            "site_src/items/社会救助/附件 1.txt": "名单",
        },
    )
    site = good_build(config)
    assert (site / "items/低保公示.html").is_file()
    assert (site / "items/低保公示/附件 1.txt").read_text("utf-8") == "名单"
    assert broken_links(site) == []


def test_site_without_any_item_builds(tmp_path: Path):
    site = good_build(write_site(tmp_path))
    assert items_of(site) == []
    assert broken_links(site) == []


def test_site_without_search_offers_none(tmp_path: Path):
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM}, mkdocs={"gongkai": {"search": False}})
    site = good_build(config)
    assert not (site / "search").exists()
    for path in site.rglob("*.html"):
        assert parse(path).xpath("//form | //input[@type='search']") == []
    assert broken_links(site) == []
