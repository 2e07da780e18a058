"""The sheet that an inspector would fill in: veto lines first, then scored lines (R3.5 to R3.7).

A line says what is asked, where that stands, what was counted and what lies behind it. What cannot be seen in the files of
a site (whether it can be reached, whether messages are answered) is left to a human and says so.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from gongkai.dataset import Dataset
from gongkai.model import Finding, Severity
from gongkai.online import NO_HOST, LinkResult
from gongkai.rules.inspection.freshness import ColumnState, blank_columns, column_states, newest_by_kind
from gongkai.rules.inspection.interpretation import uninterpreted
from gongkai.rules.inspection.standards import Standards, standards
from gongkai.rules.inspection.tags import domain_problem


class State(enum.Enum):
    """What an inspector ticks."""

    PASSED = "通过"
    FAILED = "不通过"
    HUMAN = "需人工判断"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet. ``behind`` are the items or columns that make the figure."""

    title: str
    standard: str
    source: str
    state: State
    figure: str
    behind: tuple[str, ...] = ()
    veto: bool = False


@dataclass(frozen=True)
class Material:
    """What the lines are made of. ``links`` are the external links that were asked, None when none was."""

    dataset: Dataset
    findings: Sequence[Finding]
    columns: tuple[ColumnState, ...]
    external: int
    links: Sequence[LinkResult] | None
    standards: Standards

    def found(self, *codes: str) -> tuple[Finding, ...]:
        """The findings of these codes; a code may be cut short (``GK5``)."""
        return tuple(f for f in self.findings if f.code.startswith(codes))

    def off(self, *codes: str) -> list[str]:
        """Which of these codes the site's settings have silenced, with the reasons."""
        rules = self.dataset.settings.rules.items()
        return [f"{code}：{r.reason}" for code, r in rules if r.level == "off" and code.startswith(codes)]


def sheet(
    dataset: Dataset, findings: Sequence[Finding], external: int, links: Sequence[LinkResult] | None = None
) -> tuple[Line, ...]:
    """All lines, the vetoes first."""
    material = Material(dataset, findings, tuple(column_states(dataset)), external, links, standards())
    return tuple(replace(make(material), veto=True) for make in _VETO) + tuple(make(material) for make in _SCORED)


def _state(bad: object) -> State:
    return State.FAILED if bad else State.PASSED


def _where(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(f"{f.file}:{f.line} {f.message}" for f in findings)


def _named(columns: Iterable[ColumnState]) -> tuple[str, ...]:
    return tuple(
        f"{c.entry.id} {c.entry.level2}：最近 {c.newest}，期限 {c.due}"
        for c in sorted(columns, key=lambda c: (c.newest, c.entry.id))
    )


def _human(title: str, standard: str, source: str, why: str) -> Callable[[Material], Line]:
    return lambda _: Line(title, standard, source, State.HUMAN, why)


# --- vetoes


def _home(m: Material) -> Line:
    newest, limit = m.dataset.updated_on, m.standards.home
    stale = newest is None or m.dataset.today > limit.due(newest)
    days = "" if newest is None else f"（{(m.dataset.today - newest).days} 天前）"
    figure = f"最近更新 {newest}{days}" if newest else "没有任何信息"
    return Line("首页更新", "首页信息两周内有更新", f"R3.7；{limit.source}", _state(stale), figure)


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
        _named(stale),
    )


def _all_columns(m: Material) -> Line:
    state, stale, _ = _stale(m, main=False)
    return Line(
        "应更新栏目长期不更新",
        f"应更新而长期未更新的栏目少于 {m.standards.veto_all} 个",
        "R3.7；网站普查评分表“栏目不更新”",
        state,
        f"按目录条目逐个看 {len(stale)} 个，有期限的条目共 {len(m.columns)} 个",
        _named(stale),
    )


def _blank(m: Material) -> Line:
    blank = blank_columns(m.dataset)
    state = _state(len(blank) >= m.standards.veto_blank)
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
    return Line("严重错误", "没有泄露个人信息、虚假内容和严重错字", "R3.7、R5.6", state, figure, _where(private))


