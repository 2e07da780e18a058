"""Formulas of assessment tables: arithmetic and comparisons over named figures, and nothing else.

A formula is a Python expression out of numbers, names, ``+ - * /``, comparisons, ``and``, ``or``, ``not``, ``A if B else C``
and the functions ``min``, ``max`` and ``round``; 并且, 或者, 如果…否则, × and ÷ are understood. Nothing of Python itself can be
reached: the tree is walked here, node by node, and every other kind of node is refused.
"""

from __future__ import annotations

import ast
import math
import operator
import unicodedata
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

LONGEST, DEEPEST = 300, 40
_WORDS = {
    "×": "*",
    "÷": "/",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "并且": " and ",
    "或者": " or ",
    "如果": " if ",
    "否则": " else ",
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {"min": min, "max": max, "round": round}
_BINARY: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_UNARY: dict[type[ast.AST], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
}


class BadFormula(ValueError):  # noqa: N818 - the name says what is the matter
    """A formula that is none; the message says why, in Chinese."""


class NotKnown(LookupError):  # noqa: N818 - as above
    """A figure that the formula needs cannot be counted in this term; the message is its name."""


class Formula(Struct, frozen=True):
    """A formula that was read, and the names that stand in it."""

    text: str
    tree: ast.expr
    names: frozenset[str]

    def value(self, figures: Mapping[str, float | None]) -> float:
        """The value with these figures. Raises NotKnown when one of those used is None, or a division has nothing to divide by."""
        try:
            found = float(_value(self.tree, figures))
        except (ZeroDivisionError, OverflowError):
            raise NotKnown("除数为 0") from None
        if not math.isfinite(found):
            raise NotKnown("结果不是数")
        return found


def parse_formula(text: str) -> Formula:
    """``text`` as a formula. Raises BadFormula."""
    plain = unicodedata.normalize("NFKC", text)
    for word, sign in _WORDS.items():
        plain = plain.replace(word, sign)
    if len(plain) > LONGEST:
        raise BadFormula(f"超过 {LONGEST} 个字")
    try:
        with warnings.catch_warnings():  # Python warns of odd spacing; a clerk need not know
            warnings.simplefilter("ignore")
            tree = ast.parse(plain.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise BadFormula("写法有误，可能缺括号或多了符号") from None
    names: set[str] = set()
    _check(tree, names, 0)
    return Formula(text, tree, frozenset(names))


def _check(node: ast.AST, names: set[str], depth: int) -> None:
    """Refuse whatever is not arithmetic."""
    if depth > DEEPEST:
        raise BadFormula("括号套得太深")
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool) or not isinstance(node.value, int | float) or abs(node.value) > 1e9:
            raise BadFormula(f"“{node.value!s}”不是可以计算的数")
        return
    if isinstance(node, ast.Name):
        names.add(node.id)
        return
    for child in _parts(node):
        _check(child, names, depth + 1)


def _parts(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        return [node.left, node.right]
    if isinstance(node, ast.UnaryOp) and type(node.op) in _UNARY:
        return [node.operand]
    if isinstance(node, ast.BoolOp):
        return list(node.values)
    if isinstance(node, ast.IfExp):
        return [node.test, node.body, node.orelse]
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _BINARY:
        return [node.left, *node.comparators]
    if isinstance(node, ast.Call):
        return _arguments(node)
    raise BadFormula("只能用数、指标名、加减乘除、比较和 min、max、round")


def _arguments(node: ast.Call) -> list[ast.expr]:
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    if name not in _FUNCTIONS or node.keywords or any(isinstance(a, ast.Starred) for a in node.args):
        raise BadFormula("只有 min、max、round 三个函数")
    if not (1 <= len(node.args) <= 2 if name == "round" else 2 <= len(node.args) <= 9):
        raise BadFormula(f"{name} 括号里的个数不对")
    if (
        len(node.args) == 2
        and name == "round"
        and not (isinstance(node.args[1], ast.Constant) and type(node.args[1].value) is int)
    ):
        raise BadFormula("round 的第二个数应是小数位数，如 round(及时率, 2)")
    return node.args


def _value(node: ast.AST, figures: Mapping[str, float | None]) -> Any:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        known = figures.get(node.id)
        if known is None:
            raise NotKnown(node.id)
        return known
    if isinstance(node, ast.BinOp):
        return _BINARY[type(node.op)](_value(node.left, figures), _value(node.right, figures))
    if isinstance(node, ast.UnaryOp):
        return _UNARY[type(node.op)](_value(node.operand, figures))
    if isinstance(node, ast.Compare):
        return _BINARY[type(node.ops[0])](_value(node.left, figures), _value(node.comparators[0], figures))
    if isinstance(node, ast.BoolOp):
        truths = (bool(_value(v, figures)) for v in node.values)
        return all(truths) if isinstance(node.op, ast.And) else any(truths)
    if isinstance(node, ast.IfExp):
        return _value(node.body if _value(node.test, figures) else node.orelse, figures)
    assert isinstance(node, ast.Call)
    assert isinstance(node.func, ast.Name)
    return _FUNCTIONS[node.func.id](*(_value(a, figures) for a in node.args))
