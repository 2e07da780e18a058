"""What makes builds fast changes nothing that they make: the short ways give what the long ones give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
import material
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.cache_folder import FOLDER
from gongkai.render.item_page import laid_out
from gongkai.render.kept import kept
from gongkai.render.markdown import _PARSER, _RISKY, _cleaned
from gongkai.templates import CompiledTemplates, ShownFiles, listing_shown_files

MARKS = (
    "#",
    "- ",
    "1. ",
    "> ",
    "|",
    "| --- |",
    "|:--|--:|",
    "\n",
    "\n\n",
    "    ",
    "*",
    "**",
    "~~",
    "`",
    "```",
    "\\",
    "---",
)
WORDS = (
    "甲",
    "王*明",
    " ",
    "　",
    '"',
    "'",
    ">",
    'style="text-align: x"',
    "class=",
    "javascript:",
    "]",
    "(",
    "é",
    "\ufeff",
)
MATERIAL = Path(material.__file__).parent / "templates"


@given(st.one_of(st.lists(st.sampled_from(MARKS + WORDS), max_size=40).map("".join), st.text(max_size=60)))
def test_a_body_without_html_and_links_reads_as_if_it_had_been_cleaned(body: str):
    if not _RISKY.search(body):
        html = _PARSER.html(body)
        assert _cleaned(html, str, plain=True) == _cleaned(html, str, plain=False)


@pytest.mark.parametrize("body", ["<script>x</script>", "&lt;", "[a](javascript:x)", "a\u00a0b", "```py\nx\n```"])
def test_a_body_with_more_than_plain_words_is_cleaned(body: str):
    html = _PARSER.html(body)
    assert _cleaned(html, str, plain=not _RISKY.search(body)) == _cleaned(html, str, plain=False)


@given(st.lists(st.tuples(st.sampled_from(["索引号", "名称", "文号"]), st.text(min_size=1, max_size=30), st.none())))
def test_no_short_row_of_the_metadata_stands_alone_on_half_a_line(rows: list[tuple[str, str, None]]):
    halves = 0
    for row in laid_out(rows, "", str):
        assert not (row.wide and halves % 2), "a whole line cuts a pair"
        halves += not row.wide
    assert halves % 2 == 0


# ---- compiled templates


def rendered(root: Path, **settings: Any) -> str:
    """The page of the template in ``root``, as a build gives it that keeps its templates."""
    compiled = CompiledTemplates(root, (root / "mkdocs.yml",))
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(root), bytecode_cache=compiled, autoescape=True, **settings)
    text = env.get_template("page.html").render(name="示范镇")
    compiled.save()
    return text


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "page.html").write_text("{% if name %}\n{{ name }}{% endif %}", "utf-8")
    return tmp_path


@pytest.mark.usefixtures("with_cache")
def test_an_edited_template_is_seen(root: Path):
    assert rendered(root) == rendered(root) == "\n示范镇"
    (root / "page.html").write_text("{{ name }}公开栏", "utf-8")
    assert rendered(root) == "示范镇公开栏"


@pytest.mark.usefixtures("with_cache")
def test_templates_of_one_environment_are_not_taken_for_those_of_another(root: Path):
    assert rendered(root) == "\n示范镇"
    assert rendered(root, trim_blocks=True) == "示范镇"


@pytest.mark.usefixtures("with_cache")
def test_a_damaged_file_of_templates_is_dropped_with_one_line(root: Path, caplog: pytest.LogCaptureFixture):
    first = rendered(root)
    file = root / FOLDER / "templates"
    file.write_bytes(file.read_bytes()[:-1])
    assert rendered(root) == first
    assert [r.message for r in caplog.records] == ["缓存 templates 已损坏或没有写完，已丢弃，重新计算。"]


@pytest.mark.usefixtures("with_cache")
def test_templates_are_not_written_again_when_none_has_changed(root: Path):
    rendered(root)
    file = root / FOLDER / "templates"
    before = file.stat().st_mtime_ns
    rendered(root)
    assert file.stat().st_mtime_ns == before


@pytest.mark.usefixtures("with_cache")
def test_what_is_kept_is_made_anew_when_what_it_is_made_of_changes(root: Path):
    assert kept(root, "x", "甲", lambda: b"1") == b"1"
    assert kept(root, "x", "甲", lambda: b"2") == b"1"
    assert kept(root, "x", "乙", lambda: b"3") == b"3"


# ---- the theme's files


def test_every_file_of_the_theme_that_mkdocs_keeps_is_listed():
    def shown(name: str) -> bool:  # what MkDocs leaves out of a theme by its name
        return not any(part.startswith(".") for part in name.split("/"))

    every = jinja2.Environment(loader=jinja2.FileSystemLoader(MATERIAL), autoescape=True)
    expected = every.list_templates(filter_func=shown)
    assert [n for n in listing_shown_files(every).list_templates() if shown(n)] == expected


def test_icons_are_loaded_though_they_are_not_listed():
    env = jinja2.Environment(loader=ShownFiles(MATERIAL), autoescape=True)
    icon = ".icons/material/magnify.svg"
    assert icon not in env.list_templates()
    assert env.get_template(icon).render().startswith("<svg")
