"""Records for tests of the search: random sentences with rare characters, digits, punctuation, accents, attachments."""

from __future__ import annotations

import random

from gongkai.search.records import FileText, SearchRecord

SEED_TEXT = (
    "经本人申请村民委员会评议和公示镇人民政府审核确认下列家庭符合最低生活保障条件现予公示如有异议"
    "请在公示期内向社会事务办公室反映农村危房改造补助资金耕地地力保护补贴临时救助特困人员供养残疾人"
    "两项补贴产业扶持项目到户清单村级财务收支明细养老服务补贴义务教育招生划片征地补偿安置方案应急预案"
)
FIELDS = ["社会救助", "农村危房改造", "涉农补贴", "养老服务"]
UNITS = ["社会事务办公室", "财政所", "规划建设和生态环境办公室"]
YEARS = ["2024", "2025", "2026"]
ODD = ["é", "が", "か", "ﬁ", "①", "Σ", "𠮷", "\U00031350", "가", "ガ", "ß", "İ"]


def make_records(count: int, seed: int = 4) -> list[SearchRecord]:
    """``count`` records. Many share a date; every tenth has an attachment, some of them a long one."""
    rnd = random.Random(seed)

    def sentence(length: int) -> str:
        start = rnd.randrange(len(SEED_TEXT))
        cut = (SEED_TEXT * 2)[start : start + length]
        rare = "".join(chr(rnd.randrange(0x4E00, 0x5400)) for _ in range(rnd.randrange(25)))
        return cut + rare + (rnd.choice(ODD) if rnd.random() < 0.1 else "")

    records = []
    for number in range(count):
        year = rnd.choice(YEARS)
        unit, field = rnd.choice(UNITS), rnd.choice(FIELDS)
        facets = {
            "field": field,
            "unit": unit,
            "year": year,
            "method": "主动公开",
            "validity": rnd.choice(["有效", "有效", "有效", "废止"]),
            "kind": "公开信息",
        }
        blocks = [f"{sentence(18)}，{sentence(25)}；合计{rnd.randrange(10**5)}元。" for _ in range(7)]
        blocks.append(f"示政发〔{year}〕{number}号")
        files = ()
        if number % 10 == 0:
            rows = 150 if number % 50 == 0 else 3
            files = (FileText(f"附件{number}", tuple(f"{sentence(20)} | {sentence(9)}" for _ in range(rows))),)
        records.append(
            SearchRecord(
                url=f"items/{'公示' if number % 9 == 0 else 'x'}-{number}.html",
                title=f"{sentence(9)}（第{number}号）",
                date=f"{year}-{rnd.randrange(1, 4):02d}-{rnd.randrange(1, 4):02d}",
                blocks=tuple(blocks),
                meta={"unit": unit},
                facets=facets,
                names=(field, unit),
                files=files,
            )
        )
    return records


SPECIAL = [
    SearchRecord("items/a.html", "𠮷某某低保公示", "2026-09-09", ("王\U00031350的<b>补助</b> & ＡＢＣ１２",)),
    SearchRecord("items/b.html", "关于<script>alert(1)</script>的说明", "2026-09-08", ("葛\U000e0100某领取", "a\nb")),
    SearchRecord("guide.html", "办事指南", "", ("电话 0666-5550100",), {}, {"kind": "指南和栏目"}),
]


def texts_of(record: SearchRecord) -> tuple[tuple[str, ...], ...]:
    """The texts of a record by zone: title, names, body, attachments."""
    return (record.title,), record.names, record.blocks, tuple(block for file in record.files for block in file.blocks)
