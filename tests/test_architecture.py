"""The rooms of the package import one another only as docs/architecture.md says."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "scripts" / "gongkai"
ADAPTERS = frozenset(("cli", "mkdocs_plugin", "__main__"))
"""They may import what they need; nothing imports them."""


def documented() -> dict[str, set[str]]:
    """For each room of the table the rooms that it may import."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    free = set(re.findall(r"`(\w+)`", page.split("those that import no other (", 1)[1].split(")", 1)[0]))
    rooms: dict[str, set[str]] = {}
    for line in page.split("| room | holds | imports |", 1)[1].split("\n\n", 1)[0].splitlines():
        cells = line.strip("|").split(" | ")
        if len(cells) == 3:
            named = re.findall(r"`(\w+)`", cells[0])
            rooms |= {room: {*named, *free, *re.findall(r"`(\w+)`", cells[2])} for room in named}
    return rooms


@cache
def imported() -> dict[str, set[str]]:
    """For each room the rooms that its modules import, wherever in a module they do."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in PACKAGE.rglob("*.py"):
        room = path.relative_to(PACKAGE).with_suffix("").parts[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module] if node.module != "gongkai" else [f"gongkai.{alias.name}" for alias in node.names]
            else:
                names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            parts = (name.split(".") for name in names)
            found[room] |= {part[1] for part in parts if part[0] == "gongkai" and len(part) > 1}
    return {room: rooms - {"__version__"} for room, rooms in found.items() if room != "__init__"}


def test_every_room_stands_in_the_table():
    there = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert there - {"__init__", "__main__"} == set(documented())


def test_rooms_import_only_what_the_table_allows():
    allowed = documented()
    wrong = {
        room: sorted(rooms - allowed[room])
        for room, rooms in imported().items()
        if room not in ADAPTERS and rooms - allowed[room]
    }
    assert wrong == {}


def test_nothing_imports_the_adapters():
    assert [room for room, rooms in imported().items() if rooms & ADAPTERS and room not in ADAPTERS] == []
