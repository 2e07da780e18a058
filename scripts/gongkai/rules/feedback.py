"""The books of opinions (feedback/*.csv): no personal data, days in order, answers in time. Codes GK858 to GK869."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath

from gongkai.dataset import Dataset
from gongkai.model import Finding, FindingType, Place, Severity
from gongkai.model.feedback import FOLDER, Feedback, book_file
from gongkai.reading import feedback_codes as reading_codes
from gongkai.reading.nearest import nearest, phrase
from gongkai.rules import persons
from gongkai.rules.kind import Rule

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
MONTHS = 2
"""Months in which a message is answered (R3.7: replies to 留言, 2 months)."""

_PRIVACY = "《个人信息保护法》第六条（最小范围，R5.1）"
_REPLIES = "政府网站检查指标：留言在2个月内答复（R3.7）"

PERSONAL_COLUMN = FindingType(
    code="GK858",
    severity=E,
    title="意见记录簿里有个人信息的列",
    message="“{column}”这一列要填个人信息。",
    hint="请删去这一列；记录簿只写编号和内容摘要，提意见的人的姓名、电话留在纸质登记里。",
    source=_PRIVACY,
    why="谁提了什么意见，本身就是个人信息，记录簿用不着。",
)
PERSONAL_NUMBER = FindingType(
    code="GK859",
    severity=E,
    title="意见记录簿里有个人的号码",
    message="“{column}”里有{kind}（{shown}）。",
    hint="请删去号码，只写编号，如：YJ2026-001。已经提交到版本库的，请联系管理员清理历史记录。",
    source=_PRIVACY,
    why="记录簿只用来统计和督办，用不着个人信息。",
)
PERSON_NAME = FindingType(
    code="GK860",
    severity=W,
    title="意见记录簿里像有人名",
    message="“{column}”里的“{shown}”像是人名。",
    hint="请改成不含姓名的写法，如：有村民反映路灯不亮；不是人名的，可在 mkdocs.yml 的 rules 中说明理由后关闭本项。",
    source=_PRIVACY,
    why="谁提了什么意见，本身就是个人信息。",
)
OUT_OF_ORDER = FindingType(
    code="GK861",
    severity=E,
    title="意见的答复早于收到",
    message="答复日期 {answered} 早于收到日期 {received}。",
    hint="请核对这两个日期，如：收到日期 {answered}，答复日期 {received}",
    source="R4.9（日期先后）",
    why="先有意见才有答复，多半是写反了或年份写错。",
)
IN_FUTURE = FindingType(
    code="GK862",
    severity=W,
    title="意见记录簿的日期在将来",
    message="“{column}”{day} 还没有到（今天是 {today}）。",
    hint="请填实际发生的日期，如：{today}；还没有答复的空着。",
    source="R4.9（如实登记）",
    why="年份写错时最容易出现。",
)
NOT_ANSWERED = FindingType(
    code="GK863",
    severity=W,
    title="意见过了2个月没有答复",
    message="{received} 收到的{kind}应在 {due} 前答复，今天是 {today}，还没有答复日期。",
    hint="请尽快答复，并填写“处理情况”和“答复日期”，如：{today}",
    source=_REPLIES,
    why="留言超过2个月不答复要扣分，超过3个月单项否决。",
)
DUPLICATE = FindingType(
    code="GK864",
    severity=E,
    title="意见编号重复",
    message="编号“{value}”与 {other}相同。",
    hint="请改成不重复的编号，如：YJ{year}-{n}",
    source="一事一号",
    why="编号重复，就对不上纸质登记。",
)
WRONG_YEAR = FindingType(
    code="GK865",
    severity=E,
    title="意见登记在别的年份",
    message="收到日期 {received} 不是 {year} 年，这本记录簿是 {year} 年的。",
    hint="请核对收到日期；日期没错的，请移到 {right}",
    source="记录簿一年一本",
    why="按收到的年份登记，年度统计才对得上。",
)
IN_PUBLIC_FOLDER = FindingType(
    code="GK866",
    severity=E,
    title="意见记录簿放进了会发布的文件夹",
    message="记录簿在 {folder} 里，生成网站时会原样发布出去。",
    hint="请把 feedback 文件夹移到 mkdocs.yml 旁边，与 {docs} 并列。",
    source=_PRIVACY,
    why="记录簿只供内部督办和统计，不公开。",
)
UNKNOWN_UNIT = FindingType(
    code="GK867",
    severity=W,
    title="意见的承办单位不认识",
    message="“承办单位”：设置里没有“{value}”{nearest}。",
    hint="请写 mkdocs.yml 的 units 里的名称，如：{example}",
    source="台账按责任单位统计",
    why="单位写法不一致，就统计不到一起。",
)

TYPES: tuple[FindingType, ...] = (
    *reading_codes.ALL,
    *(value for value in list(globals().values()) if isinstance(value, FindingType)),
)
_CODES = persons.PersonCodes(PERSONAL_COLUMN, PERSONAL_NUMBER, PERSON_NAME, IN_PUBLIC_FOLDER)


def _place(record: Feedback) -> Place:
    return Place(record.file, record.line)


def personal_columns(dataset: Dataset) -> Iterator[Finding]:
    """A heading that asks for personal data, filled in or not."""
    return persons.personal_columns(dataset.feedback.headings, _CODES)


def personal_data(dataset: Dataset) -> Iterator[Finding]:
    """Numbers and names of persons in any cell (R5.7)."""
    return persons.personal_data(dataset.feedback.cells, _CODES)


def days(dataset: Dataset) -> Iterator[Finding]:
    """Answered after it was received, nothing to come, and answered within two months (R3.7)."""
    today = dataset.today
    for record in dataset.feedback.records:
        place, answered = _place(record), record.answered_on
        if answered and answered < record.received:
            yield OUT_OF_ORDER.at(place, field="answered_on", answered=answered, received=record.received)
        for key, column, day in (("received", "收到日期", record.received), ("answered_on", "答复日期", answered)):
            if day and day > today:
                yield IN_FUTURE.at(place, field=key, column=column, day=day, today=today)
        if answered is None and today > (due := answer_due(record.received)):
            values = {"received": record.received, "kind": record.kind, "due": due, "today": today}
            yield NOT_ANSWERED.at(place, field="answered_on", **values)


def answer_due(received: dt.date) -> dt.date:
    """The last day for an answer: the same day two months later, or the last of a shorter month."""
    months = received.year * 12 + received.month - 1 + MONTHS
    year, month = divmod(months, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(received.day, calendar.monthrange(year, month + 1)[1]))


def numbers(dataset: Dataset) -> Iterator[Finding]:
    """One number for one opinion, over all years."""
    first: dict[str, Feedback] = {}
    for n, record in enumerate(dataset.feedback.records, 1):
        other = first.setdefault(record.number, record) if record.number else record
        if other is not record:
            where = f"{other.file} 第 {other.line} 行的"
            values = {"value": record.number, "other": where, "year": record.received.year, "n": f"{n:03d}"}
            yield DUPLICATE.at(_place(record), field="number", **values)


def years(dataset: Dataset) -> Iterator[Finding]:
    """An opinion stands in the book of the year in which it came."""
    for record in dataset.feedback.records:
        year = PurePosixPath(record.file).stem
        if str(record.received.year) != year:
            right = book_file(record.received.year)
            yield WRONG_YEAR.at(_place(record), field="received", received=record.received, year=year, right=right)


def units(dataset: Dataset) -> Iterator[Finding]:
    """The unit that deals with it is one of the township's."""
    known = dataset.profile.unit_by_name
    names = [unit.name for unit in dataset.profile.units]
    for record in dataset.feedback.records:
        if record.unit and record.unit not in known:
            near = nearest(record.unit, names, limit=1)
            example = (near or names or [""])[0]
            values = {"value": record.unit, "nearest": phrase(near), "example": example}
            yield UNKNOWN_UNIT.at(_place(record), field="unit", **values)


def in_public_folder(dataset: Dataset) -> Iterator[Finding]:
    """A book among what MkDocs copies into the site."""
    return persons.in_public_folder(dataset, FOLDER, _CODES)


RULES: tuple[Rule, ...] = (personal_columns, personal_data, days, numbers, years, units, in_public_folder)
