"""Every link of the demonstration site leads to a file of it, so that it works under any path and from a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from browser import build
from gongkai.dataset.links import GENERATED_FOLDERS
from links import broken_links, foreign
from sites import ITEM, ROOT, write_site

pytestmark = pytest.mark.slow

ALLOWED = {"https://www.example.gov.cn/zcwj/"}
"""What the demonstration's own texts link to elsewhere."""


@pytest.mark.slow
def test_every_link_of_the_demonstration_site_leads_to_a_file_and_its_anchor(demo_site: Path):
    assert broken_links(demo_site) == []


@pytest.mark.slow
def test_generated_pages_lie_in_folders_that_are_kept_free_for_them(demo_site: Path):
    folders = {path.name for path in demo_site.iterdir() if path.is_dir()}
    own = {path.name for path in (ROOT / "site_src").iterdir() if path.is_dir()} - {"items"}
    assert folders - own <= GENERATED_FOLDERS


@pytest.mark.slow
def test_nothing_but_canonical_addresses_and_links_in_texts_names_another_host(demo_site: Path):
    found = {(kind, link) for path in demo_site.rglob("*.html") for kind, link in foreign(path)}
    others = {link for kind, link in found if kind != "link canonical"}
    assert others <= ALLOWED
    assert all(kind == "a noopener noreferrer" for kind, link in found if link in ALLOWED)
    assert all(link.startswith("https://www.example.gov.cn/shifan/") for kind, link in found if link not in ALLOWED)


@pytest.mark.slow
def test_links_of_the_footer_marks_work_on_pages_of_every_depth(tmp_path: Path):
    marks = {
        "report_error_html": "<a href='guide.html'>纠错</a> <a href=\"https://www.example.gov.cn/x\">国家</a>",
        "party_mark_html": "<a href='?elder=0'>标识</a>",
    }
    config = write_site(tmp_path, {"site_src/items/a.md": ITEM}, mkdocs={"gongkai": {"township": {"marks": marks}}})
    assert build(config).returncode == 0
    assert broken_links(tmp_path / "site") == []
    assert "<a href='../guide.html'>纠错</a> <a href=\"https://www.example.gov.cn/x\">国家</a>" in (
        tmp_path / "site/items/a.html"
    ).read_text("utf-8")


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ("/guide.html", "starts at the host's root"),
        ("../guide.html", "leaves the site"),
        ("nowhere.html", "no such file"),
        ("folder/", "no such file"),
        ("GUIDE.html", "no such file"),
        ("guide.html#nowhere", "no such anchor"),
        ("javascript:alert(1)", "a scheme or host that does not belong here"),
        ("//example.com/x", "a scheme or host that does not belong here"),
    ],
)
def test_the_link_checker_finds_what_is_wrong(tmp_path: Path, link: str, problem: str):
    (tmp_path / "folder").mkdir()
    (tmp_path / "guide.html").write_text("<p id='here'>", "utf-8")
    (tmp_path / "index.html").write_text(f"<a href='guide.html#here'></a><a href='{link}'></a>", "utf-8")
    assert broken_links(tmp_path) == [f"index.html: {link}: {problem}"]
