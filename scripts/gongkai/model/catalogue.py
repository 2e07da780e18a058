"""The standard catalogue (标准目录): fields, entries, and what each entry asks for."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct, field

_DOCUMENTS = (
    "法",
    "条例",
    "规定",
    "办法",
    "意见",
    "通知",
    "决定",
    "方案",
    "规则",
    "细则",
    "规范",
    "标准",
    "纲要",
    "指引",
    "指南",
    "目录",
    "章程",
    "制度",
    "公告",
    "解释",
    "规程",
    "计划",
)
OWN_LEVELS = frozenset({"乡级", "村级"})


class LimitKind(enum.Enum):
    """What a time limit counts. Working days and natural days are never converted into each other (R6.6)."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    REALTIME = "realtime"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    LONG_TERM = "long_term"
    OTHER = "other"


class LimitRole(enum.Enum):
    """What a time limit is for; the four kinds are kept apart (README-01-13 §4)."""

    PUBLISH = "publish"
    DISPLAY = "display"
    UPDATE = "update"
    ADVANCE = "advance"


class TimeLimit(Struct, frozen=True):
    """One normalised rule out of a time-limit cell. ``n`` counts in the unit of ``kind``."""

    role: LimitRole
    kind: LimitKind
    n: int | None = None
    counted_from: str | None = None
    applies_to: str | None = None


class Basis(Struct, frozen=True):
    """A legal basis (公开依据).

    ``number_seen``: the number stood in a real table. ``superseded_by`` names what has taken its place; ``place`` the
    province or county whose own document it is, for rows that other places should not cite.
    """

    title: str
    number: str | None = None
    number_seen: bool = False
    superseded_by: str | None = None
    place: str | None = None

    @property
    def label(self) -> str:
        """As a page prints it: the name of a law or document in 《》, its number behind."""
        nested = "《" in self.title.strip("《》")
        bare = self.title if nested else self.title.strip("《》")
        named = self.number or nested or bare.endswith(_DOCUMENTS)
        title = f"《{bare}》" if named and not bare.startswith("《") else bare
        return f"{title}（{self.number}）" if self.number else title


def looser(own: tuple[TimeLimit, ...], allowed: TimeLimit | None) -> bool:
    """Whether ``own`` publication limit counts more days than ``allowed``, of the same kind (R6.6: kinds never mix)."""
    mine = next((t for t in own if t.role is LimitRole.PUBLISH and t.n is not None), None)
    if allowed is None or allowed.n is None or mine is None or mine.n is None:
        return False
    return mine.kind is allowed.kind and mine.n > allowed.n


class Privacy(Struct, frozen=True):
    """What a row with a named list must observe (R5.4, R5.5): where the list may stand, and how long."""

    channels: tuple[str, ...]
    retention: str
    mask: str | None = None


class Entry(Struct, frozen=True):
    """One row of the catalogue (目录条目).

    ``confirmed`` is false for rows never seen in a real table; they are shown as 待核 wherever they appear.
    ``channels_must`` are the ticked channels; ``channels_may`` the optional ones. ``legal_class`` names the classes of
    条例 Art. 20 and 21 (``20-7``, ``21-8``; R1.7, R1.8), ``column_kind`` the kind of column by which inspections judge
    how fresh it is (R3.7). ``extra`` holds columns that a county's table has beyond the official ones; ``local`` marks a
    township's own row.
    """

    id: str
    field_id: str
    level1: str
    level2: str
    elements: tuple[str, ...]
    basis: tuple[Basis, ...]
    time_limit_text: str
    time_limits: tuple[TimeLimit, ...]
    subject_township: str | None
    subject_county: str | None
    channels_must: tuple[str, ...]
    channels_may: tuple[str, ...]
    audience: tuple[str, ...]
    audience_groups: str | None
    methods: tuple[str, ...]
    levels: tuple[str, ...]
    confirmed: bool
    unconfirmed_parts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    note: str | None = None
    level3: str | None = None
    legal_class: tuple[str, ...] = ()
    column_kind: str | None = None
    privacy: Privacy | None = None
    extra: tuple[tuple[str, str], ...] = ()
    local: bool = False

    @property
    def level1_id(self) -> str:
        """Id of the level-1 group the entry stands in: ``19-02`` for ``19-02-03``."""
        return self.id.rsplit("-", 1)[0]

    @property
    def own(self) -> bool:
        """Whether a township or its villages disclose this row; county rows are kept for reference only."""
        return not self.levels or bool(OWN_LEVELS & set(self.levels))

    @property
    def channels(self) -> tuple[str, ...]:
        """All channels the row allows, the required ones first."""
        return self.channels_must + tuple(c for c in self.channels_may if c not in self.channels_must)

    @property
    def publish_limit(self) -> TimeLimit | None:
        """The plain publication limit: the first one that counts days and has no narrower scope."""
        counted = [t for t in self.time_limits if t.role is LimitRole.PUBLISH and t.n is not None]
        general = [t for t in counted if t.applies_to is None]
        return next(iter(general or counted), None)


