"""The draft of an annual report: front matter, six parts, tables. Pure: dataset and figures in, Markdown out."""

from __future__ import annotations

import datetime as dt

from gongkai.dataset import Dataset
from gongkai.model import Entry, Item, Unit, annual
from gongkai.model.request import REMEDIES_FILE, register_file
from gongkai.reports.annual import sentences, tables
from gongkai.reports.annual.figures import Figures
from gongkai.rules.annual.report import reports
from gongkai.rules.numbers.review import reviewer

_NUMERALS = "一二三四五六"


def entry_of(dataset: Dataset) -> Entry | None:
    """The row of the township's catalogue for annual reports."""
    return next((e for e in dataset.catalogue.own_entries() if annual.holds_annual_reports(e)), None)


def report_of(dataset: Dataset, year: int) -> Item | None:
    """The annual report of ``year`` among the items, drafts included."""
    return next((r.item for r in reports(dataset) if r.year == year), None)


def organ(dataset: Dataset) -> str:
    """The township's government without its county: 示范镇人民政府."""
    profile = dataset.profile
    return profile.full_name.removeprefix(profile.county or "")


def title(dataset: Dataset, year: int) -> str:
    """The title in the official form."""
    return f"{organ(dataset)}{year}年政府信息公开工作年度报告"


def draft(dataset: Dataset, figures: Figures, entry: Entry, unit: Unit) -> str:
    """The whole text."""
    parts = [_front_matter(dataset, figures, entry, unit), _opening(dataset, figures)]
    bodies = (_one(figures), _two(figures), _three(figures), _four(figures), _five(dataset, figures), _six(figures))
    for n, (name, body) in enumerate(zip(annual.PARTS, bodies, strict=True)):
        parts.append(f"## {_NUMERALS[n]}、{name}\n\n{body}")
    parts.append(f"{organ(dataset)}\n\n{_chinese(dataset.today)}")
    return "\n\n".join(parts) + "\n"


def _chinese(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _front_matter(dataset: Dataset, figures: Figures, entry: Entry, unit: Unit) -> str:
    year, today, heading = figures.year, dataset.today, title(dataset, figures.year)
    before = report_of(dataset, year - 1)
    lines = [
        "---",
        "draft: true  # 写好后删去这一行",
        f"title: {heading}",
        f"entry: {entry.id}  # {dataset.catalogue.path(entry)}",
        f"responsible_unit: {unit.name}",
        f"method: {entry.methods[0] if entry.methods else '主动公开'}",
        f"formed_on: {today}  # 成文日期",
        f"published_on: {today}  # 发布日期",
        f"period: {year}",
        "subject: 综合政务",
        "genre: 报告",
        "keywords: [信息公开, 年度报告, 年报]",
        f"summary: {year}年主动公开、依申请公开、信息管理、平台建设、监督保障和行政复议诉讼情况。",
        f"review: {{by: {reviewer(dataset.profile)}, on: {today}}}  # 保密审查",
    ]
    if before is not None:
        lines.append(f"related: [{before.address}]")
    # The rows of catalogues name part 4 in other words than the form of the report.
    if named := [e for e in entry.elements if "复议" in e and e not in annual.PARTS]:
        lines += ["elements:", *(f"  {name}: 见第四部分“{annual.PARTS[3]}”" for name in named)]
    return "\n".join([*lines, "---"])


def _opening(dataset: Dataset, figures: Figures) -> str:
    contact, year = dataset.profile.contact, figures.year
    until = figures.until
    term = f"{year}年1月1日至{until.month}月{until.day}日"
    if not figures.whole_year:
        term += "（年度还没有结束，本稿只供预览，年后请重新生成）"
    reach = "；".join(
        part
        for part in (
            f"地址：{contact.address}" if contact.address else "",
            f"电话：{contact.telephone}" if contact.telephone else "",
        )
        if part
    )
    office = contact.office or organ(dataset)
    return (
        "本报告依据《中华人民共和国政府信息公开条例》（国务院令第711号）和《中华人民共和国政府信息公开工作年度报告格式》"
        f"（国办公开办函〔2021〕30号）编制。数据统计期限为{term}。"
        f"对本报告有疑问，请与{office}联系{f'（{reach}）' if reach else ''}。"
    )


def _one(figures: Figures) -> str:
    return "\n\n".join(
        f"**{topic}**：{sentence(figures)}" for topic, sentence in zip(annual.TOPICS, sentences.TOPICS, strict=True)
    )


def _two(figures: Figures) -> str:
    p = figures.proactive
    known = {"rules": (0, 0, 0), "normative": (len(p.issued), len(p.repealed), p.in_force)}
    note = "<!-- 行政许可、行政处罚、行政强制、收费按业务台账填写全年数（本站只公开其中一部分，不能代替）；没有的填 0，不留空。-->"
    return f"{note}\n\n{tables.part_two(known)}"


def _three(figures: Figures) -> str:
    file = register_file(figures.year)
    source = (
        f"数字由 {file} 计算"
        if figures.part_three
        else f"没有 {file}，数字空着；新建登记簿：gongkai requests --new {figures.year}"
    )
    note = f"<!-- {source}；没有的填 0，不留空。-->"
    return f"{annual.SUM_NOTE}。单位：件。\n\n{note}\n\n{tables.part_three(figures.part_three)}"


def _four(figures: Figures) -> str:
    source = f"数字由 {REMEDIES_FILE} 计算" if figures.part_four else f"没有 {REMEDIES_FILE}，数字空着"
    note = f"<!-- {source}；没有的填 0，不留空。-->"
    return f"单位：件。\n\n{note}\n\n{tables.part_four(figures.part_four)}"


def _five(dataset: Dataset, figures: Figures) -> str:
    before = next((r for r in reports(dataset) if r.year == figures.year - 1), None)
    told = [text for _, text in before.texts(4)] if before else []
    reminder = "".join(f"<!-- {figures.year - 1}年报告写的：{text.replace('--', '——')} -->\n\n" for text in told)
    return reminder + sentences.problems(figures)


def _six(figures: Figures) -> str:
    return sentences.other_matters(figures)
