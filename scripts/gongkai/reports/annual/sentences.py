"""Sentences of an annual report with their figures computed, for a clerk to edit. What is not known is asked for in brackets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from gongkai.model import Item, annual
from gongkai.reports.annual.figures import Figures

_TOP_FIELDS = 3
_GROUPS = (
    ("予以公开", "granted"),
    ("部分公开", "partly"),
    ("不予公开", "withheld"),
    ("无法提供", "unable"),
    ("不予处理", "refused"),
    ("其他处理", "other"),
)


def _time(figures: Figures) -> str:
    """The time that is counted, in words."""
    return "全年" if figures.whole_year else f"截至{figures.until.month}月{figures.until.day}日"


def proactive(figures: Figures) -> str:
    """主动公开."""
    p, year = figures.proactive, figures.year
    fields = "、".join(f"{name}{n}条" for name, n in p.by_field[:_TOP_FIELDS])
    parts = [f"{_time(figures)}通过政府网站主动公开政府信息{p.published}条"]
    if fields:
        parts[0] += f"，涉及{len(p.by_field)}个领域、{p.entries}个目录条目，较多的是{fields}"
    if p.statements:
        parts.append(f"没有发生、无需公开的事项发布情况说明{p.statements}条")
    if p.issued:
        parts.append(f"制发行政规范性文件{len(p.issued)}件：{names(p.issued)}")
    else:
        parts.append(f"{year}年没有制发行政规范性文件")
    if p.repealed:
        parts.append(f"废止行政规范性文件{len(p.repealed)}件：{names(p.repealed)}")
    parts.append(_interpretations(p.interpretations, p.interpretations_late))
    return "。".join(part for part in parts if part) + "。"


def _interpretations(count: int, late: int) -> str:
    if not count:
        return ""
    if not late:
        return f"发布政策解读{count}件，均在文件公开后3个工作日内发布"
    return f"发布政策解读{count}件，其中{late}件晚于文件公开后3个工作日"


def names(items: Iterable[Item]) -> str:
    """Documents by their titles."""
    return "".join(f"《{item.title}》" for item in items)


def on_request(figures: Figures) -> str:
    """依申请公开."""
    counts, year = figures.part_three, figures.year
    if counts is None:
        return "（请填写申请和办理情况）"
    new, before = counts[annual.NEW.key], counts[annual.CARRIED_IN.key]
    if not new[-1] and not before[-1]:
        return f"{year}年没有收到政府信息公开申请，也没有上年结转的申请。"
    came = f"{_time(figures)}新收申请{new[-1]}件" + (f"，其中{_applicants(new)}" if new[-1] else "")
    came += f"，上年结转{before[-1]}件" if before[-1] else "，没有上年结转"
    done, left = counts[annual.DONE.key][-1], counts[annual.CARRIED_OUT.key][-1]
    said = [came, f"办结{done}件：{outcomes(counts)}" if done else "年内没有办结的申请"]
    said.append(f"{left}件结转{year + 1}年继续办理" if left else f"没有结转{year + 1}年的申请")
    said.append(_in_time(figures))
    return "。".join(part for part in said if part) + "。"


def _applicants(row: Sequence[int]) -> str:
    return "、".join(f"{name}{n}件" for name, n in zip(annual.APPLICANTS, row, strict=False) if n)


def outcomes(counts: Mapping[str, Sequence[int]]) -> str:
    """``予以公开5件，部分公开1件`` and so on."""
    sums = [
        (word, sum(counts[row.key][-1] for row in annual.RESULTS if row.key.partition("-")[0] == key))
        for word, key in _GROUPS
    ]
    return "，".join(f"{word}{n}件" for word, n in sums if n)


def _in_time(figures: Figures) -> str:
    answers = figures.answers
    if not answers.answered:
        return ""
    said = "全部在法定期限内答复" if not answers.late else f"其中{answers.late}件超过法定期限答复"
    extra = [
        f"{n}件{what}"
        for n, what in (
            (answers.corrected, "经过补正"),
            (answers.consulted, "征求了第三方意见"),
            (answers.extended, "延长了答复期限"),
        )
        if n
    ]
    return "，".join([said, *extra])


def management(figures: Figures) -> str:
    """政府信息管理."""
    p = figures.proactive
    parts = [f"{'年末' if figures.whole_year else ''}现行有效的行政规范性文件{p.in_force}件"]
    if p.published:
        every = "都" if p.reviewed == p.published else f"中，{p.reviewed}条"
        parts.append(f"公开的{p.published}条信息{every}有发布前保密审查记录")
    if p.lists_ended:
        parts.append(f"撤下展示期满的名单{p.lists_ended}份")
    return "；".join(parts) + "。（请补充属性认定、清理和制度修订情况）"


def platform(figures: Figures) -> str:
    """政府信息公开平台建设."""
    p = figures.proactive
    said = f"公开栏按{p.fields_kept}个领域、{p.entries_kept}个目录条目设置，可检索、可下载、可打印"
    said += f"，{_time(figures)}提供附件下载{p.attachments}个" if p.attachments else ""
    return said + "。（请补充专区、村公开栏、电子屏情况）"


def supervision(figures: Figures) -> str:
    """监督保障, with what Art. 50 (4) asks for."""
    p = figures.proactive
    if p.judged:
        share = Decimal((p.judged - p.late) * 100) / p.judged
        said = "有时限的信息均按期公开" if not p.late else f"按期公开率{share:.1f}%，{p.late}条超过时限"
        said += "。"
    else:
        said = ""
    return (
        said + "（请填写培训、通报次数）"
        "工作考核：（请填写结果）。社会评议：（请填写问卷份数和满意情况）。责任追究：（请填写，没有的写没有发生）。"
    )


def problems(figures: Figures) -> str:
    """Part 5: what the figures show, and room for the rest."""
    p, found = figures.proactive, []
    if p.late:
        found.append(f"有{p.late}条信息超过规定时限公开")
    if p.interpretations_late:
        found.append(f"有{p.interpretations_late}件政策解读没有在3个工作日内发布")
    if figures.answers.late:
        found.append(f"有{figures.answers.late}件申请超过法定期限答复")
    said = "；".join(found)
    return f"主要问题：{said + '；' if said else ''}（请填写今年存在的主要问题）\n\n改进情况：（请填写上年问题的整改和今后打算）"


def other_matters(figures: Figures) -> str:
    """Part 6: fees."""
    answers = figures.answers
    if figures.part_three is None:
        return "（请填写是否收取信息处理费）"
    if not answers.charged:
        return "本年度没有收取政府信息公开信息处理费。"
    return f"本年度对{answers.charged}件申请收取政府信息公开信息处理费{answers.fees.normalize():f}元。"


TOPICS = (proactive, on_request, management, platform, supervision)
"""The five topics of part 1, in the order of :data:`gongkai.model.annual.TOPICS`."""
