"""``gongkai rules``: the manual of all checks, which is also docs/rules.md."""

from __future__ import annotations

import argparse

from gongkai.rules.manual import manual


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """The command has none of its own."""


def run(_options: argparse.Namespace) -> int:
    """Print the manual."""
    print(manual(), end="")
    return 0
