"""Rule about the site's own tags. Empty marks are told by GK311, a site code of the wrong shape by GK303."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding
from gongkai.patterns import regex
from gongkai.rules.inspection import codes

_HOST = regex(r"[a-z0-9\-]+(?:\.[a-z0-9\-]+)+\Z", re.IGNORECASE)


def domain_problem(value: str) -> str | None:
    """Why a SiteDomain is not one, or None."""
    if not _HOST.match(value.strip()):
        return "不是一个域名"
    return None if value.strip().lower().endswith(".gov.cn") else "不以 .gov.cn 结尾"


def domain_shape(dataset: Dataset) -> Iterator[Finding]:
    """R3.1, R3.2: SiteDomain."""
    value = dataset.profile.marks.domain
    if value and (reason := domain_problem(value)):
        key = "township.marks.domain"
        yield codes.DOMAIN_SHAPE.at(dataset.settings.place(key), field=key, value=value, reason=reason)


RULES = (domain_shape,)
