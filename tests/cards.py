"""Report cards of sites that tests make, and of the demonstration."""

from __future__ import annotations

from pathlib import Path

from gongkai.dataset import Dataset
from gongkai.reports.card import Card, card
from gongkai.reports.facts import facts_of
from gongkai.reports.terms import Term, parse_term
from sites import ITEM, write_site


def term(text: str) -> Term:
    """The term that ``text`` (2026-Q3) names."""
    found = parse_term(text)
    assert found is not None
    return found


def made(data: Dataset, text: str) -> Card:
    """The card of a term."""
    return card(facts_of(data), term(text))


def late_site(folder: Path) -> Path:
    """Six items of the third quarter: in time after 4, 7 and 11 days, late, a statement, and one without day of formation."""
    days = {"a": ("07-06", "07-10"), "b": ("07-06", "07-13"), "c": ("08-03", "08-14"), "d": ("07-01", "09-15")}
    files = {
        name: ITEM.replace("2026-09-28", f"2026-{formed}")
        .replace("2026-10-09", f"2026-{published}")
        .replace("第三", name)
        for name, (formed, published) in days.items()
    }
    files["e"] = ITEM.replace("formed_on: 2026-09-28", "statement: 没有发生。").replace("2026-10-09", "2026-08-20")
    files["f"] = (
        ITEM.replace("formed_on: 2026-09-28\n", "").replace("2026-10-09", "2026-08-21").replace("公示", "更正公告")
    )
    return write_site(folder, {f"site_src/items/{name}.md": text for name, text in files.items()})
