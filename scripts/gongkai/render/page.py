"""What rendering hands to the writer, and what every renderer needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import jinja2
from jinja2.ext import Extension
from msgspec import Struct

from gongkai.dataset import Dataset
from gongkai.model import Entry
from gongkai.patterns import regex
from gongkai.render.rows import crumbs, item_rows, meta_rows, toc_rows
from gongkai.render.urls import link_from
from gongkai.resources import theme_dir

UNCONFIRMED = "待核"
_INDENT = regex(r"\n\s+")


class Unindented(Extension):
    """Templates are indented to be read; what they print is not."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja calls it so
        """The template ``source`` without what its lines begin with; one in which that counts is left as it is."""
        return source if "<pre" in source or "<textarea" in source else _INDENT.sub("\n", source)


class Page(Struct, frozen=True):
    """A generated page, to be put into the shell of its ``kind``. ``url`` is relative to the site's root."""

    url: str
    kind: str
    title: str
    head: str
    content: str
    lastmod: str | None = None


class OrdinaryPage(Struct, frozen=True):
    """A page that MkDocs has rendered: a guide, the home page. ``html`` is its content without the theme."""

    url: str
    title: str
    html: str


def label_entry_status(entry: Entry) -> str:
    """``待核`` for a row never seen in a real table, else nothing."""
    return "" if entry.confirmed else UNCONFIRMED


class Renderer(Struct, frozen=True, dict=True):
    """The fragments of the theme, filled from the dataset. ``theme_dirs`` are searched in order; ``compiled`` keeps them."""

    dataset: Dataset
    theme_dirs: tuple[str, ...] = ()
    compiled: jinja2.BytecodeCache | None = None

    @cached_property
    def _environment(self) -> jinja2.Environment:
        folders = [*self.theme_dirs, str(theme_dir())]
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folders),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=self.compiled,
            extensions=[Unindented],
        )
        environment.globals["fmt"] = lambda day: day.isoformat() if day else ""
        environment.globals["label_entry_status"] = label_entry_status
        environment.globals |= {made.__name__: made for made in (crumbs, item_rows, meta_rows, toc_rows)}
        return environment

    @cached_property
    def _template(self) -> Callable[[str], jinja2.Template]:
        return self._environment.get_template

    def fragment(self, name: str, url: str, **context: Any) -> str:
        """The fragment ``gongkai/<name>.html`` for the page at ``url``."""
        return self._template(f"gongkai/{name}.html").render(link=link_from(url), **context)

    def home_crumb(self) -> tuple[str, str]:
        """The first breadcrumb of every page."""
        return ("首页", "index.html")
