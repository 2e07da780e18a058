"""What a rule is: a small function from the dataset to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from gongkai.dataset import Dataset
from gongkai.model import Finding

Rule: TypeAlias = Callable[[Dataset], Iterator[Finding]]