def _guides(m: Material) -> Line:
    poor = m.found("GK453")
    items = {f.file for f in poor}
    total = sum(e.column_kind == "办事指南" and e.id in m.dataset.by_entry for e in m.dataset.catalogue.own_entries())
    figure = f"有指南的条目 {total} 个，要素不全的指南 {len(items)} 篇"
    standard = "办事指南八要素齐全；缺四类以上的少于五篇"
    state = State.HUMAN if len(items) >= 5 else _state(False)
    return Line("服务不实用", standard, "R3.7、R3.8（待核实的指标，结果供参考）", state, figure, _where(poor))


# --- scored lines


def _policy(m: Material) -> Line:
    return _kind(m, "政策文件", "发布解读：政策文件栏目", "六个月内有更新，否则扣 5 分", "R3.7；2019 年检查指标")


def _statistics(m: Material) -> Line:
    return _kind(
        m, "统计数据", "办事服务：统计数据", "三个月内有更新，否则扣 2 分；年度数据按年", "R3.7；2019 年检查指标"
    )


def _staff(m: Material) -> Line:
    return _kind(m, "人事信息", "人事信息栏目", "一年内有更新", "R3.7；检测工具的口径")


def _plans(m: Material) -> Line:
    return _kind(m, "规划计划", "规划计划栏目", "一年内有更新", "R3.7；检测工具的口径")


def _kind(m: Material, kind: str, title: str, standard: str, source: str) -> Line:
    columns = [c for c in m.columns if c.entry.column_kind == kind]
    if not columns:
        return Line(title, standard, source, State.HUMAN, "没有有更新期限的栏目在用")
    best = newest_by_kind(columns)[kind]
    stale = [c for c in columns if c.stale(m.dataset.today)]
    figure = f"最近更新 {best.newest}（{best.entry.id} {best.entry.level2}）；{len(columns)} 个条目中 {len(stale)} 个超过期限"
    return Line(title, standard, source, _state(best.stale(m.dataset.today)), figure, _named(stale))


def _interpretations(m: Material) -> Line:
    missing = list(uninterpreted(m.dataset))
    behind = tuple(f"{i.file} {i.title}" for i in missing)
    standard = "行政规范性文件有解读材料，并相互关联"
    return Line("发布解读：政策解读", standard, "R3.5", _state(missing), f"缺解读的文件 {len(missing)} 份", behind)


def _times(m: Material) -> Line:
    undated = m.found("GK104", "GK102")
    bad = tuple(f for f in undated if f.field == "published_on")
    midnight = sum(i.published_time is None for i in m.dataset.published)
    figure = f"没有发布日期的 {len(bad)} 条；没有写几时几分的 {midnight} 条（标签按 00:00）"
    standard = "每条信息注明发布时间，未注明的视为不更新"
    return Line("发布时间", standard, "R3.2、R3.7", _state(bad), figure, _where(bad))


def _tags(m: Material) -> Line:
    marks, missing = m.dataset.profile.marks, []
    if not m.dataset.settings.site_name:
        missing.append("SiteName：没有填写（site_name）")
    if not marks.domain or (reason := domain_problem(marks.domain)):
        missing.append(f"SiteDomain：{'没有填写' if not marks.domain else reason}（township.marks.domain）")
    if not marks.site_code:
        missing.append("SiteIDCode：没有填写（township.marks.site_code）")
    standard = "网站、栏目、内容页标签齐全"
    figure = f"网站标签缺 {len(missing)} 个；栏目和内容页标签由程序生成"
    return Line("网页标签", standard, "R3.2；政府网站发展指引附件", _state(missing), figure, tuple(missing))


def _marks(m: Material) -> Line:
    return _findings(m, "网站标识", "页头有站名，页脚标识齐全，有“我为政府网站找错”入口", "R3.3", "GK311")


def _columns(m: Material) -> Line:
    return _findings(m, "政府信息公开专栏", "指南、制度、法定内容、年报、依申请公开都能打开", "R3.9", "GK312")


