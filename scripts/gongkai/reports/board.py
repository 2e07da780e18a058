"""The board sheet (张贴件): one item as a self-contained page to print and post on the village's notice board (R7.3, R7.7).

Above all for items that the website may not show (R5.4). What was masked stays masked, a named list whose time is over is
left out (R5.5), and nothing is added that does not stand in the item, its row or the township's settings.
"""

from __future__ import annotations

import base64
import datetime as dt
import re
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote

from markupsafe import Markup
from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.dataset.links import TargetKind
from gongkai.model import ON_REQUEST, WITHHELD, Entry, Item, NoticePeriod
from gongkai.privacy.retiring import shows_names
from gongkai.reading.structure import structure
from gongkai.render.markdown import render_body
from gongkai.render.page import Renderer

SIZES = ("A4", "A3")
WIDE = 7
"""From this many columns a table asks for a sheet across."""
PAPER_PLACES = (
    "社区/企事业单位/村公示栏(电子屏)",
    "公开查阅点",
    "政务服务中心",
    "便民服务站",
    "入户/现场",
    "纸质媒体",
)
"""The channels that a printed sheet can serve."""
_LINK = re.compile(r"</?a\b[^>]*>")
_IMAGE = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')
_PICTURES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
_CHINESE_DATE = re.compile(r"[12〇○零一二][\d〇○零一二三四五六七八九]{3}\s*年\s*\S{1,3}\s*月\s*\S{1,4}\s*日")
_TAIL = 4


class Contact(Struct, frozen=True):
    """Where objections go."""

    name: str
    telephone: str
    address: str


def refusal(dataset: Dataset, item: Item) -> str | None:
    """Why no sheet may be printed of a sound ``item``, in Chinese with what to do; None when one may."""
    if item.draft:
        return "还是草稿。写完后删去 draft: true，再打印。"
    if item.disclosure_class == WITHHELD:
        return f"的公开属性是“{WITHHELD}”，不能张贴。"
    if item.on_request:
        return f"是{ON_REQUEST}的信息，正文只提供给申请人，不能张贴。"
    if not _serves(item.channels):
        return f"的公开渠道（{'、'.join(item.channels)}）里没有能张贴的地方。要张贴的，请在 channels 里加上“{PAPER_PLACES[0]}”。"
    entry: Entry = dataset.entry_in_force(item)
    if entry.privacy is not None and not _serves(entry.privacy.channels) and shows_names(item.body):
        places = "、".join(entry.privacy.channels)
        return f"里有名单，目录条目 {entry.id} 规定名单只能在{places}公开，不能张贴。"
    return None


def _serves(channels: tuple[str, ...]) -> bool:
    return any(channel in PAPER_PLACES for channel in channels)


def sheet(renderer: Renderer, item: Item, size: str | None = None) -> str:
    """The sheet of ``item`` as HTML that needs no other file. ``size`` is one of :data:`SIZES`.

    Without it the paper is A4 upright, or A3 across when a table has :data:`WIDE` columns and more (R7.7).
    """
    dataset = renderer.dataset
    shown = dataset.as_shown(item)
    unit, profile = dataset.unit(item), dataset.profile
    across = any(len(table.header) >= WIDE for table in structure(shown.body).tables)
    size = size or ("A3" if across else "A4")
    contact = Contact(unit.name, unit.telephone or "", unit.address or "")
    publisher = item.publisher or profile.full_name
    on_site = item.file in {i.file for i in dataset.published}
    return renderer.fragment(
        "board",
        item.url,
        item=shown,
        size=size,
        across=across and size == "A3",
        body=Markup(_body(dataset, shown)),  # noqa: S704 - cleaned by render_body
        notice=_notice_words(shown.notice_period) if shown.notice_period else None,
        objections=contact if shown.notice_period and not _takes_objections(shown, unit.telephone) else None,
        office=profile.contact,
        publisher=publisher,
        day=chinese(item.published_on),
        signed=_signed(shown.body, (publisher, profile.full_name, profile.name, unit.name)),
        site=dataset.settings.site_url + item.url if on_site and dataset.settings.site_url else None,
    )


def chinese(day: dt.date) -> str:
    """``2026年10月9日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def _notice_words(notice: NoticePeriod) -> str:
    words = f"{chinese(notice.start)}至{chinese(notice.end)}"
    return f"{words}，共{notice.count}个{notice.unit or '自然日'}" if notice.count else words


def _takes_objections(item: Item, telephone: str | None) -> bool:
    return "异议" in item.body and bool(telephone) and str(telephone) in item.body


def _signed(body: str, names: tuple[str, ...]) -> bool:
    """Whether the text ends with who issues it and the day in Chinese form."""
    last = [line for line in body.rsplit("\n", 3 * _TAIL) if line.strip()][-_TAIL:]
    return any(_CHINESE_DATE.search(line) and len(line) < 60 for line in last) and any(
        name in line for line in last for name in names
    )


def _body(dataset: Dataset, item: Item) -> str:
    """The text as HTML: links are words only, pictures of the site stand in the page itself, others go."""
    html = _LINK.sub("", render_body(item.body, str).html)

    def picture(match: re.Match[str]) -> str:
        data = _picture(dataset, item, unescape(match[1]))
        alt = re.search(r'\balt="([^"]*)"', match[0])
        words = alt[1] if alt else ""
        if data is None:
            return f"（图：{words}）" if words else ""
        return f'<img src="{escape(data)}" alt="{words}">'

    return _IMAGE.sub(picture, html)


def _picture(dataset: Dataset, item: Item, written: str) -> str | None:
    target = dataset.target(item, unquote(written))
    if target.kind is not TargetKind.FILE:
        return None
    path: Path = dataset.settings.docs_dir / (target.source or target.url)
    kind = _PICTURES.get(path.suffix.lower())
    try:
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}" if kind else None
    except OSError:
        return None
