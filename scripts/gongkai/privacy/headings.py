"""Tables that list persons, and the headings under which personal data stand in them (R5.3, R5.7). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from gongkai.patterns import regex
from gongkai.privacy.names import full_name, name_like

_BLANKS = regex(r"[\s\u3000*＊：:]+")
_NOTE = regex(r"[（(][^（）()]*[)）]$")
# Headings of columns that hold names of private persons. The first always do, the second when the cells look like names.
_NAME = regex(
    r"(?:.{0,6}姓名|户主(?:名)?|.{0,4}(?:申请|购机|受助|受益|领取|领款|代领|被救助|救助|保障|享受|监护|被征收|承包|搬迁|改造|参保|投保|受灾)(?:对象|人员?|者|户)(?:姓名|名单|名称)?|"
    r"(?:农|贫困|低保|脱贫|监测|特困|被征|补贴|种植|养殖)户(?:主)?(?:姓名|名称)?|名单)$"
)
_NAME_BY_CELLS = regex(
    r"(?:.{0,4}(?:对象|人员|成员|产权人|所有权人|使用权人|学员|患者|子女|配偶|户名|承包方|权利人|名称))$"
)
_NOT_NAMES = regex(
    r"(?:公开|服务|适用|面向|监管|检查|培训|宣传|发放|实施)对象$|(?:单位|机构|项目|企业|公司|文件|事项|物资|产品|学校|资金|补贴项目).{0,2}名称$"
)
_MINOR = regex(
    r"(?:学生|幼儿|儿童|孩子|婴儿|小孩|未成年人|未成年子女|孤儿|新生)(?:姓名|名单|名字)$|^(?:学生|幼儿|儿童|孤儿)$"
)
_OFFICIAL = regex(
    r"(?:任职|免职|职务|现任|拟任|分管|分工|主管|岗位职责|工作职责|职责|执业|律师|执法证|负责人|值班|坐诊|科室|职称|授课|课程|包保|包村|驻村|网格长|河长|林长|路长|接访|窗口|窗口号)"
)
_CONTACT = regex(
    r"(?:机构|单位|部门|网点|服务点|窗口|渠道|站点|中心|学校|医院|卫生院|卫生室|村委会|办公室|调解委员会|负责人|联系人|联络员|责任人|值班|服务|地点|方式)"
)
_PEOPLE_ONLY = {
    regex(r"(?:联系|手机|家庭|本人|个人|移动)?(?:电话|手机)(?:号码?)?$|(?:手机|电话|联系)号码$|联系方式$"): "电话",
    regex(r"(?:家庭|详细|现|居住|户籍|户口|家庭详细|本人|通信|通讯)?(?:住址|地址|门牌号?|户口所在地|户籍地)$"): "住址",
    regex(
        r"(?:疾病|所患疾病|病种|病情|诊断|诊断结果|伤病|伤情|患病|患病情况|健康状况|身体状况|疾病名称|病名)(?:名称|情况|种类)?$"
    ): "健康状况",
    regex(r"(?:残疾|伤残|残障|失能)(?:等级|类别|类型|级别|程度|情况|种类|人证号?|证号码?)+$|失能等级$"): "残疾情况",
    regex(r"(?:出生|生日)(?:日期|年月|年月日|时间)?$|出生$"): "出生日期",
    regex(r"监护人(?:姓名|电话|及电话|联系方式)?$"): "监护人",
    regex(r"(?:民族|宗教信仰|政治面貌|婚姻状况|致贫原因|致困原因|家庭困难情况|困难原因)$"): "敏感情况",
}
_ALWAYS = {
    regex(
        r".{0,8}(?:身份证|居民身份证|证件|公民身份|身份号码|有效证件)(?:件)?(?:号|号码|编号|证号|证号码|号码或.*)$|.{0,4}身份证(?:号|号码)?(?:（.*）)?$|身份证明?号码$|公民身份证?号码$"
    ): "身份证号",
    regex(
        r".{0,8}(?:银行|一卡通|社保卡|存折|收款|信用社|个人|本人|领款|补贴|惠农)?(?:卡)?(?:账号|帐号|账户号?|帐户|卡号|存折号|折号|银行卡)(?:码)?$"
    ): "银行账号",
    regex(r"(?:开户行|开户银行|开户行名称)$"): "开户行",
    regex(r"(?:残疾证|残疾人证|户口簿|社保|医保|学籍|护照|社会保障)(?:号|号码|编号|卡号)$"): "证件号",
}
_FORM = regex(
    r"申请表|申请书|登记表|审批表|报名表|申报表|样表|样本|样张|模板|空表|空白|承诺书|委托书|填写说明|格式|合同|协议"
)
_TOTAL = regex(r"\s*(?:合\s*计|总\s*计|共\s*计|小\s*计|累\s*计|总\s*数|全[镇村乡]合计)")
_PLACE_ONLY = regex(r"[\u4e00-\u9fff]{0,12}(?:镇|乡|街道|村|社区|居委会|村委会|组|小组|屯|寨)$")


class Danger(Struct, frozen=True):
    """A heading under which personal data stand: ``column`` from 0, ``what`` they are."""

    column: int
    heading: str
    what: str


def clean(heading: str) -> str:
    """A heading without blanks and the unit in brackets behind it."""
    bare = _BLANKS.sub("", heading)
    return _NOTE.sub("", bare) or bare


def is_total(row: Sequence[str]) -> bool:
    """Whether a row holds totals."""
    return any(_TOTAL.match(cell) for cell in row[:3])


def is_form(title: str) -> bool:
    """Whether a file or sheet is a blank form to be filled in, whose labels are no list."""
    return bool(_FORM.search(title))


@lru_cache(maxsize=8192)
def _name_heading(heading: str) -> int:
    """2: surely a column of names; 1: only when its cells look like names; 0: none."""
    bare = clean(heading)
    if _NOT_NAMES.match(bare):
        return 0
    if _NAME.match(bare) or _MINOR.search(bare):
        return 2
    return 1 if _NAME_BY_CELLS.match(bare) else 0


@lru_cache(maxsize=8192)
def may_name(header: tuple[str, ...]) -> tuple[int, ...]:
    """The columns of a table that may hold names of private persons, by its headings alone."""
    wanted = tuple(n for n, heading in enumerate(header) if _name_heading(heading))
    return () if wanted and any(_OFFICIAL.search(clean(h)) for h in header) else wanted


def name_columns(header: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[int, ...]:
    """The columns of a table that hold the names of private persons, masked or not.

    A column whose heading is sure and whose cells are all empty counts; tables of officials, with their posts and duties, do not.
    """
    wanted = may_name(tuple(header))
    if not wanted:
        return ()
    body = [row for row in rows if not is_total(row)]
    found = []
    for n in wanted:
        cells = [row[n].strip() for row in body if n < len(row) and row[n].strip()]
        like = sum(name_like(cell) for cell in cells)
        if like * 2 > len(cells) or (not cells and _name_heading(header[n]) == 2):
            found.append(n)
    return tuple(found)


def dangers(header: Sequence[str], rows: Sequence[Sequence[str]], *, persons: bool) -> tuple[Danger, ...]:
    """The headings of a table that ask for personal data; some do so only where the table lists ``persons``."""
    found = []
    for n, heading in enumerate(header):
        what, always = _asked(heading)
        if not what or not (always or persons):
            continue
        if what in ("银行账号", "开户行") and not persons and _institution(header):
            continue
        if not _hidden_well(n, what, rows):
            found.append(Danger(n, heading.strip(), what))
    return tuple(found)


@lru_cache(maxsize=8192)
def _asked(heading: str) -> tuple[str, bool]:
    """What a heading asks for, and whether it does so in whatever table; "" for nothing."""
    bare = clean(heading)
    if not bare or len(bare) > 20:
        return "", False
    for table, always in ((_ALWAYS, True), (_PEOPLE_ONLY, False)):
        for pattern, what in table.items():
            if pattern.match(bare):
                return what, always
    return "", False


@lru_cache(maxsize=8192)
def harmless(header: tuple[str, ...]) -> bool:
    """Whether a table with these headings holds no column of names and none that asks for personal data in whatever table."""
    return not may_name(header) and not any(_asked(heading)[1] for heading in header)


def _hidden_well(column: int, what: str, rows: Sequence[Sequence[str]]) -> bool:
    """Whether a column shows no more than the rule allows: masked numbers, addresses down to the village."""
    cells = [r[column].strip() for r in rows if column < len(r) and r[column].strip() and not is_total(r)]
    if not cells:
        return False
    if what == "住址":
        return all(_PLACE_ONLY.match(cell) for cell in cells)
    if what in ("身份证号", "银行账号", "证件号", "电话"):
        return all(re.search(r"[*＊×●■#]{2,}|[xX]{3,}", cell) for cell in cells)
    return False


def _institution(header: Sequence[str]) -> bool:
    return any(_CONTACT.search(clean(h)) for h in header)


def contacts(header: Sequence[str]) -> bool:
    """Whether a table tells how to reach institutions or officials, so that a telephone number in it is meant to be public."""
    return any(_CONTACT.search(clean(h)) or _OFFICIAL.search(clean(h)) for h in header)


def minors(header: Sequence[str]) -> tuple[int, ...]:
    """The columns that hold the names of pupils and children."""
    return _minors(tuple(header))


@lru_cache(maxsize=8192)
def _minors(header: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(n for n, heading in enumerate(header) if _MINOR.search(clean(heading)))


def heading_row(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The row of a sheet that holds the headings: the first of the first dozen with three or more short texts; () if none."""
    for row in rows[:12]:
        filled = [clean(cell) for cell in row if cell.strip()]
        if (
            len(filled) >= 2
            and len(filled) * 2 >= len(row)
            and all(len(cell) <= 24 and not cell.isdigit() for cell in filled)
        ):
            return tuple(row)
    return ()


def split_headings(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], tuple[Sequence[str], ...]]:
    """Headings of a sheet and the rows below them."""
    headings = heading_row(rows)
    if not headings:
        return (), tuple(rows)
    n = next(k for k, row in enumerate(rows) if tuple(row) == headings)
    return headings, tuple(rows[n + 1 :])


def full_names(rows: Iterable[Sequence[str]], columns: Iterable[int]) -> list[str]:
    """The names in ``columns`` that are not masked."""
    wanted = tuple(columns)
    return [
        row[n].strip()
        for row in rows
        if not is_total(row)
        for n in wanted
        if n < len(row) and full_name(row[n].strip())
    ]
