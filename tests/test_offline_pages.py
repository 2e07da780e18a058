"""What becomes of one page and of a style sheet in an offline copy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.offline.pages import Pages, offline_style

FILES = {"index.html", "items/a.html", "items/附 件.docx", "items/index.html", "assets/a.css", "assets/a.js"}
PAGES = Pages(FILES, "https://www.example.gov.cn/shifan/")


def rewritten(html: str) -> str:
    return PAGES.rewritten("items/a.html", html, "assets/note.js")


@pytest.mark.parametrize(
    "html",
    [
        '<a href="index.html">全部</a>',
        "<a class=x href='../index.html?q=低保&amp;unit=1#top'>首页</a>",
        '<a href="%E9%99%84%20%E4%BB%B6.docx" download>附件</a>',
        '<a href="#here">到这里</a> <a href="?elder=1" data-elder="1">长者版</a> <a href="">再试</a>',
        '<a href="tel:0666-5550100">电话</a> <a href="mailto:a@example.gov.cn">邮箱</a>',
        '<link rel="stylesheet" href="../assets/a.css"><script src="../assets/a.js" defer></script>',
        '<link rel="canonical" href="https://www.example.gov.cn/shifan/items/a.html">',
        '<meta property="og:url" content="https://www.example.gov.cn/shifan/items/a.html">',
        '<img src="data:image/gif;base64,AAAA" alt="x">',
        '<!-- <a href="https://x.example"> --><p title="a > b">1 < 2</p><br>',
        "<script>if (a < b) document.write('<a href=\"https://x.example\">')</script>",
    ],
)
def test_what_works_in_a_folder_keeps_its_bytes(html: str):
    assert rewritten(html) == html


@pytest.mark.parametrize(
    ("html", "copy"),
    [
        (
            '<a href="https://x.example/a">国家<b>平台</b></a>。',
            "<span>国家<b>平台</b>（https://x.example/a）</span>。",
        ),
        ('<a href="https://x.example/">https://x.example</a>', "<span>https://x.example</span>"),
        ('<a href="//x.example">x</a>', "<span>x（//x.example）</span>"),
        ('<a href="../feed.xml">订阅</a>', "<span>订阅</span>"),
        ('<a href="/etc/passwd">x</a> <a href="../../x.html">y</a>', "<span>x</span> <span>y</span>"),
        ('<a href="javascript:alert(1)">x</a>', "<span>x</span>"),
        ('<a href="https://www.example.gov.cn/shifan/items/index.html">x</a>', '<a href="index.html">x</a>'),
        ('<a href="https://www.example.gov.cn/shifan/">x</a>', '<a href="../index.html">x</a>'),
        (
            '<a href="../">x</a> <a href="./?q=1#b">y</a>',
            '<a href="../index.html">x</a> <a href="index.html?q=1#b">y</a>',
        ),
        ('<img src="https://x.example/a.png" alt="党政&amp;机关"><p>', "党政&amp;机关<p>"),
        ('<img src="a.png" srcset="https://x.example/b.png 2x">', ""),
        ('<script src="https://x.example/a.js"></script><p>', "<p>"),
        ('<link rel="preconnect" href="https://x.example"><link rel="manifest" href="../manifest.json">', ""),
        ('<iframe src="https://x.example"></iframe>', "<iframe></iframe>"),
        ('<form action="https://x.example/s"><input name="q"></form>', '<form><input name="q"></form>'),
        ('<meta http-equiv="refresh" content="0; url=https://x.example">', ""),
        ("<style>a{background:url(https://x.example/a.png)}</style>", '<style>a{background:url("data:,")}</style>'),
        ('<p style="background:url(//x.example/a)">x', "<p>x"),
        (
            '<ul><li data-gk-online><a href="../feed.xml">订</a><ul><li>x</li></ul></li><li>y</li></ul>',
            "<ul><li>y</li></ul>",
        ),
        ('<div data-gk-data="../search/data/">', '<div data-gk-packs="../search/packs/">'),
    ],
)
def test_what_needs_the_network_is_taken_out_and_addresses_stay_readable(html: str, copy: str):
    assert rewritten(html) == copy


def test_page_gets_the_note_of_its_day_as_its_last_script():
    assert rewritten("<p></body></html>") == '<p><script src="../assets/note.js" defer></script>\n</body></html>'


def test_style_sheet_asks_for_nothing_outside():
    css = '@import url("https://x.example/f.css");a{b:url(a.png)}@import "//x.example/g.css";c{d:url("//x.example/f.woff")}'
    assert offline_style(css) == 'a{b:url(a.png)}c{d:url("data:,")}'


@given(st.text(alphabet="<>/a=\"' hrefscipt-!x\n", max_size=60))
@settings(max_examples=300)
def test_broken_html_never_fails(text: str):
    page = rewritten(text + '<a href="https://x.example">')
    assert isinstance(page, str)
