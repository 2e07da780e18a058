"""The corpus of benchmarks/search.py: records of seeded random sentences, behind the demonstration township's own.

Sentences are rows of words: names of entries, elements, laws and units out of the catalogue, everyday words, and a
long tail of made-up names of persons and places, numbers and dates. Where a word ends is known, so that queries can
be drawn that cut words. The same seed gives the same records and queries.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re
import unicodedata
from pathlib import Path

import yaml
from msgspec.structs import replace

from gongkai.gather import gather
from gongkai.render.item_page import body_of
from gongkai.render.markdown import Body
from gongkai.search.attachments import FileTexts
from gongkai.search.collect import item_record
from gongkai.search.records import FileText, SearchRecord

ROOT = Path(__file__).resolve().parents[1]
TODAY = dt.date(2026, 11, 20)
FIELDS = sorted((ROOT / "catalogue/fields").glob("*.yaml"))
UNITS = (  # noqa: SIM905 - words read better as a text
    "党政综合办公室 社会事务办公室 财政所 规划建设和生态环境办公室 农业农村办公室 综合行政执法队 退役军人服务站 便民服务中心 应急管理办公室"
).split()
EVERYDAY = (  # noqa: SIM905 - same
    "的 和 在 为 对 按照 根据 经 由 已 现 将 及 与 等 共 向 从 其中 有关 全部 部分 进一步 切实 认真 及时 统一 公开 公示 审核 审批 申请 "
    "受理 评议 确认 发放 拨付 补助 补贴 资金 项目 工程 名单 标准 对象 家庭 农户 村民 群众 居民 人员 干部 负责人 单位 部门 工作 情况 "
    "问题 措施 要求 办法 方案 意见 通知 规定 制度 机制 责任 监督 检查 管理 服务 保障 生活 生产 安全 环境 卫生 教育 养老 医疗 住房 土地 "
    "农业 水利 道路 饮水 灌溉 种植 养殖 加工 合作社 村委会 居委会 镇人民政府 县人民政府 年度 季度 本月 上半年 下半年 以来 之前 之后 期间 "
    "完成 开展 实施 推进 落实 加强 提高 改善 增加 减少 支持 鼓励 组织 建立 健全 完善 制定 印发 执行 解决 处理 反映 举报 答复 办理 "
    "符合 条件 超过 不足 以上 以下 每人 每户 每亩 每月 合计 平均 增长 下降 收入 支出 预算 决算 结余 收据 发票 合同 招标 采购 验收"
).split()
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文辉力海燕斌波宇浩凯健俊帆雪荣爱梅琳晨光东南亭云春松林泉山石岩溪河湖清"
PLACES = "上下东西南北大小新老前后石木水火土金桥塘坪湾坝岭冲岗畈沟垭口坡山溪河泉井田园林场院屋房庙亭"


class Words:
    """A source of words, Zipf's way: the first ones often, the long tail each rarely."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        known: dict[str, None] = dict.fromkeys(EVERYDAY)
        for path in FIELDS:
            field = yaml.safe_load(path.read_text("utf-8"))
            texts = [field["field"]["name"], field["field"]["intro"]]
            texts += [t for e in field["entries"] for t in (e["level1"], e["level2"], *e.get("elements", ()))]
            for text in texts:
                known.update(dict.fromkeys(re.findall(r"[\u4e00-\u9fff]{2,8}", str(text))))
        rest = sorted(set(known) - set(EVERYDAY))
        chance.shuffle(rest)
        self.words = [*EVERYDAY, *rest]
        self.weights = list(itertools.accumulate(1 / (n + 3) for n in range(len(self.words))))

    def word(self) -> str:
        """A word, in one of eight cases a name, a number or a date."""
        chance = self.chance
        kind = chance.randrange(32)
        if kind == 0:
            return chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
        if kind == 1:
            return "".join(chance.choice(PLACES) for _ in range(2)) + chance.choice(
                ("村", "组", "社区", "水库", "小学")
            )
        if kind == 2:
            return str(chance.randrange(10 ** chance.randint(1, 6))) + chance.choice("元户人亩米")
        if kind == 3:
            return f"{chance.randint(2019, 2026)}年{chance.randint(1, 12)}月"
        return chance.choices(self.words, cum_weights=self.weights)[0]

    def sentence(self) -> list[str]:
        """The words of a sentence of about 15 to 60 letters, with a mark at its end."""
        return [*(self.word() for _ in range(self.chance.randint(5, 16))), self.chance.choice("，，，。。；：、")]


