"""GK457, GK458: the 政府信息公开指南 as an item, and clocks of the time before 2019 (R1.3, R1.13)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding, Place
from gongkai.patterns import regex
from gongkai.rules.elements import codes
from gongkai.rules.elements.rows import is_disclosure_guide, on_show, quoted, start
from gongkai.rules.guide import NINE_THINGS

# The nine things of Art. 12, then what the applicant must know (R1.12, R1.17), each with an example.
_THINGS = (
    *NINE_THINGS,
    ("答复期限", r"(?:\d+|[一二三四五十]+)个?工作日", "收到申请之日起20个工作日内答复。"),
    ("监督和救济途径", r"监督|投诉|举报|复议|诉讼|救济", "可以依法申请行政复议或者提起行政诉讼。"),
)
_PATTERNS = {name: regex(pattern) for name, pattern, _ in _THINGS}
_EXAMPLES = {name: example for name, _, example in _THINGS}
_FIFTEEN = regex(r"(?<!\d)(?:15|十五|１５)\s*个?\s*工作日")
_REPLY = regex(r"答复|回复|延长|延期")
# Art. 32 and 34: third parties and other organs still have 15 working days to say what they think.
_OTHERS = regex(r"第三方|征求|征询|意见书|共同制作|其他行政机关|补正")
_QUOTES = regex(r"[“”]")
_SENTENCE = regex(r"[^。；;\n]+")
_ABOUT_REQUESTS = regex(r"信息公开指南|依申请公开|公开申请|申请公开")


def guide_item_incomplete(dataset: Dataset) -> Iterator[Finding]:
    """R1.3: a guide that is an item holds the nine things too (the site's own guide page is looked at by GK313)."""
    column = next((c.target for c in dataset.profile.columns if c.key == "guide"), "")
    newest = {items[0].file for items in (dataset.by_entry.get(column, ()),) if items}
    for item in dataset.items:
        if not is_disclosure_guide(item) or item.repealed or not on_show(dataset, item):
            continue
        missing = missing_of_guide(item.body)
        if item.file in newest:  # GK313 has said the nine
            missing = tuple(name for name in missing if name in ("答复期限", "监督和救济途径"))
        if missing:
            example = "\n".join(f"## {name}\n{_EXAMPLES[name]}" for name in missing[:3])
            yield codes.GUIDE_ITEM_INCOMPLETE.at(start(item), missing=quoted(missing), example=example)


def missing_of_guide(text: str) -> tuple[str, ...]:
    """The things that the text of a guide does not speak of."""
    text = re.sub(r"[ \t]", "", unicodedata.normalize("NFKC", text))
    return tuple(name for name, pattern in _PATTERNS.items() if not pattern.search(text))


def stale_clocks(text: str) -> Iterator[tuple[int, str]]:
    """The lines, from 0, that give applicants 15 working days for a reply or its extension, with the words."""
    if "工作日" not in text:
        return
    for n, line in enumerate(text.split("\n")):
        for sentence in _SENTENCE.findall(line) if _FIFTEEN.search(line) else ():
            clock = _FIFTEEN.search(sentence)
            if clock and _REPLY.search(sentence) and not _OTHERS.search(sentence):
                yield n, _QUOTES.sub("", sentence).strip(" |#*-")[:40]
                break


def stale_clock(dataset: Dataset) -> Iterator[Finding]:
    """R1.13: guides that still print the clocks of 2008, as pages of the site and as items."""
    for column in dataset.profile.columns:
        path = dataset.settings.docs_dir / column.target
        if column.key in ("guide", "request", "system") and column.target.endswith(".md") and path.is_file():
            file = path.relative_to(dataset.settings.root).as_posix()
            for line, words in stale_clocks(path.read_text("utf-8", errors="replace")):
                yield codes.STALE_CLOCK.at(Place(file, line + 1), text=words)
    for item in dataset.items:
        about = "公开" in item.title and _ABOUT_REQUESTS.search(item.title)
        if about and "工作日" in item.body and not item.repealed and on_show(dataset, item):
            for line, words in stale_clocks(item.body):
                yield codes.STALE_CLOCK.at(Place(item.file, item.body_line + line), text=words)


RULES = (guide_item_incomplete, stale_clock)
