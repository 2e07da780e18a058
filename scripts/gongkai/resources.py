"""Where the product's own data lies: inside the wheel, or at the top of a source checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def _root() -> Path:
    """The folder that holds ``catalogue/`` and ``theme/``."""
    installed = _PACKAGE / "data"
    return installed if installed.is_dir() else _PACKAGE.parents[1]


def catalogue_dir() -> Path:
    """The standard catalogue: ``fields/``, ``schema/`` and ``vocabulary.yaml``."""
    return _root() / "catalogue"


def theme_dir() -> Path:
    """The theme: a ``custom_dir`` over Material, with the fragments of generated pages in ``gongkai/``."""
    return _root() / "theme"


def starter_dir() -> Path:
    """The files that ``gongkai init`` copies into a new township's folder."""
    return _PACKAGE / "starter"
