"""The search page in stock Firefox over http: the same rules for letters, the same answers, the same keys."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from browser import Server
from gongkai.search.fold import fold, table
from gongkai.search.spelling import spellings
from search_truth import Text, pages_with

if TYPE_CHECKING:
    from firefox import Firefox

pytestmark = pytest.mark.slow

SAID = "document.querySelector('.gk-status').textContent"


def test_firefox_folds_and_spells_by_the_same_rules(firefox: Firefox, server: Server):
    firefox.open(server.address + "search/")
    firefox.evaluate(f"gkSearch.fold.useTable(Uint8Array.from({list(table())})) ?? 0")
    letters = [chr(code) for code in range(0x4E00, 0xA000)]
    assert firefox.evaluate(f"{json.dumps(letters)}.map(gkSearch.fold.fold)") == [fold(letter) for letter in letters]
    texts = ["示政发（2026）第12号", "2026年9月28日", "二〇二六年九月", "2026-00206", "2026.9万元", "２０２６／０９"]
    code = f"{json.dumps(texts)}.map(t => gkSearch.fold.spellings(gkSearch.fold.fold(t)).map(s => s.run))"
    assert firefox.evaluate(code) == [list(spellings(fold(text))) for text in texts]


def test_firefox_gives_the_answers_of_a_grep(firefox: Firefox, server: Server, texts: list[Text]):
    for typed, runs in (
        ("农机", ["农机"]),
        ("農機 補貼", ["农机", "补贴"]),
        ("2026.9", spellings("2026-09")),
        ("示政发[2026]8号", spellings("示政发〔2026〕8号")),
    ):
        firefox.open(server.address + "search/?q=" + quote(typed))
        firefox.wait_for(f"{SAID}.startsWith('找到') && !document.querySelector('[aria-busy]')")
        assert firefox.evaluate(SAID) == f"找到 {len(pages_with(texts, *runs))} 条含有“{typed}”的内容。"
        assert firefox.evaluate("document.querySelectorAll('.gk-result mark').length") > 0


def test_firefox_types_takes_a_suggestion_and_goes_back(firefox: Firefox, server: Server):
    firefox.open(server.address + "search/")
    firefox.click("#gk-q")
    firefox.type("农机")
    firefox.wait_for("document.querySelectorAll('#gk-suggest [role=option]').length > 0")
    firefox.press("ArrowDown")
    chosen = firefox.evaluate("document.querySelector('[aria-selected=true]').firstChild.textContent")
    firefox.press("Enter")
    firefox.wait_for(f"{SAID}.startsWith('找到') && {SAID}.includes({json.dumps(chosen)})")
    firefox.evaluate("history.back() ?? 0")
    firefox.wait_for(f"!{SAID}.includes({json.dumps(chosen)})")
