"""Rules on the text of items agree with what readers will see: the product's own renderer is the judge."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gongkai.gather import gather
from gongkai.model import Finding
from gongkai.render.markdown import render_body
from sites import ITEM, write_site

HEAD = ITEM[: ITEM.rindex("---\n") + 4]

WORKS = [
    "**联系电话**：0666-5550120",
    "请在**10月15日**前反馈。",
    "**注意：**",
    "（**注意：**）",
    "**低保标准(城镇)** 已提高",
    "`**不是加粗 **`",
    "**甲**、**乙**和**丙**",
]
BROKEN = {
    "办理**《申请表》**。": "《**申请表**》",
    "**联系电话：**0666-5550120": "**联系电话**：",
    "请在** 10月15日 **前反馈。": "**10月15日**",
    "实行**“双随机”**检查。": "“**双随机**”",
    "办理**《申请表》**的": "《**申请表**》",
    "提高**低保标准(城镇)**水平。": "**低保标准(城镇)** （后面空一格）",
    "一是**加强领导。**二是抓落实。": "**加强领导**。",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("text")
    write_site(folder)
    return folder


def findings(folder: Path, body: str, code: str) -> list[Finding]:
    (folder / "site_src/items/a.md").write_text(HEAD + body + "\n", "utf-8")
    return [f for f in gather(folder / "mkdocs.yml").findings if f.code == code]


def shown(body: str) -> str:
    return str(render_body(body, lambda link: link).html)


@pytest.mark.parametrize("body", WORKS)
def test_bold_text_that_works_is_not_reported(folder: Path, body: str):
    assert findings(folder, body, "GK206") == []
    assert "<strong>" in shown(body) or "<code>" in shown(body)


@pytest.mark.parametrize("body", BROKEN)
def test_bold_text_that_readers_would_see_as_asterisks_is_reported(folder: Path, body: str):
    assert len(findings(folder, body, "GK206")) == 1
    assert "**" in shown(body)


@pytest.mark.parametrize("body", BROKEN)
def test_advice_for_bold_text_works(folder: Path, body: str):
    (finding,) = findings(folder, body, "GK206")
    right = BROKEN[body]
    assert finding.hint == f"请写成：{right}"
    corrected = body.replace("**" + body.split("**")[1] + "**", right.replace("（后面空一格）", ""))
    assert "<strong>" in shown(corrected)
    assert findings(folder, corrected, "GK206") == []


@given(
    st.sampled_from(["", "见", "（", "，", "a", "1", " "]),
    st.sampled_from(["", "“", "《", "(", " "]),
    st.sampled_from(["注意", "a", "10日", "甲、乙"]),
    st.sampled_from(["", "”", "》", ")", "：", "。", " "]),
    st.sampled_from(["", "见", "）", "。", "a", "1", " "]),
)
@settings(deadline=None, max_examples=400)
def test_bold_rule_and_renderer_agree(folder: Path, before: str, first: str, core: str, last: str, after: str):
    assume(not (before == "1" and first == "" and core == "10日"))  # 1**10 is a masked number
    body = f"正文{before}**{first}{core}{last}**{after}"
    assert bool(findings(folder, body, "GK206")) == ("**" in shown(body))


@pytest.mark.parametrize(
    "tag", ["script", "style", "iframe", "object", "embed", "form", "input", "button", "video", "audio", "link", "meta"]
)
def test_tag_that_is_taken_away_is_reported(folder: Path, tag: str):
    body = f'公示\n\n<{tag} class="x">内容</{tag}>'
    (finding,) = findings(folder, body, "GK208")
    assert finding.message == f"正文里的“<{tag}>”不会显示，发布时已去掉。"
    assert f"<{tag}" not in shown(body)


def test_tag_in_a_code_block_is_not_reported(folder: Path):
    body = "```\n<script>alert(1)</script>\n```"
    assert findings(folder, body, "GK208") == []
    assert "&lt;script&gt;" in shown(body)


def test_tag_in_inline_code_is_not_reported(folder: Path):
    assert findings(folder, "写 `<script>` 没有用。", "GK208") == []


def test_comment_is_not_reported(folder: Path):
    assert findings(folder, "<!-- <script>待补充</script> -->正文", "GK208") == []


@pytest.mark.parametrize("image", ["![](a.png)", "![ ](a.png)", '![](a.png "标题")'])
def test_image_without_text_is_reported(folder: Path, image: str):
    (folder / "site_src/items/a.png").write_bytes(b"x")
    assert len(findings(folder, image, "GK205")) == 1


@pytest.mark.parametrize("image", ["![照片](a.png)", "![**粗**照片](a.png)", "![`x`](a.png)"])
def test_image_with_text_is_not_reported(folder: Path, image: str):
    (folder / "site_src/items/a.png").write_bytes(b"x")
    assert findings(folder, image, "GK205") == []