class Level1(Struct, frozen=True):
    """A level-1 group (一级事项) of a field."""

    id: str
    name: str
    entries: tuple[Entry, ...]


class Field(Struct, frozen=True, dict=True):
    """A field (领域) with its entries in catalogue order."""

    id: str
    name: str
    intro: str
    entries: tuple[Entry, ...]
    official_order: int | None = None
    notes: tuple[str, ...] = ()

    @cached_property
    def own_entries(self) -> tuple[Entry, ...]:
        """The rows that a township or its villages disclose."""
        return tuple(entry for entry in self.entries if entry.own)

    @cached_property
    def groups(self) -> tuple[Level1, ...]:
        """The township's own entries by level-1 group, in order."""
        by_id: dict[str, list[Entry]] = {}
        for entry in self.own_entries:
            by_id.setdefault(entry.level1_id, []).append(entry)
        return tuple(Level1(key, entries[0].level1, tuple(entries)) for key, entries in by_id.items())


class NotApplicable(Struct, frozen=True):
    """A field that the township does not deal with (未涉及领域) and the statement that the public sees."""

    field_id: str
    statement: str


class Catalogue(Struct, frozen=True, dict=True):
    """The catalogue that a township has adopted."""

    fields: tuple[Field, ...]
    not_applicable: tuple[NotApplicable, ...] = ()
    standard_fields: dict[str, str] = field(default_factory=dict)
    """Id to name of every field in the standard catalogue, adopted or not."""
    retired: tuple[Entry, ...] = ()
    """Rows that were in force once and are no longer; items of their time still belong to them."""
    retired_fields: tuple[Field, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """Every adopted entry by its id."""
        return {entry.id: entry for entry in self.entries()}

    @cached_property
    def field_by_id(self) -> dict[str, Field]:
        """Every adopted field by its id."""
        return {f.id: f for f in self.fields}

    def entries(self) -> Iterator[Entry]:
        """All adopted entries in catalogue order."""
        for f in self.fields:
            yield from f.entries

    def own_entries(self) -> Iterator[Entry]:
        """The adopted entries that the township or its villages disclose, in catalogue order."""
        for f in self.fields:
            yield from f.own_entries

    @cached_property
    def _known(self) -> dict[str, Entry]:
        return {**{e.id: e for e in self.retired}, **self.by_id}

    @cached_property
    def _known_fields(self) -> dict[str, Field]:
        return {**{f.id: f for f in self.retired_fields}, **self.field_by_id}

    def find(self, entry_id: str) -> Entry | None:
        """The row with this id, in force or retired."""
        return self._known.get(entry_id)

    def field_of(self, entry: Entry) -> Field:
        """The field of a row, in force or retired."""
        return self._known_fields[entry.field_id]

    def path(self, entry: Entry) -> str:
        """``社会救助/最低生活保障/审批信息``, the form that ``category:`` takes."""
        return f"{self.field_of(entry).name}/{entry.level1}/{entry.level2}"
