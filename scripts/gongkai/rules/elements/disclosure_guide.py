"""GK457, GK458: the 政府信息公开指南 as an item, and clocks of the time before 2019 (R1.3, R1.13)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding, Place
from gongkai.rules.elements import codes
from gongkai.rules.elements.rows import is_disclosure_guide, judged, quoted, start

# R1.3: the nine things of Art. 12, then what the applicant must know (R1.12, R1.17), each with an example.
_THINGS = (
    ("政府信息的分类", r"分类|范围|公开(?:的)?内容", "主动公开的信息按领域和事项分类……"),
    ("编排体系", r"编排|体系|索引", "目录按领域、一级事项、二级事项编排，每条有索引号……"),
    ("获取方式", r"获取|渠道|查阅|途径", "可在本网站查阅、下载，也可到政务公开专区查阅……"),
    ("工作机构名称", r"机构(?:的)?名称|(?:受理|工作|办公|办事|公开)机构|机构[::]", "机构名称：示范镇党政综合办公室"),
    ("办公地址", r"地址", "办公地址：示范镇政通路1号"),
    ("办公时间", r"(?:办公|工作|受理|接待|开放|服务)时间", "办公时间：工作日8:30—12:00，14:30—17:30"),
    ("联系电话", r"电话|(?<!\d)0\d{2,3}-?\d{7,8}", "联系电话：0666-5550100"),
    ("传真号码", r"传真", "传真号码：0666-5550101"),
    (
        "互联网联系方式",
        r"互联网|电子邮[箱件]|电子信箱|邮箱|网上|网站|网址|https?:|@",
        "电子邮箱：zwgk@shifan.example.gov.cn",
    ),
    ("答复期限", r"(?:\d+|[一二三四五十]+)个?工作日", "收到申请之日起20个工作日内答复。"),
    ("监督和救济途径", r"监督|投诉|举报|复议|诉讼|救济", "可以依法申请行政复议或者提起行政诉讼。"),
)
_PATTERNS = {name: re.compile(pattern) for name, pattern, _ in _THINGS}
_EXAMPLES = {name: example for name, _, example in _THINGS}
_FIFTEEN = re.compile(r"(?<!\d)(?:15|十五|１５)\s*个?\s*工作日")
_REPLY = re.compile(r"答复|回复|延长|延期")
# Art. 32 and 34: third parties and other organs still have 15 working days to say what they think.
_OTHERS = re.compile(r"第三方|征求|征询|意见书|共同制作|其他行政机关|补正")
_QUOTES = re.compile(r"[“”]")
_SENTENCE = re.compile(r"[^。；;\n]+")
_ABOUT_REQUESTS = re.compile(r"信息公开指南|依申请公开|公开申请|申请公开")


def guide_item_incomplete(dataset: Dataset) -> Iterator[Finding]:
    """R1.3: a guide that is an item holds the nine things too (the site's own guide page is looked at by GK313)."""
    column = next((c.target for c in dataset.profile.columns if c.key == "guide"), "")
    newest = {items[0].file for items in (dataset.by_entry.get(column, ()),) if items}
    for item in judged(dataset):
        if not is_disclosure_guide(item) or item.repealed:
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
    for item in judged(dataset):
        if "工作日" in item.body and not item.repealed and _ABOUT_REQUESTS.search(item.title):
            for line, words in stale_clocks(item.body):
                yield codes.STALE_CLOCK.at(Place(item.file, item.body_line + line), text=words)


RULES = (guide_item_incomplete, stale_clock)
