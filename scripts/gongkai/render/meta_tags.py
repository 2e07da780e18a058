"""The meta tags that government sites carry (国办发〔2017〕47号 annex, R3.2)."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from html import escape

from gongkai.model import Item
from gongkai.reading.settings import Settings

# Fixed words for ColumnType, by what a page is.
HOME, CATALOGUE, GUIDE, ANNUAL, REQUEST, POLICY, INTERPRETATION, SERVICE = (
    "首页",
    "信息公开目录",
    "信息公开指南",
    "信息公开年报",
    "依申请公开",
    "政策文件",
    "政策解读",
    "办事服务",
)


@lru_cache(maxsize=256)
def _site_tags(*values: str | None) -> str:
    return _tags(list(zip(("SiteName", "SiteDomain", "SiteIDCode"), values, strict=True)))


def _tags(pairs: list[tuple[str, str | None]]) -> str:
    return "\n".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in pairs if value)


def site_tags(settings: Settings) -> str:
    """SiteName, SiteDomain and SiteIDCode, for every page."""
    marks = settings.profile.marks
    return _site_tags(settings.site_name, marks.domain, marks.site_code)


@lru_cache(maxsize=1024)
def column_tags(name: str, column_type: str, description: str | None = None, keywords: str | None = None) -> str:
    """ColumnName, ColumnDescription, ColumnKeywords and ColumnType, for column pages and the pages in them."""
    described = description or f"{name}：依法公开的政府信息"
    return _tags(
        [
            ("ColumnName", name),
            ("ColumnDescription", described),
            ("ColumnKeywords", keywords or f"{name},政府信息公开"),
            ("ColumnType", column_type),
        ]
    )


def article_tags(item: Item, settings: Settings) -> str:
    """ArticleTitle, PubDate and ContentSource, and what else is known, for content pages."""
    source = item.source or item.publisher or settings.profile.full_name
    return _tags(
        [
            ("ArticleTitle", item.title),
            ("PubDate", pub_date(item.published_on, item.published_time)),
            ("ContentSource", source),
            ("Keywords", ",".join(item.keywords)),
            ("Author", item.responsible_unit),
            ("Description", item.summary),
        ]
    )


def pub_date(day: dt.date, time: str | None) -> str:
    """``YYYY-MM-DD HH:MM``, the form the annex asks for; midnight where the item gives no time of day."""
    return f"{day.isoformat()} {time or '00:00'}"
