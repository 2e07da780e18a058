"""The veto lines of the inspection sheet: one that fails makes the whole site fail (R3.6, R3.7)."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.model import Severity
from gongkai.rules.inspection.freshness import ColumnState, blank_columns, newest_by_kind
from gongkai.rules.inspection.material import Line, Material, State, human, named, verdict, where


def _home(m: Material) -> Line:
    newest, limit = m.dataset.updated_on, m.standards.home
    stale = newest is None or m.dataset.today > limit.due(newest)
    days = "" if newest is None else f"（{(m.dataset.today - newest).days} 天前）"
    figure = f"最近更新 {newest}{days}" if newest else "没有任何信息"
    return Line("首页更新", "首页信息两周内有更新", f"R3.7；{limit.source}", verdict(stale), figure)


def _stale(m: Material, *, main: bool) -> tuple[State, list[ColumnState], list[str]]:
    """Rows past their day, and kinds of which no row is fresh. Rows are no columns of the site: what only rows show is left
    to a human; that a whole kind is stale is not.
    """
    columns = [c for c in m.columns if c.limit.main or not main]
    stale = [c for c in columns if c.stale(m.dataset.today)]
    dead = {k for k, c in newest_by_kind(columns).items() if c.stale(m.dataset.today)}
    needed = m.standards.veto_main if main else m.standards.veto_all
    if sum(c.entry.column_kind in dead for c in stale) >= needed:
        return State.FAILED, stale, sorted(dead)
    return (State.HUMAN if len(stale) >= needed else State.PASSED), stale, sorted(dead)


def _main_columns(m: Material) -> Line:
    state, stale, dead = _stale(m, main=True)
    kinds = f"；整类没有更新的：{'、'.join(dead)}" if dead else "；各类都有更新"
    return Line(
        "动态、公告、政策栏目不更新",
        f"动态要闻两周、通知公告和政策文件六个月未更新的栏目合计少于 {m.standards.veto_main} 个",
        "R3.7；网站普查评分表“栏目不更新”",
        state,
        f"按目录条目逐个看 {len(stale)} 个{kinds}",
        named(stale),
    )


def _all_columns(m: Material) -> Line:
    state, stale, _ = _stale(m, main=False)
    return Line(
        "应更新栏目长期不更新",
        f"应更新而长期未更新的栏目少于 {m.standards.veto_all} 个",
        "R3.7；网站普查评分表“栏目不更新”",
        state,
        f"按目录条目逐个看 {len(stale)} 个，有期限的条目共 {len(m.columns)} 个",
        named(stale),
    )


def _blank(m: Material) -> Line:
    blank = blank_columns(m.dataset)
    state = verdict(len(blank) >= m.standards.veto_blank)
    total = len(m.dataset.profile.columns) + len(m.dataset.catalogue.fields)
    standard = f"空白栏目少于 {m.standards.veto_blank} 个"
    figure = f"固定栏目和采用的领域 {total} 个，空白 {len(blank)} 个"
    return Line("空白栏目", standard, "R3.7；网站普查评分表“栏目空白”", state, figure, tuple(blank))


def _grave(m: Material) -> Line:
    private = tuple(f for f in m.found("GK5") if f.severity is Severity.ERROR)
    figure = (
        f"个人信息 {len(private)} 处；错别字和内容真伪请通读"
        if private
        else "没有发现应隐去的个人信息；错别字和内容真伪请通读"
    )
    state = State.FAILED if private else State.HUMAN
    return Line("严重错误", "没有泄露个人信息、虚假内容和严重错字", "R3.7、R5.6", state, figure, where(private))


def _guides(m: Material) -> Line:
    poor = m.found("GK453")
    items = {f.file for f in poor}
    total = sum(e.column_kind == "办事指南" and e.id in m.dataset.by_entry for e in m.dataset.catalogue.own_entries())
    figure = f"有指南的条目 {total} 个，要素不全的指南 {len(items)} 篇"
    standard = "办事指南八要素齐全；缺四类以上的少于五篇"
    state = State.HUMAN if len(items) >= 5 else verdict(False)
    return Line("服务不实用", standard, "R3.7、R3.8（待核实的指标，结果供参考）", state, figure, where(poor))


VETOES: tuple[Callable[[Material], Line], ...] = (
    human(
        "站点无法访问",
        "一周内随机访问，打不开的不到 5%（每次等 15 秒）",
        "R3.7；网站普查评分表",
        "要在网上访问才能看到",
    ),
    _home,
    _main_columns,
    _all_columns,
    _blank,
    _grave,
    human("互动回应差", "咨询留言三个月内都有答复", "R3.7；网站普查评分表", "请查看县级网站的留言系统"),
    _guides,
)
