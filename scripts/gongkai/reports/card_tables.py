"""A report card in words and tables: the one text that page, document and workbook share."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gongkai.reports.card import Card, Part, Tally
from gongkai.reports.sheet import Cell, Share

DASH = "—"
NOTES = (
    "公开条数按发布日期计入本期，情况说明也算在内；没有上网站的信息不计。",
    "按时率与台账的“是否逾期”口径相同，只计能够判断的信息：由本机关形成、有成文日期（或批准、文件公开日期）的，以及目录写明公开日期的定期公开；"
    "公开天数是从起算日到发布的自然日，取中位数。",
    "应公开期数是本期到期的按月、按季、按年公开的期数；覆盖率是其中已经公开或有情况说明的比例；缺的期数截至填报日。",
    "空白条目是应在网站公开、到期末还没有任何信息的目录条目。",
)


class CardTable(Struct, frozen=True):
    """A table of a card. Cells are numbers, shares or text; None is a figure for which there is nothing to count."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def title(card: Card) -> str:
    """``示范镇2026年第三季度政务公开成绩单``."""
    return f"{card.facts.township}{card.term.label}政务公开成绩单"


def lead(card: Card) -> str:
    """From when to when the card is, and as of when."""
    over = "" if card.over else "，本期还没有结束"
    return f"{card.term.first}至{card.term.last}，截至{card.facts.today}{over}"


def sentences(card: Card) -> Iterator[str]:
    """The card in words."""
    now, before = card.whole.now, card.whole.before
    yield f"{card.term.label}共公开信息{now.published}条，{_compared(now.published, before.published, card)}。" + (
        f"其中情况说明{now.statements}条。" if now.statements else ""
    )
    if now.in_time is not None:
        yield f"能够判断是否按时的{now.judged}条中，按时公开{now.judged - now.late}条，按时率{now.in_time:.1%}；公开天数的中位数是{number(now.median_days)}天。"
    if now.owed.expected:
        missing = f"，缺{now.owed.missing}期" if now.owed.missing else "，没有缺期"
        yield f"到期的定期公开{now.owed.expected}期，已公开或有情况说明{now.owed.covered}期{missing}。"
    if now.interpretations or now.uninterpreted:
        kept = now.interpretations_judged - now.interpretations_late
        missing = f"；本期公开的规范性文件中{now.uninterpreted}件还没有解读" if now.uninterpreted else ""
        yield f"发布政策解读{now.interpretations}篇，按时{kept}篇{missing}。"
    yield f"应在网站公开的目录条目{now.rows}项，空白{now.blank}项。"
    if card.silent:
        yield f"没有公开过信息的单位{len(card.silent)}个：{'、'.join(card.silent)}。"
    else:
        yield "各单位都有公开。"


def _compared(now: int, before: int, card: Card) -> str:
    was = f"上期（{card.term.before.label}）{before}条"
    if now == before:
        return f"与{was}相同"
    return f"比{was}{'增加' if now > before else '减少'}{abs(now - before)}条"


def tables(card: Card) -> list[CardTable]:
    """The whole township, its fields, its units. Fields and units with nothing in both terms and nothing owed are named elsewhere."""
    fields = tuple(_row(part, rows=True) for part in card.fields)
    units = tuple(_row(part, rows=False) for part in card.units)
    return [
        CardTable("总体情况", ("指标", "本期", "上期", "增减"), tuple(_whole(card))),
        CardTable("各领域", (*_HEADS, "空白条目"), fields),
        CardTable("各责任单位", _HEADS, units),
    ]


_HEADS = (
    "名称",
    "公开条数",
    "上期",
    "情况说明",
    "按时率",
    "上期按时率",
    "公开天数",
    "应公开期数",
    "覆盖率",
    "缺期",
    "解读",
    "解读按时率",
    "更正",
)


def _row(part: Part, *, rows: bool) -> tuple[Cell, ...]:
    now, before = part.now, part.before
    cells: tuple[Cell, ...] = (
        part.name,
        now.published,
        before.published,
        now.statements,
        share(now.in_time),
        share(before.in_time),
        now.median_days,
        now.owed.expected,
        share(now.owed.rate),
        now.owed.missing,
        now.interpretations,
        share(now.interpretations_in_time),
        now.corrections,
    )
    return (*cells, f"{now.blank}/{now.rows}") if rows else cells


def _whole(card: Card) -> Iterator[tuple[Cell, ...]]:
    pairs = zip(_figures(card.whole.now), _figures(card.whole.before), strict=True)
    for (name, now), (_, before) in pairs:
        yield (name, now, before, _change(now, before))
    silent = len(card.silent)
    quiet_before = sum(not part.before.published for part in card.units)
    yield ("没有公开过信息的单位数", silent, quiet_before, _change(silent, quiet_before))


def _figures(tally: Tally) -> Iterator[tuple[str, Cell]]:
    yield "公开条数", tally.published
    yield "其中情况说明", tally.statements
    yield "能判断是否按时的条数", tally.judged
    yield "迟公开条数", tally.late
    yield "按时率", share(tally.in_time)
    yield "公开天数（中位数）", tally.median_days
    yield "到期的定期公开期数", tally.owed.expected
    yield "其中迟公开", tally.owed.late
    yield "其中缺", tally.owed.missing
    yield "覆盖率", share(tally.owed.rate)
    yield "政策解读篇数", tally.interpretations
    yield "解读按时率", share(tally.interpretations_in_time)
    yield "缺解读的规范性文件", tally.uninterpreted
    yield "更正条数", tally.corrections
    yield "空白条目数", tally.blank


def _change(now: Cell, before: Cell) -> str:
    """The difference; of shares in points."""
    if isinstance(now, Share) and isinstance(before, Share):
        points = round((now.value - before.value) * 100, 1)
        return f"{points:+.1f}个百分点" if points else "0"
    if isinstance(now, int | float) and isinstance(before, int | float):
        change = now - before
        return f"+{number(change)}" if change > 0 else number(change)
    return DASH


def share(value: float | None) -> Share | None:
    """A rate as a cell."""
    return None if value is None else Share(value)


def number(value: float | None) -> str:
    """A figure with one decimal place at most."""
    return DASH if value is None else f"{value:.1f}".removesuffix(".0")


def words(cell: Cell) -> str:
    """A cell as pages and documents print it."""
    if cell is None:
        return DASH
    if isinstance(cell, Share):
        return f"{cell.value:.1%}"
    return number(cell) if isinstance(cell, int | float) else str(cell)
