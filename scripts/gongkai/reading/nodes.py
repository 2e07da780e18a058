"""What YAML is read into: values as written, each with its line and column."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct


class Scalar(Struct, frozen=True):
    """One value; ``null`` when nothing (or ``~``) was written and not quoted."""

    text: str
    line: int
    column: int
    null: bool = False


class Sequence(Struct, frozen=True):
    """A list."""

    values: tuple[Node, ...]
    line: int
    column: int


class Mapping(Struct, frozen=True):
    """Keys and values in file order; a key may stand twice, the caller judges that."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """The value of the first ``key``, or None."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping
