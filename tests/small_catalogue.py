"""A catalogue of a few rows, and the commands that read one."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from gongkai.catalogue.load import standard_field, standard_names
from gongkai.cli.parser import ChineseParser
from gongkai.model import Catalogue, Entry, NotApplicable

Run = Callable[..., str]
STATEMENT = "税收由税务部门垂直管理，本镇不办理涉税事项，请向县税务局咨询。"


def one_field(*entries: Entry) -> Catalogue:
    """A catalogue of these rows of 社会救助, in which 税收管理 does not concern the township."""
    field = replace(standard_field("19"), entries=entries)
    return Catalogue((field,), (NotApplicable("05", STATEMENT),), standard_names())


def options(command: Any, *arguments: object) -> argparse.Namespace:
    """What a command line says to the ``command`` (a module of ``gongkai.cli``)."""
    parser = ChineseParser(prog="gongkai catalogue")
    command.add_arguments(parser)
    return parser.parse_args([str(a) for a in arguments])


def running(command: Any, capsys: pytest.CaptureFixture[str]) -> Run:
    """The ``command`` as a clerk runs it; gives what it prints."""

    def run(*arguments: object) -> str:
        assert command.run(options(command, *arguments)) == 0
        return capsys.readouterr().out

    return run
