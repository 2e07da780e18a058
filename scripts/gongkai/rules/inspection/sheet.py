"""The sheet that an inspector would fill in: veto lines first, then scored lines (R3.5 to R3.7).

A line says what is asked, where that stands, what was counted and what lies behind it. What cannot be seen in the files of
a site (whether it can be reached, whether messages are answered) is left to a human and says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from gongkai.dataset import Dataset
from gongkai.model import Finding
from gongkai.online import LinkResult
from gongkai.rules.inspection.freshness import column_states
from gongkai.rules.inspection.material import Line, Material, State
from gongkai.rules.inspection.scored import SCORED
from gongkai.rules.inspection.standards import standards
from gongkai.rules.inspection.vetoes import VETOES

__all__ = ["Line", "State", "sheet"]


def sheet(
    dataset: Dataset, findings: Sequence[Finding], external: int, links: Sequence[LinkResult] | None = None
) -> tuple[Line, ...]:
    """All lines, the vetoes first."""
    material = Material(dataset, findings, tuple(column_states(dataset)), external, links, standards())
    return tuple(replace(make(material), veto=True) for make in VETOES) + tuple(make(material) for make in SCORED)