def demonstration() -> list[SearchRecord]:
    """The records of the demonstration township's published items, with their attachments."""
    dataset = gather(ROOT / "mkdocs.yml", TODAY).dataset
    return [
        item_record(dataset, item, Body("", ()) if item.on_request else body_of(dataset, item), FileTexts())
        for item in dataset.published
    ]


def corpus(count: int, seed: int = 1) -> tuple[list[SearchRecord], list[list[str]]]:
    """``count`` records, the random ones of 300 to 1,500 letters (830 on average), and the words of every block of the random ones."""
    chance = random.Random(seed)
    words = Words(chance)
    names = [yaml.safe_load(path.read_text("utf-8")) for path in FIELDS]
    records = demonstration()[:count]
    blocks_as_words: list[list[str]] = []
    for number in range(len(records), count):
        field = chance.choice(names)
        entry, unit = chance.choice(field["entries"]), chance.choice(UNITS)
        day = dt.date(2026, 11, 19) - dt.timedelta(chance.randrange(3 * 365))
        room, blocks = chance.triangular(300, 1500, 690), []
        while room > 0:
            block = []
            for _ in range(chance.randint(1, 4)):
                sentence = words.sentence() if room > 0 else []
                block += sentence
                room -= sum(map(len, sentence))
            blocks_as_words.append(block)
            blocks.append("".join(block))
        title = (
            f"{day.year}年{''.join(words.word() for _ in range(chance.randint(2, 4)))}{entry['level2']}（第{number}号）"
        )
        validity = chance.choice(("有效", "有效", "有效", "废止"))
        facts = (f"11999999MB0000001X/{day.year}-{number:05d}", day.isoformat(), "主动公开", validity)
        records.append(
            SearchRecord(
                url=f"items/{day.year}-{number:05d}.html",
                title=title,
                date=day.isoformat(),
                names=(field["field"]["name"], entry["level1"], entry["level2"], unit),
                blocks=(*blocks, *facts),
                meta={
                    "unit": unit,
                    "field": field["field"]["name"],
                    "entry": entry["level2"],
                    "index_number": facts[0],
                },
                facets={
                    "field": field["field"]["name"],
                    "unit": unit,
                    "year": f"{day.year}年",
                    "method": "主动公开",
                    "validity": validity,
                    "kind": chance.choice(("公开信息", "公开信息", "公开信息", "情况说明")),
                },
            )
        )
    return records, blocks_as_words


def edited(records: list[SearchRecord]) -> list[SearchRecord]:
    """The records after one edit: one in the middle has another first paragraph."""
    middle = len(records) // 2
    old = records[middle]
    new = replace(old, blocks=("本段已经更正，以此为准。", *old.blocks[1:]))
    return [*records[:middle], new, *records[middle + 1 :]]


def plain(text: str) -> str:
    """What the grep looks at: width and case made equal, white space dropped. Not the product's own function."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower())


def queries(blocks: list[list[str]], count: int, seed: int = 2) -> list[tuple[str, bool]]:
    """``count`` blind substrings of 2 to 6 letters, and whether each cuts a word; every other one does."""
    chance = random.Random(seed)
    found: dict[str, bool] = {}
    while len(found) < count:
        block = chance.choice(blocks)
        text = plain("".join(block))
        ends = {0}
        for word in block:
            ends.add(max(ends) + len(plain(word)))
        start = chance.randrange(len(text))
        end = start + chance.randint(2, 6)
        query = text[start:end]
        cuts = start not in ends or end not in ends
        if end <= len(text) and query.isalnum() and query not in found and cuts == bool(len(found) % 2):
            found[query] = cuts
    return list(found.items())


def grep(records: list[SearchRecord], query: str) -> tuple[set[int], set[int]]:
    """The records (by their number) with the query in any text, and those with it in the title."""
    return _grep(_texts(records), query)


_TEXTS: dict[int, list[tuple[str, str]]] = {}


def _texts(records: list[SearchRecord]) -> list[tuple[str, str]]:
    if id(records) not in _TEXTS:
        _TEXTS[id(records)] = [
            (plain(r.title), "\n".join(plain(t) for t in (r.title, *r.names, *r.blocks, *_of_files(r.files))))
            for r in records
        ]
    return _TEXTS[id(records)]


def _of_files(files: tuple[FileText, ...]) -> list[str]:
    return [block for file in files for block in file.blocks]


def _grep(texts: list[tuple[str, str]], query: str) -> tuple[set[int], set[int]]:
    return (
        {n for n, (_, text) in enumerate(texts) if query in text},
        {n for n, (title, _) in enumerate(texts) if query in title},
    )