def _guide(m: Material) -> Line:
    return _findings(m, "政府信息公开指南", "指南写明条例第十二条的九项内容", "R1.3、R1.13", "GK313", "GK457", "GK458")


def _inner_links(m: Material) -> Line:
    return _findings(m, "站内链接和附件", "链接和附件都能打开", "R8.2", "GK204", "GK120", "GK121", "GK203")


def _outer_links(m: Material) -> Line:
    title, standard, source = "站外链接", "链接都能打开", "R3.7、R8.2"
    if not m.external:
        return Line(title, standard, source, State.PASSED, "没有站外链接")
    if m.links is None:
        figure = f"共 {m.external} 个，没有检查（加上 --online 才连网检查）"
        return Line(title, standard, source, State.HUMAN, figure)
    dead = [r for r in m.links if r.dead]
    unsure = [r for r in m.links if not r.ok and not r.dead]
    figure = f"共 {m.external} 个，检查了 {len(m.links)} 个：打不开 {len(dead)} 个，不能确定 {len(unsure)} 个"
    offline = bool(dead) and all(r.reason == NO_HOST for r in m.links)
    if offline:
        return Line(title, standard, source, State.HUMAN, f"共 {m.external} 个，一个网站也找不到，本机可能没有连网")
    state = State.FAILED if dead else State.HUMAN if unsure or len(m.links) < m.external else State.PASSED
    return Line(
        title, standard, source, state, figure, tuple(f"{r.url} {r.reason}（{r.where}）" for r in dead + unsure)
    )


def _search(m: Material) -> Line:
    on = m.dataset.settings.search
    standard = "有信息检索、查阅、下载功能"
    return Line(
        "站内检索",
        standard,
        "R1.9（条例第二十四条）；2019 年检查指标",
        _state(not on),
        "已开启" if on else "已关闭（search: false）",
    )


def _sources(m: Material) -> Line:
    return _findings(m, "信息来源", "转载注明来源单位，不写“本网”", "R1.1、R3.2", "GK212")


def _laws(m: Material) -> Line:
    return _findings(
        m, "法规名称和文号", "引用现行有效的法规，名称文号写对", "R2.8、R8.2", "GK811", "GK812", "GK813", "GK814"
    )


def _titles(m: Material) -> Line:
    return _findings(m, "标题和体裁", "标题不重复，与体裁和正文相符", "R7.3、R8.2", "GK821", "GK822", "GK823", "GK824")


def _leftovers(m: Material) -> Line:
    return _findings(
        m,
        "残留文字",
        "没有模板说明、网页框架文字和丢失的文件名",
        "R2.8、R8.2",
        "GK825",
        "GK826",
        "GK827",
        "GK828",
        "GK829",
    )


def _findings(m: Material, title: str, standard: str, source: str, *codes: str) -> Line:
    """A line that is made of findings; where the site has silenced their rule, a human has to look."""
    found, off = m.found(*codes), m.off(*codes)
    figure = f"发现 {len(found)} 处" if found else "没有发现问题"
    if off:
        figure += f"；已在设置中关闭：{'；'.join(off)}"
    state = State.HUMAN if off and not found else _state(found)
    return Line(title, standard, source, state, figure, _where(found))


_VETO: tuple[Callable[[Material], Line], ...] = (
    _human(
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
    _human("互动回应差", "咨询留言三个月内都有答复", "R3.7；网站普查评分表", "请查看县级网站的留言系统"),
    _guides,
)
_SCORED: tuple[Callable[[Material], Line], ...] = (
    _policy,
    _interpretations,
    _statistics,
    _staff,
    _plans,
    _times,
    _tags,
    _marks,
    _columns,
    _guide,
    _inner_links,
    _outer_links,
    _search,
    _sources,
    _laws,
    _titles,
    _leftovers,
    _human("留言答复", "两个月内答复，否则扣 3 分", "R3.7；2019 年检查指标", "请查看县级网站的留言系统"),
    _human("IPv6 访问", "支持 IPv6 访问", "R3.11；2019 年检查指标", "由承载网站的服务器决定"),
)
