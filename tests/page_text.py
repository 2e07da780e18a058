"""What stands in a built page, read as a browser without scripts would."""

from __future__ import annotations

from collections.abc import Callable

from lxml import html

Get = Callable[[str], html.HtmlElement]
"""Gives a page by its kind (:data:`browser.KINDS`) or its address."""


def text(element: html.HtmlElement) -> str:
    """The text of an element as a reader sees it, spaces folded."""
    return " ".join(element.text_content().split())


def texts(tree: html.HtmlElement, xpath: str) -> list[str]:
    """The texts of all elements that ``xpath`` finds."""
    return [text(element) for element in tree.xpath(xpath)]
