"""Coverage: for each row of the catalogue and each period that it owes, whether there is something, and in time.

Two kinds of figures, never mixed. Periods are counted for rows that ask for information every month, quarter or year and
were reported on before (as GK441 does): ``Figures``. Rows are counted for all that belong on the website: ``Entries``.
A row that was never filled owes no period yet; it is counted as blank.

A period is late when its first item came after the day that the row names (每季度的首个月20日), or after that item's own
limit. Where the row names no day, 20 working days after the period say when something is missing, not that what came later
was late: 每年公开一次 asks for no day.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from gongkai.dataset import Dataset
from gongkai.dataset.periods import Cycle, due_day, periods, span
from gongkai.dataset.series import Series, series
from gongkai.model import WEBSITE, Catalogue, Entry, Field, Item, Period, UnknownYear
from gongkai.reports.timing import Timings

HORIZON = 30
"""Natural days before its last day from which a period is due soon."""


class State(enum.Enum):
    """What there is for a row and a period."""

    PUBLISHED = "已公开"
    STATEMENT = "情况说明"
    LATE = "迟公开"
    DUE = "将到期"
    MISSING = "缺"
    NOT_APPLICABLE = "不适用"


class Kind(enum.Enum):
    """What can be expected of a row: periods; nothing in particular; anything at all; nothing on the website."""

    PERIODIC = "定期"
    OCCASIONAL = "不定期"
    BLANK = "空白"
    BOARD_ONLY = "不上网站"


class Cell(Struct, frozen=True):
    """A row in one period; for occasional rows the month of publication.

    ``due`` is the last day on time (None: not computable yet, or nothing is owed), ``published_on`` the day on which the
    first item came out, ``items`` all that cover the period, the first one first.
    """

    period: Period
    state: State
    due: dt.date | None = None
    published_on: dt.date | None = None
    items: tuple[Item, ...] = ()

    @property
    def day(self) -> dt.date:
        """The day by which a cell belongs to a quarter or year of reports: when it is due, else the period's last day."""
        return self.due or span(self.period)[1]


class Row(Struct, frozen=True):
    """A catalogue row, or one village's part of it. ``unit`` is the id of its newest item's unit (None: nobody yet)."""

    entry: Entry
    kind: Kind
    cells: tuple[Cell, ...] = ()
    village: str = ""
    unit: str | None = None
    items: tuple[Item, ...] = ()
    cycle: Cycle | None = None

    @property
    def name(self) -> str:
        """The row, and the village where there is one."""
        return f"{self.entry.level2}（{self.village}）" if self.village else self.entry.level2


class Figures(Struct, frozen=True):
    """How many periods there are of each state."""

    published: int = 0
    statement: int = 0
    late: int = 0
    due: int = 0
    missing: int = 0

    @property
    def covered(self) -> int:
        """Periods with something, late or not."""
        return self.published + self.statement + self.late

    @property
    def expected(self) -> int:
        """Periods with something, and those whose last day is over with nothing. What is due soon is not expected yet."""
        return self.covered + self.missing

    @property
    def rate(self) -> float | None:
        """The share of the expected periods that are covered; None when nothing is expected."""
        return self.covered / self.expected if self.expected else None

    @property
    def in_time(self) -> float | None:
        """The share of the expected periods that were covered in time."""
        return (self.published + self.statement) / self.expected if self.expected else None


class Entries(Struct, frozen=True):
    """How many rows there are for the website, how many of them hold something, and how many are for boards only."""

    total: int = 0
    filled: int = 0
    board_only: int = 0

    @property
    def blank(self) -> int:
        """Rows with nothing at all."""
        return self.total - self.filled

    @property
    def rate(self) -> float | None:
        """The share of the rows that hold something; None when there are no rows."""
        return self.filled / self.total if self.total else None


_States = Counter[tuple[str, str | None, State]]
"""How many periods a field and a unit have in a state."""


