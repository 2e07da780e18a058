"""Whether a text holds nothing but what nearly every text is made of, so that rare characters need not be looked for."""

from __future__ import annotations

from functools import lru_cache

from gongkai.patterns import regex

_ORDINARY = regex(r"[\t\n\r -~\u4e00-\u9fff、。《》〈〉〔〕【】“”‘’—–，：；！？（）～×·]*")


@lru_cache(maxsize=1024)
def ordinary(text: str) -> bool:
    """Whether ``text`` is made of ASCII, common Han characters and common Chinese punctuation.

    Then all its digits and spaces are those of ASCII, no sign but ``，：；！？（）～`` has another width, nothing in it is
    invisible, and ``*×xX#`` are all the signs with which a number may be masked.
    """
    return _ORDINARY.fullmatch(text) is not None
