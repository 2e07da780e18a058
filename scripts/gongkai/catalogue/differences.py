"""What changed between two versions of a catalogue, in words that can be published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz

from gongkai.catalogue import words
from gongkai.model import Entry, Field, LimitKind, LimitRole, Profile, TimeLimit

STRICTER, LOOSER, UNCLEAR, SAME = "收紧", "放宽", "不能直接比较", "要求不变"
_OWN_GROUPS_FROM = 90
_ALIKE, _SAME_ID_ALIKE = 82, 45
_MONTHS = {LimitKind.MONTHLY: 1, LimitKind.QUARTERLY: 3, LimitKind.HALF_YEARLY: 6, LimitKind.YEARLY: 12}


class Change(Struct, frozen=True):
    """One thing that changed in a row. ``detail`` says how, where that can be said."""

    aspect: str
    detail: str
    old: str
    new: str

    @property
    def label(self) -> str:
        """``公开时限（收紧）``."""
        return f"{self.aspect}（{self.detail}）" if self.detail else self.aspect


class Changed(Struct, frozen=True):
    """A row that both versions have."""

    old: Entry
    new: Entry
    changes: tuple[Change, ...]


class Differences(Struct, frozen=True):
    """What changed from one version to the next, in catalogue order. Rows of whole fields are not listed one by one."""

    names: dict[str, str]
    added_fields: tuple[Field, ...]
    dropped_fields: tuple[Field, ...]
    added: tuple[Entry, ...]
    dropped: tuple[Entry, ...]
    changed: tuple[Changed, ...]

    @property
    def none(self) -> bool:
        """Whether both versions say the same."""
        return not (self.added_fields or self.dropped_fields or self.added or self.dropped or self.changed)

    def path(self, entry: Entry) -> str:
        """``社会救助/最低生活保障/审核信息``."""
        return f"{self.names.get(entry.field_id, entry.field_id)}/{words.path_words(entry)}"


def differences(
    old: Sequence[Field], new: Sequence[Field], *, own: bool = True, profile: Profile | None = None
) -> Differences:
    """What changed from ``old`` to ``new``.

    With ``own``, only in what the township of ``profile`` publishes: rows that it or its villages disclose, without
    bases that are other places' own.
    """
    before, after = {f.id: f for f in old}, {f.id: f for f in new}
    added: list[Entry] = []
    dropped: list[Entry] = []
    changed: list[Changed] = []
    for field_id in sorted(before.keys() & after.keys()):
        pairs, gone, fresh = _paired(*(_rows(version[field_id], own, profile) for version in (before, after)))
        dropped += gone
        added += fresh
        changed += [Changed(a, b, found) for a, b in pairs if (found := _changes(a, b))]
    return Differences(
        {f.id: f.name for f in (*old, *new)},
        tuple(after[i] for i in sorted(after.keys() - before.keys()) if _rows(after[i], own, profile)),
        tuple(before[i] for i in sorted(before.keys() - after.keys()) if _rows(before[i], own, profile)),
        tuple(added),
        tuple(dropped),
        tuple(changed),
    )


def _rows(field: Field, own: bool, profile: Profile | None) -> tuple[Entry, ...]:
    if not own:
        return field.entries
    return tuple(replace(e, basis=words.cited(e, profile)) for e in field.own_entries)


# ---- which row is which


def _paired(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[list[tuple[Entry, Entry]], list[Entry], list[Entry]]:
    """Rows of both versions that are the same row, in the new order; then those gone and those new.

    A standard row keeps its id whatever its name. A township's own rows may be numbered afresh at each import, so they
    are known by their names first, then by their id, then by names much alike.
    """
    left, right = list(old), list(new)
    partner: dict[str, Entry] = {}
    tests: tuple[Callable[[Entry, Entry], bool], ...] = (
        lambda a, b: a.id == b.id and _standard(a),
        lambda a, b: words.path_words(a) == words.path_words(b),
        lambda a, b: a.id == b.id and _likeness(a, b) >= _SAME_ID_ALIKE,
        lambda a, b: _likeness(a, b) >= _ALIKE,
    )
    for same in tests:
        for b in list(right):
            a = max((a for a in left if same(a, b)), key=lambda a: _likeness(a, b), default=None)
            if a is not None:
                partner[b.id] = a
                left.remove(a)
                right.remove(b)
    pairs = [(partner[b.id], b) for b in new if b.id in partner]
    return pairs, left, right


def _standard(entry: Entry) -> bool:
    return not entry.local and int(entry.id.split("-")[1]) < _OWN_GROUPS_FROM


def _likeness(a: Entry, b: Entry) -> float:
    return fuzz.ratio(words.path_words(a), words.path_words(b))


# ---- what changed in a row


def _changes(old: Entry, new: Entry) -> tuple[Change, ...]:
    found = [
        _text("名称", words.path_words(old), words.path_words(new)),
        _list("公开内容（要素）", old.elements, new.elements),
        _list("公开依据", [b.label for b in old.basis], [b.label for b in new.basis], "\n"),
        _limit(old, new),
        _text("公开主体", words.subject(old), words.subject(new)),
        _list("公开渠道和载体", words.channel_lines(old), words.channel_lines(new)),
        _text("公开对象", words.audience(old), words.audience(new)),
        _list("公开方式", old.methods, new.methods),
        _list("公开层级", old.levels, new.levels),
    ]
    before, after = dict(old.extra), dict(new.extra)
    found += [_text(label, before.get(label, ""), after.get(label, "")) for label in {**before, **after}]
    return tuple(change for change in found if change is not None)


def _text(aspect: str, old: str, new: str) -> Change | None:
    return Change(aspect, "", old, new) if old != new else None


def _list(aspect: str, old: Sequence[str], new: Sequence[str], joint: str = "、") -> Change | None:
    """A change of a list; its order says nothing."""
    more, less = [w for w in new if w not in old], [w for w in old if w not in new]
    if not more and not less:
        return None
    parts = [f"{verb}{'、'.join(found)}" for verb, found in (("增加", more), ("取消", less)) if found]
    whole = len(more) == len(new) or len(less) == len(old)
    return Change(aspect, "" if whole else "；".join(parts), joint.join(old), joint.join(new))


def _limit(old: Entry, new: Entry) -> Change | None:
    if old.time_limits == new.time_limits:
        if old.time_limit_text == new.time_limit_text:
            return None
        detail = f"文字调整，{SAME}" if old.time_limits else ""
    else:
        detail = limits_compared(old.time_limits, new.time_limits)
    return Change("公开时限", detail, _limit_text(old), _limit_text(new))


def _limit_text(entry: Entry) -> str:
    return entry.time_limit_text or words.limits_words(entry.time_limits)


def limits_compared(old: Iterable[TimeLimit], new: Iterable[TimeLimit]) -> str:
    """``收紧``, or for limits of several kinds ``发布期限收紧；新增公示期``."""
    before, after = _by_use(old), _by_use(new)
    found: dict[str, None] = {}
    for use in {**before, **after}:
        name = words.ROLES[use[0]] + (f"（{use[1]}）" if use[1] else "")
        if use not in before:
            found[f"新增{name}"] = None
        elif use not in after:
            found[f"取消{name}"] = None
        elif (verdict := _verdict(before[use], after[use])) != SAME:
            found[f"{name}{verdict}"] = None
    publish = words.ROLES[LimitRole.PUBLISH]
    said = list(found)
    if len(said) == 1 and said[0] in {publish + v for v in (STRICTER, LOOSER, UNCLEAR)}:
        return said[0].removeprefix(publish)
    return "；".join(said) or SAME


def _by_use(limits: Iterable[TimeLimit]) -> dict[tuple[LimitRole, str | None], TimeLimit]:
    found: dict[tuple[LimitRole, str | None], TimeLimit] = {}
    for limit in limits:
        found.setdefault((limit.role, limit.applies_to), limit)
    return found


def _verdict(old: TimeLimit, new: TimeLimit) -> str:
    """Whether ``new`` asks for more. Working days and natural days are compared only where the answer is certain."""
    if (old.kind, old.n) == (new.kind, new.n):
        return SAME if old.counted_from == new.counted_from else "起算点调整"
    if old.role is LimitRole.UPDATE:
        longer = _order(_cycle(old), _cycle(new))
    elif old.kind is new.kind:
        longer = _order(old.n, new.n)
    else:
        longer = _across(old, new)
    if longer is None:
        return UNCLEAR
    asks_more = longer if old.role in (LimitRole.DISPLAY, LimitRole.ADVANCE) else not longer
    return STRICTER if asks_more else LOOSER


def _order(old: float | None, new: float | None) -> bool | None:
    """Whether ``new`` is the longer one; None when that cannot be said."""
    return None if old is None or new is None or old == new else new > old


def _cycle(limit: TimeLimit) -> float | None:
    """The length of an update cycle in months, as far as it has one."""
    if limit.n is None:
        return None
    if limit.kind is LimitKind.DAYS:
        return limit.n / 30
    months = _MONTHS.get(limit.kind)
    return None if months is None else float(months * limit.n)


def _across(old: TimeLimit, new: TimeLimit) -> bool | None:
    """``n`` working days last longer than ``n`` natural days; with more natural days it depends on the calendar."""
    if old.n is None or new.n is None:
        return None
    kinds = (old.kind, new.kind)
    if kinds == (LimitKind.WORKING_DAYS, LimitKind.DAYS) and new.n <= old.n:
        return False
    if kinds == (LimitKind.DAYS, LimitKind.WORKING_DAYS) and new.n >= old.n:
        return True
    return None


# ---- to be read


def markdown(found: Differences, old: str, new: str) -> str:
    """The differences as a Markdown page in the words of a public notice."""
    counts = (len(found.added), len(found.dropped), len(found.changed))
    lines = ["# 政务公开标准目录调整情况", ""]
    lines += [f"{new}与{old}相比，新增 {counts[0]} 项，取消 {counts[1]} 项，调整 {counts[2]} 项。"]
    if found.added_fields or found.dropped_fields:
        lines[-1] += f"另有新采用领域 {len(found.added_fields)} 个，不再采用领域 {len(found.dropped_fields)} 个。"
    lines += _fields("新采用的领域", found.added_fields) + _fields("不再采用的领域", found.dropped_fields)
    for title, rows in (("新增", found.added), ("取消", found.dropped)):
        if rows:
            lines += ["", f"## {title}", "", *_table(("条目", "公开内容（要素）", "公开时限", "公开主体"))]
            lines += [_row((_named(found, e), "、".join(e.elements), _limit_text(e), words.subject(e))) for e in rows]
    if found.changed:
        lines += ["", "## 调整", "", *_table(("条目", "调整内容", "原来", "现在"))]
        lines += [
            _row((_named(found, pair.new), c.label, c.old or "（无）", c.new or "（无）"))
            for pair in found.changed
            for c in pair.changes
        ]
    if found.none:
        lines[-1] = f"{new}与{old}相比，没有变化。"
    return "\n".join(lines) + "\n"


def _fields(title: str, fields: Sequence[Field]) -> list[str]:
    if not fields:
        return []
    return ["", f"## {title}", "", *(f"- {f.name}（{len(f.own_entries)} 项）" for f in fields)]


def _named(found: Differences, entry: Entry) -> str:
    return f"{found.path(entry)}（{entry.id}）" + ("" if entry.confirmed else "（待核）")


def _table(head: Sequence[str]) -> list[str]:
    return [_row(head), _row(["---"] * len(head))]


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(c.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for c in cells) + " |"


def as_dict(found: Differences, old: str, new: str) -> dict[str, Any]:
    """The differences for machines."""

    def row(entry: Entry) -> dict[str, Any]:
        return {
            "id": entry.id,
            "path": found.path(entry),
            "elements": list(entry.elements),
            "time_limit": entry.time_limit_text,
            "subject": words.subject(entry) or None,
            "confirmed": entry.confirmed,
        }

    def fields(several: Sequence[Field]) -> list[dict[str, Any]]:
        return [{"id": f.id, "name": f.name, "entries": len(f.own_entries)} for f in several]

    return {
        "old": old,
        "new": new,
        "added_fields": fields(found.added_fields),
        "dropped_fields": fields(found.dropped_fields),
        "added": [row(e) for e in found.added],
        "dropped": [row(e) for e in found.dropped],
        "changed": [
            {
                "id": pair.new.id,
                "old_id": pair.old.id,
                "path": found.path(pair.new),
                "confirmed": pair.new.confirmed,
                "changes": [
                    {"aspect": c.aspect, "detail": c.detail or None, "old": c.old, "new": c.new} for c in pair.changes
                ],
            }
            for pair in found.changed
        ],
    }