class Coverage(Struct, frozen=True, dict=True):
    """The rows of the catalogue in its order, as judged on ``today``; ``timings`` are those of all items."""

    today: dt.date
    catalogue: Catalogue
    rows: tuple[Row, ...]
    timings: Timings

    @cached_property
    def by_field(self) -> dict[str, tuple[Row, ...]]:
        """The rows of each field that has some, in catalogue order."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows:
            found[row.entry.field_id].append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    def expected(self) -> Iterator[tuple[Row, Cell]]:
        """Every period of every periodic row that counts, in order."""
        for row in self.rows:
            if row.kind is Kind.PERIODIC:
                for cell in row.cells:
                    if cell.state is not State.NOT_APPLICABLE:
                        yield row, cell

    def figures(
        self,
        *,
        field: str | None = None,
        unit: str | None = None,
        first: dt.date | None = None,
        last: dt.date | None = None,
    ) -> Figures:
        """The periods of a field, of a unit (by their ids), and that were due from ``first`` to ``last``, both counted."""
        states = self._states
        if first is not None or last is not None:
            start, end = first or dt.date.min, last or dt.date.max
            states = _counted((row, cell) for row, cell in self.expected() if start <= cell.day <= end)
        found = Counter[State]()
        for (of_field, of_unit, state), n in states.items():
            if field in (None, of_field) and unit in (None, of_unit):
                found[state] += n
        return _figures(found)

    @cached_property
    def _states(self) -> _States:
        return _counted(self.expected())

    def entries(self, field: str | None = None) -> Entries:
        """The rows of a field, or all of them. A row with several villages is one."""
        total, filled, board = set[str](), set[str](), set[str]()
        for row in self.rows if field is None else self.by_field.get(field, ()):
            if row.kind is Kind.BOARD_ONLY:
                board.add(row.entry.id)
            elif row.entry.id in self.catalogue.by_id:
                total.add(row.entry.id)
                if row.kind is not Kind.BLANK:
                    filled.add(row.entry.id)
        return Entries(len(total), len(filled), len(board))

    def fields(self) -> list[Field]:
        """The fields of the rows: those in force, then those that only older items belong to."""
        known = [*self.catalogue.fields, *self.catalogue.retired_fields]
        return [field for field in known if field.id in self.by_field]

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that some cell lies in, newest first."""
        cells = (cell for row in self.rows for cell in row.cells if cell.state is not State.NOT_APPLICABLE)
        return tuple(sorted({cell.period.year for cell in cells}, reverse=True))


def count(cells: Iterable[tuple[Row, Cell]]) -> Figures:
    """The figures of some cells."""
    return _figures(Counter(cell.state for _, cell in cells))


def _counted(cells: Iterable[tuple[Row, Cell]]) -> _States:
    return Counter((row.entry.field_id, row.unit, cell.state) for row, cell in cells)


def _figures(found: Counter[State]) -> Figures:
    return Figures(
        found[State.PUBLISHED], found[State.STATEMENT], found[State.LATE], found[State.DUE], found[State.MISSING]
    )


def coverage(dataset: Dataset) -> Coverage:
    """The coverage of ``dataset`` on its day: what came out later, or is to come out, is not there yet."""
    today, timings = dataset.today, Timings(dataset)
    past = tuple(i for i in dataset.items if i.published_on <= today)
    published = {key: tuple(i for i in items if i.published_on <= today) for key, items in dataset.by_entry.items()}
    published = {key: items for key, items in published.items() if items}
    by_entry: dict[str, list[Series]] = defaultdict(list)
    for one in series(dataset if len(past) == len(dataset.items) else replace(dataset, items=past)):
        by_entry[one.entry.id].append(one)
    rows: list[Row] = []
    for entry in _entries(dataset.catalogue, published):
        mine = sorted(by_entry.get(entry.id, ()), key=lambda s: s.village)
        rows += [_periodic(dataset, timings, one) for one in mine]
        told = {item.file for one in mine for item in one.items}
        rest = [item for item in published.get(entry.id, ()) if item.file not in told]
        if rest:
            rows.append(_occasional(dataset, timings, entry, rest))
        elif not mine:
            rows.append(Row(entry, Kind.BLANK if WEBSITE in entry.channels else Kind.BOARD_ONLY))
    return Coverage(today, dataset.catalogue, tuple(rows), timings)


