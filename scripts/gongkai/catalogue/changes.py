"""One dated change of a township's catalogue, applied to the catalogue before it. Pure."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from gongkai.catalogue.load import to_entry
from gongkai.model import Catalogue, Entry, Field, NotApplicable, looser
from gongkai.reading.timelimit import parse_time_limit

_LEVELS = ["乡级"]


class ChangeError(ValueError):
    """Why a change cannot be made; the message is in Chinese and goes on from 目录变更."""


def apply_change(catalogue: Catalogue, change: dict[str, Any], standard: dict[str, Field]) -> Catalogue:
    """``catalogue`` after ``change`` (a checked entry of ``changes:`` in adopted.yaml).

    ``standard`` holds the standard fields by id. Raises :class:`ChangeError`.
    """
    if "set" in change:
        return _with(catalogue, _changed(_row(catalogue, change["entry"]), change["set"]))
    if "drop" in change:
        return _without(catalogue, _row(catalogue, change["drop"]))
    if "add" in change:
        return _added(catalogue, change["add"])
    if "adopt" in change:
        return _adopted(catalogue, change["adopt"], standard)
    return _left(catalogue, change["leave"])


def own_entry(data: dict[str, Any], field_id: str) -> Entry:
    """A township's own row: what it does not say is what every row has (the township, openly, on the website)."""
    row = {
        "elements": [],
        "basis": [],
        "subject": {"township": None, "county": None},
        "channels": {"must": ["政府网站"], "may": []},
        "audience": {"scope": ["全社会"], "groups": []},
        "methods": ["主动公开"],
        "levels": _LEVELS,
        "confirmed": True,
        "local": True,
        **data,
    }
    row["time_limit"] = _limit(data.get("time_limit", ""))
    if isinstance(row["subject"], str):
        row["subject"] = {"township": row["subject"], "county": None}
    return to_entry(row, field_id)


def _limit(text: str) -> dict[str, Any]:
    """A limit as catalogue files hold it, out of its wording."""
    limits = parse_time_limit(text) if text else ()
    if text and not limits:
        raise ChangeError(f"公开时限“{text}”看不出是多少天、怎么算，请写成“10个工作日内”一类")
    rules = [
        {
            "role": t.role.value,
            "kind": t.kind.value,
            "n": t.n,
            "counted_from": t.counted_from,
            "applies_to": t.applies_to,
        }
        for t in limits
    ]
    return {"text": text, "rules": rules}


def _row(catalogue: Catalogue, entry_id: str) -> Entry:
    entry = catalogue.by_id.get(entry_id)
    if entry is None:
        raise ChangeError(f"当时的目录中没有条目 {entry_id}")
    return entry


def _changed(entry: Entry, values: dict[str, Any]) -> Entry:
    new: dict[str, Any] = {}
    if "time_limit" in values:
        limits = parse_time_limit(values["time_limit"])
        _limit(values["time_limit"])
        if looser(limits, entry.publish_limit):
            raise ChangeError(
                f"条目 {entry.id} 的时限“{values['time_limit']}”比原来的“{entry.time_limit_text}”宽，只能收紧"
            )
        new |= {"time_limit_text": values["time_limit"], "time_limits": limits}
    if "channels" in values:
        new |= {
            "channels_must": tuple(values["channels"]["must"]),
            "channels_may": tuple(values["channels"].get("may", ())),
        }
    if "subject" in values:
        new["subject_township"] = values["subject"]
    if "elements" in values:
        new["elements"] = tuple(values["elements"])
    if "level2" in values:
        new["level2"] = values["level2"]
    if "extra" in values:
        new["extra"] = tuple({**dict(entry.extra), **values["extra"]}.items())
    return replace(entry, **new)


def _with(catalogue: Catalogue, changed: Entry) -> Catalogue:
    def swap(field: Field) -> Field:
        if field.id != changed.field_id:
            return field
        return replace(field, entries=tuple(changed if e.id == changed.id else e for e in field.entries))

    return replace(catalogue, fields=tuple(swap(f) for f in catalogue.fields))


def _without(catalogue: Catalogue, dropped: Entry) -> Catalogue:
    fields = (replace(f, entries=tuple(e for e in f.entries if e.id != dropped.id)) for f in catalogue.fields)
    return replace(catalogue, fields=tuple(f for f in fields if f.entries))


def _added(catalogue: Catalogue, data: dict[str, Any]) -> Catalogue:
    field_id = data["id"].split("-", maxsplit=1)[0]
    if data["id"] in catalogue.by_id:
        raise ChangeError(f"条目 {data['id']} 已经有了")
    if field_id not in catalogue.field_by_id:
        raise ChangeError(f"本镇没有采用编号为 {field_id} 的领域，不能在其中增加条目")
    entry = own_entry(data, field_id)
    fields = (replace(f, entries=(*f.entries, entry)) if f.id == field_id else f for f in catalogue.fields)
    return replace(catalogue, fields=tuple(fields))


def _adopted(catalogue: Catalogue, field_id: str, standard: dict[str, Field]) -> Catalogue:
    if field_id not in standard:
        raise ChangeError(f"标准目录中没有编号为 {field_id} 的领域")
    if field_id in catalogue.field_by_id:
        raise ChangeError(f"领域 {field_id} 已经采用")
    fields = tuple(sorted((*catalogue.fields, standard[field_id]), key=lambda f: f.id))
    return replace(catalogue, fields=fields, not_applicable=_other(catalogue, field_id))


def _left(catalogue: Catalogue, data: dict[str, str]) -> Catalogue:
    if data["field"] not in catalogue.field_by_id:
        raise ChangeError(f"当时没有采用领域 {data['field']}")
    fields = tuple(f for f in catalogue.fields if f.id != data["field"])
    apart = (*_other(catalogue, data["field"]), NotApplicable(data["field"], data["statement"]))
    return replace(catalogue, fields=fields, not_applicable=apart)


def _other(catalogue: Catalogue, field_id: str) -> tuple[NotApplicable, ...]:
    return tuple(n for n in catalogue.not_applicable if n.field_id != field_id)
