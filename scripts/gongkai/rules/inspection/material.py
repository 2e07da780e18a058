"""What the lines of the inspection sheet are made of."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.model import Finding
from gongkai.online import LinkResult
from gongkai.rules.inspection.freshness import ColumnState
from gongkai.rules.inspection.standards import Standards


class State(enum.Enum):
    """What an inspector ticks."""

    PASSED = "通过"
    FAILED = "不通过"
    HUMAN = "需人工判断"


class Line(Struct, frozen=True):
    """One line of the sheet. ``behind`` are the items or columns that make the figure."""

    title: str
    standard: str
    source: str
    state: State
    figure: str
    behind: tuple[str, ...] = ()
    veto: bool = False


class Material(Struct, frozen=True):
    """What the lines are made of. ``links`` are the external links that were asked, None when none was."""

    dataset: Dataset
    findings: Sequence[Finding]
    columns: tuple[ColumnState, ...]
    external: int
    links: Sequence[LinkResult] | None
    standards: Standards

    def found(self, *codes: str) -> tuple[Finding, ...]:
        """The findings of these codes; a code may be cut short (``GK5``)."""
        return tuple(f for f in self.findings if f.code.startswith(codes))

    def off(self, *codes: str) -> list[str]:
        """Which of these codes the site's settings have silenced, with the reasons."""
        rules = self.dataset.settings.rules.items()
        return [f"{code}：{r.reason}" for code, r in rules if r.level == "off" and code.startswith(codes)]


def verdict(bad: object) -> State:
    """Failed when there is something bad."""
    return State.FAILED if bad else State.PASSED


def where(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Findings as what lies behind a line."""
    return tuple(f"{f.file}:{f.line} {f.message}" for f in findings)


def named(columns: Iterable[ColumnState]) -> tuple[str, ...]:
    """Columns as what lies behind a line, the longest without an update first."""
    return tuple(
        f"{c.entry.id} {c.entry.level2}：最近 {c.newest}，期限 {c.due}"
        for c in sorted(columns, key=lambda c: (c.newest, c.entry.id))
    )


def human(title: str, standard: str, source: str, why: str) -> Callable[[Material], Line]:
    """A line that the files of a site say nothing about."""
    return lambda _: Line(title, standard, source, State.HUMAN, why)
