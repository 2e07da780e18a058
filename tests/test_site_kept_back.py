"""What must not get out of a site (R5.4): drafts, what is for the board only, what is given on request."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from browser import content_of, items_of
from built_sites import good_build, item
from links import broken_links, parse
from search_data import rows_of
from sites import ITEM, write_site

pytestmark = pytest.mark.slow

BOARD = "[社区/企事业单位/村公示栏(电子屏)]"


def unpacked(site: Path) -> dict[str, bytes]:
    """Every file of a site, packed search data opened, and what their index gives away."""
    files = {
        name: gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for name, data in content_of(site).items()
    }
    return files | {
        f"index of {shard}": "\n".join(rows).encode() for shard, rows in rows_of(site / "search/data").items()
    }


@pytest.mark.parametrize(
    "kept_back",
    [
        {"draft": "true"},
        {"channels": BOARD},
        {"disclosure_class": "不予公开"},
    ],
    ids=["draft", "for the notice board only", "not to be disclosed"],
)
@pytest.mark.parametrize("files", ["site_src/items/19", "site_src/files"])
def test_item_that_is_kept_back_leaves_no_trace_in_the_site(kept_back: dict[str, str], files: str, tmp_path: Path):
    up = "" if files.endswith("19") else "../../files/"
    hidden = item(
        title="羽衣甘蓝标题",
        summary="羽衣甘蓝概述",
        keywords="[羽衣甘蓝词]",
        document_number="示政发〔2026〕87号",
        attachments=f"[{{path: {up}hidden-kale.txt, title: 羽衣甘蓝附件}}]",
        body="羽衣甘蓝正文。\n",
        address="hidden-kale",
        **kept_back,
    )
    config = write_site(
        tmp_path,
        {
            "site_src/items/19/a.md": ITEM,
            "site_src/items/19/b.md": hidden,
            f"{files}/hidden-kale.txt": "羽衣甘蓝文件",
            "site_src/items/19/hidden-kale-notes.txt": "羽衣甘蓝草稿",
        },
    )
    site = good_build(config)
    assert [record["title"] for record in items_of(site)] == ["2026年第三季度最低生活保障对象公示"]
    content = unpacked(site)
    assert [name for name in content if "kale" in name] == []
    for secret in ("羽衣甘蓝", "hidden-kale", "〔2026〕87号"):
        forms = (secret.encode(), secret.encode("unicode-escape"), secret.encode("gb18030"))
        assert [name for name, data in content.items() if any(form in data for form in forms)] == []


def test_file_that_a_published_item_shows_too_is_published(tmp_path: Path):
    shown = item(attachments="[../../files/form.txt]")
    config = write_site(
        tmp_path,
        {
            "site_src/items/19/a.md": shown,
            "site_src/items/19/b.md": item(draft="true", attachments="[../../files/form.txt]", title="草稿"),
            "site_src/files/form.txt": "表格",
        },
    )
    site = good_build(config)
    assert (site / "files/form.txt").read_text("utf-8") == "表格"
    assert broken_links(site) == []


def test_search_data_really_are_searched_by_these_tests(tmp_path: Path):
    site = good_build(write_site(tmp_path, {"site_src/items/a.md": ITEM}))
    content = unpacked(site)
    holding = {name for name, data in content.items() if "27 户 31 人".encode() in data}
    assert "items/a.html" in holding
    assert any(name.startswith("search/data/") for name in holding)
    assert any(name.startswith("index of ") and "27户31人".encode() in data for name, data in content.items())


def test_on_request_item_shows_its_title_but_neither_text_nor_attachment(tmp_path: Path):
    config = write_site(
        tmp_path,
        {
            "site_src/items/19/a.md": item(
                method="依申请公开",
                index_number="X/2026-00001",
                attachments="[{path: kale.txt, title: 羽衣甘蓝附件}, {path: ../../files/kale.pdf, title: 羽衣甘蓝表}]",
                body="## 羽衣甘蓝小标题\n\n羽衣甘蓝正文，见[图](kale.png)。\n",
            ),
            "site_src/items/19/kale.txt": "羽衣甘蓝文件",
            "site_src/items/19/kale.png": "羽衣甘蓝图",
            "site_src/files/kale.pdf": "羽衣甘蓝表",
        },
    )
    site = good_build(config)
    page = parse(site / "items/a.html").xpath("//article")[0].text_content()
    assert "2026年第三季度最低生活保障对象公示" in page
    assert "本信息依申请公开" in page
    assert "X/2026-00001" in page
    content = unpacked(site)
    assert [name for name, data in content.items() if "羽衣甘蓝".encode() in data or "kale" in name] == []
    assert broken_links(site) == []
