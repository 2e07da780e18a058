"""The rectification list (整改清单): what happened to each problem that an inspection found, event by event."""

from __future__ import annotations

import datetime as dt
import enum

from msgspec import Struct

RECTIFICATION_FILE = "rectification.jsonl"
"""The file beside mkdocs.yml. It is only ever appended to."""


class Happening(enum.Enum):
    """What happened to a problem."""

    OPENED = "opened"
    SOLVED = "solved"
    RETURNED = "returned"
    NOTE = "note"


class ProblemText(Struct, frozen=True):
    """A problem as it was found: which finding, in words, whose, and by when it is to be solved.

    ``due`` is None where it could not be computed (R6.3).
    """

    code: str
    severity: str
    file: str
    line: int
    field: str | None
    problem: str
    basis: str
    unit: str
    demand: str
    due: dt.date | None


class Event(Struct, frozen=True):
    """One line of the file. ``found`` belongs to what opens or returns, ``text`` says more about what solves or notes."""

    on: dt.date
    id: str
    happening: Happening
    found: ProblemText | None = None
    text: str = ""
    line: int = 0


class Problem(Struct, frozen=True):
    """A problem with its events in order; the first opens it, never two open it without one that solves it between."""

    events: tuple[Event, ...]

    @property
    def id(self) -> str:
        """The number of the problem, which never changes."""
        return self.events[0].id

    @property
    def found(self) -> ProblemText:
        """The problem as it was found last."""
        return next(e.found for e in reversed(self.events) if e.found is not None)

    @property
    def opened_on(self) -> dt.date:
        """The day on which it was first found."""
        return self.events[0].on

    @property
    def solved_on(self) -> dt.date | None:
        """The day on which it was found to be solved; None while it is open."""
        last = next(e for e in reversed(self.events) if e.happening is not Happening.NOTE)
        return last.on if last.happening is Happening.SOLVED else None

    @property
    def returned(self) -> int:
        """How often it came back."""
        return sum(e.happening is Happening.RETURNED for e in self.events)

    def overdue(self, today: dt.date) -> bool:
        """Whether it is open after its day."""
        return self.solved_on is None and self.found.due is not None and self.found.due < today
