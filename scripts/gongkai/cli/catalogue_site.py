"""What the catalogue commands share: the site they run in, if any."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path

from msgspec import Struct

from gongkai import clock
from gongkai.catalogue.adoption import load_history
from gongkai.cli.errors import UsageError
from gongkai.cli.site import need_config
from gongkai.model import Catalogue, CatalogueHistory, Finding, Profile
from gongkai.reading.settings import load_settings

SETTINGS = Path("mkdocs.yml")


class Site(Struct, frozen=True):
    """A township's catalogue through time, and who the township is."""

    profile: Profile
    history: CatalogueHistory
    today: dt.date

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue in force today."""
        return self.history.on(self.today)


def add_optional_config(parser: argparse.ArgumentParser) -> None:
    """``-f``: which site; a command that works without one need not be told."""
    parser.add_argument("-f", "--config-file", type=Path, metavar="文件", help="站点设置（默认 mkdocs.yml）")


def load_site(config_file: Path | None) -> Site:
    """The site of ``config_file``. Raises UsageError when there is none or its catalogue cannot be read."""
    config_file = config_file or SETTINGS
    need_config(config_file)
    said: list[Finding] = []
    settings = load_settings(config_file, said.append)
    history = load_history(settings, said.append) if settings else None
    if settings is None or history is None:
        raise UsageError("\n".join(f"{f.file}:{f.line} {f.message}" for f in said))
    return Site(settings.profile, history, clock.today(None))


def site_here(config_file: Path | None) -> Site | None:
    """The site of ``config_file`` or of this folder; None where there is none."""
    return load_site(config_file) if config_file or SETTINGS.is_file() else None
