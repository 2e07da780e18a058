"""The scored lines of the inspection sheet (R3.2 to R3.7, R8.2)."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.online import NO_HOST
from gongkai.rules.inspection.freshness import newest_by_kind
from gongkai.rules.inspection.interpretation import uninterpreted
from gongkai.rules.inspection.material import Line, Material, State, human, named, verdict, where
from gongkai.rules.inspection.tags import domain_problem


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
    return Line(title, standard, source, verdict(best.stale(m.dataset.today)), figure, named(stale))


def _interpretations(m: Material) -> Line:
    missing = list(uninterpreted(m.dataset))
    behind = tuple(f"{i.file} {i.title}" for i in missing)
    standard = "行政规范性文件有解读材料，并相互关联"
    return Line("发布解读：政策解读", standard, "R3.5", verdict(missing), f"缺解读的文件 {len(missing)} 份", behind)


def _times(m: Material) -> Line:
    undated = m.found("GK104", "GK102")
    bad = tuple(f for f in undated if f.field == "published_on")
    midnight = sum(i.published_time is None for i in m.dataset.published)
    figure = f"没有发布日期的 {len(bad)} 条；没有写几时几分的 {midnight} 条（标签按 00:00）"
    standard = "每条信息注明发布时间，未注明的视为不更新"
    return Line("发布时间", standard, "R3.2、R3.7", verdict(bad), figure, where(bad))


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
    return Line("网页标签", standard, "R3.2；政府网站发展指引附件", verdict(missing), figure, tuple(missing))


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
        verdict(not on),
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
    state = State.HUMAN if off and not found else verdict(found)
    return Line(title, standard, source, state, figure, where(found))


SCORED: tuple[Callable[[Material], Line], ...] = (
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
    human("留言答复", "两个月内答复，否则扣 3 分", "R3.7；2019 年检查指标", "请查看县级网站的留言系统"),
    human("IPv6 访问", "支持 IPv6 访问", "R3.11；2019 年检查指标", "由承载网站的服务器决定"),
)
