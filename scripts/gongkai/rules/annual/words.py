"""The text of an annual report: what it says must agree with its own tables, its year and the law (R2.6 ⑦, R2.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.model import Finding, annual
from gongkai.patterns import regex
from gongkai.rules.annual import codes
from gongkai.rules.annual.report import Report
from gongkai.rules.annual.said import Said, said
from gongkai.rules.annual.shape import place

_ANSWERED = regex(
    r"(?:均|都|全部)?已?(?:全部)?(?:按照?|依照?|在)[^，。；]{0,12}(?:规定|法定|时限|期限|程序|要求)[^，。；]{0,8}(?:答复|办结|办理|回复)"
    r"|(?:均已|全部|已全部|都已)(?:按[^，。；]{0,4})?(?:答复|办结|办理|回复)|(?:答复|办结)率(?:为|达到?)?100"
)
_NONE = regex(r"没有|未|无需|不存在|无")
_NEWS = regex(
    r"(?:媒体|新闻)(?:报道|稿件|宣传|信息|动态)?[^，。；]{0,10}?\d+(?:余)?[篇条则]"
    r"|(?:发布|刊发|推送|编发|采编|刊登)[^，。；\d]{0,12}(?:新闻|工作动态|政务动态|图文|简报)[^，。；\d]{0,8}\d+(?:余)?[篇条则期]"
    r"|\d+(?:余)?[篇条则](?:新闻|媒体报道|工作动态|宣传稿)"
)
_TABLES = {2: "第二部分的表", 3: "表三", 4: "表四"}
_ODD = regex(r"(\d+)件次")
_LOST = regex(r"(?:根据|依据|按照|遵照)(?:[和及与、，,]|的(?=规定|要求|有关|相关)|《\s*》|(?=[（(]国))[^，。；]{0,12}")
_PERIOD = regex(r"(20\d\d)年1月1日[起]?(?:至|到|—|－|-|~)(?:(20\d\d)年)?12月31日")
_STARTS = regex(r"^(?:[（(]?[一二三四五六][）)、])?\s*(20\d\d)年(?:度)?[，,]")
_TITLE = regex(r"20\d\d年(?:度)?政府信息公开工作年度报告$")
_SUPERVISION = {
    "工作考核": (r"考核", "年度政务公开工作考核，各单位均为合格"),
    "社会评议": (r"评议|满意度|问卷|测评", "社会评议发放问卷300份，满意和基本满意占95%"),
    "责任追究": (r"追究|追责|问责|责任人", "没有发生因政府信息公开工作被追究责任的情形"),
}


def title(report: Report) -> Iterator[Finding]:
    """R2.1: the form of the title, and its year."""
    text, item = re.sub(r"\s+", "", report.item.title), report.item
    if not _TITLE.search(text.strip("《》")):
        organ = re.sub(r"^关于|[（(].*$|20\d\d年?(?:度)?.*$", "", text.strip("《》"))
        right = f"{organ}{report.year}年政府信息公开工作年度报告"
        yield codes.TITLE_FORM.at(item.place("title"), field="title", title=item.title, right=right)
    stated = re.search(r"(20\d\d)年", text)
    if stated and int(stated[1]) != report.year:
        what = f"标题写的是 {stated[1]} 年，period（所属期）是 {report.year}"
        yield codes.WRONG_YEAR.at(
            item.place("title"), field="title", what=what, year=report.year, right=f"{report.year}年"
        )


def years(report: Report) -> Iterator[Finding]:
    """R2.1: the period of the figures, and paragraphs left over from another year's report."""
    for line, text in ((p.line, p.text) for p in report.body.paragraphs):
        for match in _PERIOD.finditer(text):
            first, last = int(match[1]), int(match[2] or match[1])
            if (first, last) != (report.year, report.year):
                right = f"{report.year}年1月1日至12月31日"
                yield _year(report, line, f"统计期限写的是“{match[0]}”", right)
    for line, text in report.texts(0, 4):
        begins = _STARTS.match(text)
        if begins and int(begins[1]) < report.year:
            yield _year(report, line, f"这一段以“{begins[1]}年”开头", f"{report.year}年，……")


