"""The files that a copy has beside the site: its door, its mark, and what it says to the people who carry it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache

import jinja2

from gongkai.render.urls import relative
from gongkai.resources import theme_dir

DOOR = "打开.html"
README = "说明.txt"
HOW_TO_UPDATE = "怎样更新.txt"
TO_DELETE = "要删除的文件.txt"
SITE = "site"
NOTE = "assets/gongkai-copy.js"
"""The script (an address of the site) that says on every page of which day the copy is."""


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(theme_dir() / "gongkai" / "offline"),
        autoescape=jinja2.select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )


def _filled(template: str, **context: object) -> str:
    return _environment().get_template(template).render(**context)


def _for_notepad(text: str) -> bytes:
    """Plain text as every editor of every Windows reads it."""
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode("utf-8")


def day_words(iso: str) -> str:
    """``2026-11-20`` as 2026年11月20日."""
    day = dt.date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def mark_name(copy_id: str) -> str:
    """The file that shows that all of a copy is there: written last, last in its folder, named after the content."""
    return f"{SITE}/zz-copy-{copy_id}.js"


def door(site_name: str, date: str, ids: tuple[str, ...], base_date: str = "") -> bytes:
    """``打开.html``: opens the home page when the marks of ``ids`` are there, and says what to do when one is not."""
    marks = [mark_name(one) for one in ids]
    base_day = day_words(base_date) if base_date else ""
    return _filled("open.html", site_name=site_name, day=day_words(date), marks=marks, base_day=base_day).encode()


def note(date: str, site_url: str) -> bytes:
    """The script that says on every page of which day the copy is."""
    latest = f"最新的信息请看网站 {site_url}" if site_url else "最新的信息请看网站。"
    return _filled("copy.js", text=f"离线副本，内容截至{day_words(date)}。{latest}").encode()


def readme(name: str, site_name: str, site_url: str, date: str, counts: Mapping[str, int], search: bool) -> bytes:
    """``说明.txt``. ``search`` says whether the copy can be searched."""
    context = {"name": name, "site_name": site_name, "site_url": site_url, "day": day_words(date), "counts": counts}
    return _for_notepad(_filled("readme.txt", search=search, **context))


def how_to_update(site_name: str, date: str, base_date: str, removed: int) -> bytes:
    """``怎样更新.txt``."""
    days = {"day": day_words(date), "base_day": day_words(base_date)}
    return _for_notepad(_filled("update.txt", site_name=site_name, removed=removed, **days))


def to_delete(names: tuple[str, ...]) -> bytes:
    """``要删除的文件.txt``."""
    return _for_notepad("".join(f"{name}\n" for name in names))


def withdrawn(name: str) -> bytes:
    """What takes the place of a file that has left the site: a page says so, anything else is empty."""
    if not name.endswith(".html"):
        return b""
    return _filled("withdrawn.html", home=relative(name, f"{SITE}/index.html")).encode()
