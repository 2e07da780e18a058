"""The data of built sites, read back as what they were counted from; a county is several of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from gongkai.model.rectification import Event, Happening, Problem, ProblemText
from gongkai.reading.schema import schema
from gongkai.reports.coverage import State
from gongkai.reports.facts import Document, Fact, Facts, Owed
from gongkai.reports.open_report import SCHEMA

FILES = ("data/report.json", "data/items.json")
Fetch = Callable[[str], bytes]
"""Gives the content of a file of a site, by its address. Raises OSError."""


class BadSite(Exception):  # noqa: N818 - the name says what is the matter
    """A site's data cannot be used; the message says why, in Chinese."""


class Town(Struct, frozen=True):
    """One site: its facts, its items as open data have them (by their addresses), and its rectification list."""

    facts: Facts
    county: str | None
    site: str
    items: dict[str, dict[str, Any]]
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """The township."""
        return self.facts.township


def read_town(fetch: Fetch) -> Town:
    """The site whose files ``fetch`` gives. Raises BadSite."""
    report, items = (_loaded(fetch, name) for name in FILES)
    for violation in schema(SCHEMA).violations(report):
        where = ".".join(map(str, violation.path)) or "整个文件"
        raise BadSite(f"{FILES[0]} 的 {where} 与本程序的格式不同，可能是别的版本生成的，请用现在的版本重新生成网站")
    records = items.get("items")
    if not isinstance(records, list) or not all(isinstance(r, dict) and isinstance(r.get("url"), str) for r in records):
        raise BadSite(f"{FILES[1]} 里没有信息的列表")
    try:
        town = _town(report, {record["url"]: record for record in records})
    except ValueError as error:
        raise BadSite(f"{FILES[0]} 里有写错的日期（{error}）") from None
    lost = [i.url for i in town.facts.items if i.url not in town.items]
    if lost:
        raise BadSite(f"{FILES[1]} 里没有 {lost[0]}：两个文件不是同一次生成的")
    return town


def _loaded(fetch: Fetch, name: str) -> dict[str, Any]:
    try:
        data = json.loads(fetch(name))
    except FileNotFoundError:
        raise BadSite(f"没有 {name}，不是本程序生成的网站，或者是旧版本生成的") from None
    except OSError as error:
        raise BadSite(f"{name} 打不开（{error.strerror or error}）") from None
    except (ValueError, RecursionError):
        raise BadSite(f"{name} 不是完整的 JSON，可能没有下载完") from None
    if not isinstance(data, dict):
        raise BadSite(f"{name} 的内容不对")
    return data


def _town(data: dict[str, Any], items: dict[str, dict[str, Any]]) -> Town:
    facts = Facts(
        township=data["township"],
        today=_day(data["as_of"]),
        fields={f["id"]: f["name"] for f in data["fields"]},
        units=tuple(data["units"]),
        rows={row["entry"]: row["field"] for row in data["rows"]},
        items=tuple(_fact(i) for i in data["items"]),
        owed=tuple(
            Owed(o["entry"], o["field"], o["unit"], o["period"], State(o["state"]), _day(o["day"]), o["village"])
            for o in data["periods"]
        ),
        uninterpreted=tuple(
            Document(d["url"], d["field"], d["unit"], _day(d["published_on"])) for d in data["uninterpreted"]
        ),
    )
    problems = tuple(_problem(p) for p in data["rectification"])
    return Town(facts, data.get("county"), data.get("site") or "", items, problems)


def _fact(i: dict[str, Any]) -> Fact:
    return Fact(
        url=i["url"],
        entry=i["entry"],
        field=i["field"],
        unit=i["unit"],
        published_on=_day(i["published_on"]),
        limit=i["limit"],
        due=_day(i["due"]) if i["due"] else None,
        late=i["late"],
        days=i["days"],
        statement=i["statement"],
        interpretation=i["interpretation"],
        correction=i["correction"],
    )


def _problem(data: dict[str, Any]) -> Problem:
    def event(e: dict[str, Any]) -> Event:
        due = _day(e["due"]) if e["due"] else None
        happening = Happening(e["event"])
        found = None
        if happening in (Happening.OPENED, Happening.RETURNED):
            found = ProblemText(
                "", "", data["url"] or "", 1, None, data["problem"], data["basis"], data["unit"], "", due
            )
        return Event(_day(e["on"]), data["id"], happening, found)

    events = tuple(map(event, data["events"]))
    if events[0].happening is not Happening.OPENED:
        raise BadSite(f"{FILES[0]} 的整改进度里，{data['id']} 不是从发现开始的")
    return Problem(events)


def _day(text: str) -> dt.date:
    return dt.date(int(text[:4]), int(text[5:7]), int(text[8:10]))
