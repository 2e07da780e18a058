"""Reads and writes the lines of ``rectification.jsonl``. Bad lines give findings, never an exception, and stay where they are."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gongkai.model import Finding, Place
from gongkai.model.rectification import RECTIFICATION_FILE, Event, Happening, Problem, ProblemText
from gongkai.reading.report_codes import DAMAGED, MISPLACED, UNREADABLE
from gongkai.reading.source import os_reason

Report = Callable[[Finding], None]

_EXAMPLE = '{"on": "2026-11-20", "id": "20261120-001", "event": "solved"}'
_TEXTS = ("code", "severity", "file", "problem", "basis", "unit", "demand")
_KEYS = {"on", "id", "event", "text", *_TEXTS, "line", "field", "due"}


class _Bad(Exception):  # noqa: N818 - it only ever carries the reason to the reader of the line
    pass


def read_problems(root: Path, report: Report) -> tuple[Problem, ...]:
    """The problems of the site in ``root`` in the order in which they were first found; none when there is no file."""
    path = root / RECTIFICATION_FILE
    if not path.exists():
        return ()
    if path.is_dir():
        report(UNREADABLE.at(Place(RECTIFICATION_FILE), reason="这是一个文件夹，不是文件"))
        return ()
    try:
        data = path.read_bytes()
    except OSError as error:
        report(UNREADABLE.at(Place(RECTIFICATION_FILE), reason=os_reason(error)))
        return ()
    table: dict[str, list[Event]] = {}
    for n, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        place = Place(RECTIFICATION_FILE, n)
        if not raw.strip():
            continue
        try:
            event = _event(raw, n)
        except _Bad as bad:
            report(DAMAGED.at(place, problem=bad, example=_EXAMPLE))
            continue
        before = table.get(event.id)
        if problem := _misplaced(before, event):
            report(MISPLACED.at(place, problem=problem))
        elif before is None:
            table[event.id] = [event]
        else:
            before.append(event)
    return tuple(Problem(tuple(events)) for events in table.values())


def _event(raw: bytes, line: int) -> Event:
    data = _object(raw)
    try:
        happening = Happening(_text(data, "event"))
    except ValueError:
        words = "、".join(h.value for h in Happening)
        raise _Bad(f"event 的“{data['event']}”不认识，应是 {words} 之一") from None
    found = _found(data) if happening in (Happening.OPENED, Happening.RETURNED) else None
    said = data.get("text", "")
    if not isinstance(said, str):
        raise _Bad("text 不是一段文字")
    return Event(_day(data, "on"), _text(data, "id"), happening, found, said, line)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        data = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise _Bad("不是 UTF-8 编码") from None
    except (ValueError, RecursionError):
        raise _Bad("不是一行完整的 JSON，可能被截断或改动过") from None
    if not isinstance(data, dict):
        raise _Bad("不是花括号里的“名称: 内容”")
    if unknown := sorted(set(data) - _KEYS):
        raise _Bad(f"有不认识的项“{unknown[0]}”")
    return data


def _found(data: dict[str, Any]) -> ProblemText:
    line, field = data.get("line", 1), data.get("field")
    if not isinstance(line, int) or isinstance(line, bool) or not (field is None or isinstance(field, str)):
        raise _Bad("line 应是行号，field 应是一段文字")
    code, severity, file, problem, basis, unit, demand = (_text(data, key) for key in _TEXTS)
    due = None if data.get("due") is None else _day(data, "due")
    return ProblemText(code, severity, file, line, field, problem, basis, unit, demand, due)


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value:
        raise _Bad(f"缺少 {key}" if key not in data else f"{key} 不是一段文字")
    return value


def _day(data: dict[str, Any], key: str) -> dt.date:
    text = _text(data, key)
    try:
        return dt.datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise _Bad(f"{key} 的“{text}”不是日期") from None


def _misplaced(before: list[Event] | None, event: Event) -> str:
    """Why ``event`` cannot follow what happened before; empty when it can."""
    if before is None:
        return "" if event.happening is Happening.OPENED else f"编号 {event.id} 前面没有登记过"
    if event.happening is Happening.OPENED:
        return f"编号 {event.id} 前面已经登记过（第 {before[0].line} 行）"
    is_open = Problem(tuple(before)).solved_on is None
    if event.happening is Happening.SOLVED and not is_open:
        return f"编号 {event.id} 前面已经改好了"
    if event.happening is Happening.RETURNED and is_open:
        return f"编号 {event.id} 前面还没有改好，不会再次出现"
    return ""


def line_of(event: Event) -> str:
    """``event`` as a line of the file, without its end."""
    data: dict[str, Any] = {"on": event.on.isoformat(), "id": event.id, "event": event.happening.value}
    if found := event.found:
        data |= {key: getattr(found, key) for key in ("code", "severity", "file", "line")}
        if found.field is not None:
            data["field"] = found.field
        data |= {key: getattr(found, key) for key in ("problem", "basis", "unit", "demand")}
        data["due"] = found.due.isoformat() if found.due else None
    if event.text:
        data["text"] = event.text
    return json.dumps(data, ensure_ascii=False)


def append_events(root: Path, events: list[Event]) -> None:
    """Write ``events`` behind what is there; nothing else of the file is touched. Raises OSError."""
    if not events:
        return
    path = root / RECTIFICATION_FILE
    with path.open("a+b") as file:
        file.seek(0, 2)
        torn = False
        if file.tell():
            file.seek(-1, 2)
            torn = file.read(1) != b"\n"
        text = "".join(line_of(event) + "\n" for event in events)
        file.write(("\n" if torn else "").encode() + text.encode("utf-8"))
