"""Rule about the rectification list beside mkdocs.yml: its lines can be read and follow each other.

The family's kinds of findings (GK870 to GK879) are those of all files that reports read.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.dataset import Dataset
from gongkai.model import Finding
from gongkai.reading import rectification, report_codes
from gongkai.rules.kind import Rule


def list_is_whole(dataset: Dataset) -> Iterator[Finding]:
    """A list with damaged lines is told of, whatever is done with it."""
    found: list[Finding] = []
    rectification.read_problems(dataset.settings.root, found.append)
    yield from found


RULES: tuple[Rule, ...] = (list_is_whole,)
TYPES = report_codes.ALL
