"""What a table may tell about persons besides their numbers: headings, minors, illness."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from gongkai.model import Finding, FindingType
from gongkai.patterns import regex
from gongkai.privacy.headings import dangers, is_total, minors, name_columns
from gongkai.rules.privacy import codes

_ILLNESS = regex(
    r"[\u4e00-\u9fff]{0,3}(?:癌|肿瘤|白血病|尿毒症|肾衰竭|透析|精神病|精神分裂|精神障碍|抑郁症|癫痫|艾滋|HIV|乙肝|肝炎|肝硬化|肺结核|结核病|尘肺|糖尿病|高血压|冠心病|心脏病|脑梗|脑瘫|脑出血|脑溢血|"
    r"中风|偏瘫|瘫痪|帕金森|老年痴呆|阿尔茨海默|白内障|红斑狼疮|风湿|骨折|截肢|植物人|血友病|唐氏|自闭症|孤独症)"
    r"|(?:肢体|视力|听力|言语|智力|精神|多重)(?:残疾)?[一二三四1-4]?级?残疾?(?<=[残疾级])|残疾[一二三四]级|[一二三四]级残疾|聋哑|失明|侏儒"
)
_BY_DISABILITY = regex(r"补贴|补助|护理|类别|项目|政策|标准")
Say = Callable[..., Finding]


def judge(header: Sequence[str], rows: Sequence[Sequence[str]], where: str, say: Say) -> Iterator[Finding]:
    """Findings about one table. ``say(kind, row, **values)`` makes a finding; row -1 is the heading."""
    columns = name_columns(header, rows)
    pupils = set(minors(header))
    for danger in dangers(header, rows, persons=bool(columns)):
        kind: FindingType = codes.DANGEROUS_HEADING
        if danger.what == "出生日期" and pupils:
            kind = codes.MINORS
        yield say(kind, -1, where=where, heading=danger.heading, what=danger.what)
    for n in columns:
        if n in pupils:
            yield say(codes.MINORS, -1, where=where, heading=header[n].strip())
    if columns:
        yield from _illness(header, rows, columns, where, say)


def _illness(
    header: Sequence[str], rows: Sequence[Sequence[str]], columns: tuple[int, ...], where: str, say: Say
) -> Iterator[Finding]:
    told: set[str] = set()
    for n, row in enumerate(rows):
        if is_total(row):
            continue
        for m, cell in enumerate(row):
            match = _ILLNESS.search(cell) if m not in columns else None
            if (
                match is None
                or match[0] in told
                or (m < len(header) and "补贴" in cell and _BY_DISABILITY.search(header[m]))
            ):
                continue
            told.add(match[0])
            yield say(codes.ILLNESS, n, where=where, word=match[0])