def _year(report: Report, line: int, what: str, right: str) -> Finding:
    return codes.WRONG_YEAR.at(place(report, line), what=what, year=report.year, right=right)


def agreement(report: Report) -> Iterator[Finding]:
    """R2.6 ⑦: figures of the text that name a line of a table."""
    for line, text in report.texts(0, 2, 3, 4, 5):
        by_name: dict[str, list[Said]] = {}
        for statement in said(text, report.year):
            by_name.setdefault(statement.name, []).append(statement)
        for name, statements in by_name.items():
            value, table = _in_table(report, statements[0])
            # 因甲不予公开1件，因乙不予公开2件: parts of the number in the table.
            stated = {s.value for s in statements} | {sum(s.value for s in statements)}
            if value is not None and value not in stated:
                yield codes.TEXT_AND_TABLE.at(
                    place(report, line), text=statements[0].text, table=table, name=name, value=value
                )


def _in_table(report: Report, statement: Said) -> tuple[int | None, str]:
    """What the tables say on what the text says, and which table; None when it does not say it."""
    values: list[int | None] = []
    if statement.table == 3 and report.requests:
        cells = [report.requests.cell(key, statement.column) for key in statement.keys]
        values = [c.value if c else None for c in cells]
    elif statement.table == 4 and report.remedies:
        blocks = [report.remedies.block(n) for n in statement.blocks]
        values = [b[-1].value if len(b) == 5 else None for b in blocks]
    elif statement.table == 2:
        line = report.proactive.get(statement.keys[0])
        values = [line.cells[statement.place].value if line and len(line.cells) > statement.place else None]
    known = [v for v in values if v is not None]
    total = sum(known) if values and len(known) == len(values) else None
    return total, _TABLES[statement.table]


def nothing_to_answer(report: Report) -> Iterator[Finding]:
    """R2.8: answers where nobody asked."""
    table = report.requests
    if table is None:
        return
    came = [table.cell(key, annual.TOTAL) for key in (annual.NEW.key, annual.CARRIED_IN.key)]
    if any(cell is None or cell.value != 0 for cell in came):
        return
    for line, text in report.texts(0, 2):
        for sentence in re.split(r"[。；;]", text):
            match = _ANSWERED.search(sentence) if "申请" in sentence else None
            if match and not _NONE.search(match[0]):
                yield codes.NOTHING_TO_ANSWER.at(place(report, line), text=match[0], year=report.year)
                return


def wording(report: Report, published: int) -> Iterator[Finding]:
    """R2.8: news items counted as disclosures, and units that make no sense. ``published`` items of the year are the example."""
    for line, text in report.texts(0):
        for match in _NEWS.finditer(text):
            yield codes.NEWS_COUNTED.at(place(report, line), text=match[0], count=published)
    for line, text in report.texts(*range(6)):
        for match in _ODD.finditer(text):
            yield codes.ODD_WORDS.at(place(report, line), text=match[0], right=f"{match[1]}件")


def lost_names(report: Report) -> Iterator[Finding]:
    """R2.8: 根据和……要求, where the page that was copied had 《…》."""
    for paragraph in report.body.paragraphs:
        for match in _LOST.finditer(paragraph.text):
            yield codes.LOST_NAME.at(place(report, paragraph.line), text=match[0])


def supervision(report: Report) -> Iterator[Finding]:
    """条例 Art. 50 (4): assessment, public appraisal, liability."""
    told = "\n".join(text for _, text in report.texts(0, 4, 5))
    lacking = [name for name, (sign, _) in _SUPERVISION.items() if not re.search(sign, told)]
    if lacking and report.parts:
        line = report.parts[0].title.line if 0 in report.parts else 0
        example = "；".join(_SUPERVISION[name][1] for name in lacking) + "。"
        yield codes.SUPERVISION.at(place(report, line), what="、".join(lacking), example=example)


CHECKS = (title, years, agreement, nothing_to_answer, lost_names, supervision)
