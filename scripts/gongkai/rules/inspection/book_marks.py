"""Rules about 《》: halves that are missing, names that were lost with them."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding
from gongkai.patterns import regex
from gongkai.rules.inspection import codes
from gongkai.rules.inspection.places import place_in_body
from gongkai.rules.kind import by_item

AROUND = 12
_MARK = regex(r"[《》]|\n[ \t]*\n")
_WORDS = "印发|转发|公布|修订|废止|发布|实施|下达|批转|修改"
_EATEN = regex(
    rf"关于(?:做好|开展)?(?:{_WORDS})的(?:通知|决定|公告|通告|意见|批复)"
    r"|(?:根据|依据|按照)(?:、|等(?:法律|法规|有关规定|文件))"
    r"|(?<!\]\()<(?!!--)[\u4e00-\u9fff][^<>\n]{1,40}>"
)
# How each of them shows at a glance; patterns that begin with a letter are quick.
_EATEN_SIGNS = (regex(rf"关于(?:做好|开展)?(?:{_WORDS})的"), regex("据[、等]"), regex("照[、等]"), regex("<"))


_GONE = "里缺了文件名，多半是带书名号的文字在复制时丢了"
_ANGLE = "用的是尖括号，复制到别的网站时会被当作网页代码去掉"


def halves(text: str) -> list[tuple[int, str]]:
    """The 《 and 》 of ``text`` that have no other half in their paragraph."""
    lonely: list[tuple[int, str]] = []
    open_marks: list[int] = []
    for match in _MARK.finditer(text):
        if match[0] == "《":
            open_marks.append(match.start())
        elif match[0] == "》":
            if open_marks:
                open_marks.pop()
            else:
                lonely.append((match.start(), "》"))
        else:
            lonely += [(start, "《") for start in open_marks]
            open_marks = []
    return sorted(lonely + [(start, "《") for start in open_marks])


@by_item
def book_marks(dataset: Dataset) -> Iterator[Finding]:
    """R8.2 (I 19): a 》 where 户 should be; a 《 that was never closed."""
    for item in dataset.items:
        for text, in_title in ((item.title, True), (item.body, False)):
            if text.count("《") == text.count("》"):
                continue
            for start, mark in halves(text):
                place = item.place("title") if in_title else place_in_body(item, start)
                shown = text[max(0, start - AROUND) : start + AROUND].replace("\n", " ").strip()
                missing = "》" if mark == "《" else "《"
                yield codes.BOOK_MARKS.at(
                    place, field="title" if in_title else None, mark=mark, text=shown, missing=missing
                )


def _may_be_eaten(text: str) -> bool:
    for sign in _EATEN_SIGNS:  # noqa: SIM110 - a generator would cost as much as the looks
        if sign.search(text):
            return True
    return False


@by_item
def names_eaten(dataset: Dataset) -> Iterator[Finding]:
    """R2.8: 关于印发的通知 says that of what is gone."""
    for item in dataset.items:
        for text, in_title in ((item.title, True), (item.body, False)):
            for match in _EATEN.finditer(text) if _may_be_eaten(text) else ():
                place = item.place("title") if in_title else place_in_body(item, match.start())
                key, example = "title" if in_title else None, _example(match[0])
                problem = _ANGLE if match[0].startswith("<") else _GONE
                yield codes.NAME_EATEN.at(place, field=key, text=match[0], problem=problem, example=example)


def _example(text: str) -> str:
    if text.startswith("<"):
        return f"《{text[1:-1]}》"
    if "的" in text:
        return text.replace("的", "《示范镇文明养犬管理规定》的", 1)
    return f"{text[:2]}《中华人民共和国土地管理法》{text[2:]}"


RULES = (book_marks, names_eaten)