def _entries(catalogue: Catalogue, published: Mapping[str, tuple[Item, ...]]) -> Iterator[Entry]:
    """The township's own rows in force, and all others that items belong to, field by field."""
    retired: dict[str, list[Entry]] = defaultdict(list)
    for entry in catalogue.retired:
        if entry.id in published:
            retired[entry.field_id].append(entry)
    for one in catalogue.fields:
        yield from (entry for entry in one.entries if entry.own or entry.id in published)
        yield from retired.pop(one.id, ())
    for one in catalogue.retired_fields:
        yield from retired.get(one.id, ())


def _unit(dataset: Dataset, item: Item) -> str | None:
    unit = dataset.profile.unit_by_name.get(item.responsible_unit)
    return unit.id if unit else None


def _periodic(dataset: Dataset, timings: Timings, one: Series) -> Row:
    cells = tuple(_cells(dataset, timings, one))
    items = tuple(sorted(one.items, key=_by_day, reverse=True))
    return Row(one.entry, Kind.PERIODIC, cells, one.village, _unit(dataset, one.newest), items, one.cycle)


def _by_day(item: Item) -> tuple[dt.date, str]:
    return (item.published_on, item.file)


def _cells(dataset: Dataset, timings: Timings, one: Series) -> Iterator[Cell]:
    """The periods until today and those covered ahead of time, from the beginning of the year in which the series begins.

    What was reported before that (on a time before the row was in force) is no more owed than what was not. An item
    covers every period with which its own shares a day (as :func:`~gongkai.dataset.periods.overlap` says).
    """
    items = [(*span(item.period), item) for item in sorted(one.items, key=_by_day) if item.period]
    last = max([dataset.today, *(start for start, _, _ in items)])
    first = min(one.since.year, *(period.year for period in one.covered))
    for period in periods(dt.date(first, 1, 1), last, one.cycle.months):
        begin, end = span(period)
        covering = tuple(item for start, until, item in items if start <= end and begin <= until)
        cell = _cell(dataset, timings, one, period, covering)
        if cell is not None:
            yield cell


def _cell(dataset: Dataset, timings: Timings, one: Series, period: Period, items: tuple[Item, ...]) -> Cell | None:
    """None while nothing is owed yet."""
    start, end = span(period)
    try:
        due: dt.date | None = due_day(period, one.cycle, dataset.calendar)
    except UnknownYear:
        due = None
    first = items[0].published_on if items else None
    if end < one.since:
        return Cell(period, State.NOT_APPLICABLE, None, first, items)
    if first is not None:
        named = one.cycle.day is not None and due is not None and first > due
        if named or timings.of(items[0]).late:
            state = State.LATE
        else:
            state = State.STATEMENT if all(i.statement is not None for i in items) else State.PUBLISHED
        return Cell(period, state, due, first, items)
    if due is None:
        return Cell(period, State.DUE) if end < dataset.today else None
    if due < dataset.today:
        return Cell(period, State.MISSING, due)
    soon = (due - dataset.today).days <= HORIZON and start <= dataset.today
    return Cell(period, State.DUE, due) if soon else None


def _occasional(dataset: Dataset, timings: Timings, entry: Entry, items: Iterable[Item]) -> Row:
    """Items by the month of their publication; nothing says when there should be some."""
    items = tuple(items)
    months: dict[tuple[int, int], list[Item]] = defaultdict(list)
    for item in sorted(items, key=_by_day):
        months[item.published_on.year, item.published_on.month].append(item)
    cells = []
    for (year, month), found in months.items():
        if any(timings.of(item).late for item in found):
            state = State.LATE
        else:
            state = State.STATEMENT if all(i.statement is not None for i in found) else State.PUBLISHED
        day = found[0].published_on
        cells.append(Cell(Period(year, month=month), state, published_on=day, items=tuple(found)))
    return Row(entry, Kind.OCCASIONAL, tuple(cells), unit=_unit(dataset, items[0]), items=items)
