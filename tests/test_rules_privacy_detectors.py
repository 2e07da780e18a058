"""Recall and false alarms on 5,000 seeded lines; the shapes of single numbers."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import numbers_of_nobody as numbers
from gongkai.privacy import check_digits
from gongkai.privacy.detectors import Hit, Kind, scan

FULL = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")
ERRORS = (Kind.ID, Kind.CARD, Kind.MOBILE)


def spaced(value: str, sign: str, sizes: tuple[int, ...]) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(value[at : at + size])
        at += size
    return sign.join(p for p in (*parts, value[at:]) if p)


def zero_width(value: str, rng: Random) -> str:
    at = rng.randint(1, len(value) - 1)
    return value[:at] + rng.choice("\u200b\u200c\u200d\u2060\ufeff\u00ad") + value[at:]


ID_DISGUISES: tuple[Callable[[str, Random], str], ...] = (
    lambda v, _: v,
    lambda v, _: v.lower(),
    lambda v, _: v.translate(FULL),
    lambda v, _: spaced(v, " ", (6, 4, 4)),
    lambda v, _: spaced(v, "-", (6, 8)),
    lambda v, _: spaced(v, ".", (3, 3, 4, 4)),
    lambda v, _: spaced(v, "\u3000", (6, 8)),
    lambda v, _: spaced(v, " ", (1,) * 17),
    lambda v, _: spaced(v, "·", (6, 4, 2, 2)),
    lambda v, _: spaced(v, "－", (6, 8)),
    zero_width,
    lambda v, r: zero_width(zero_width(v, r), r).translate(FULL),
    lambda v, _: "\u200b".join(v),
    lambda v, _: spaced(v, " - ", (6, 8)),
    lambda v, _: spaced(v.lower(), "\u00a0", (6, 8)),
)
MOBILE_DISGUISES: tuple[Callable[[str, Random], str], ...] = (
    lambda v, _: v,
    lambda v, _: v.translate(FULL),
    lambda v, _: spaced(v, " ", (3, 4)),
    lambda v, _: spaced(v, "-", (3, 4)),
    lambda v, _: "+86" + v,
    lambda v, _: "+86 " + v,
    zero_width,
)
CARD_DISGUISES: tuple[Callable[[str, Random], str], ...] = (
    lambda v, _: v,
    lambda v, _: v.translate(FULL),
    lambda v, _: spaced(v, " ", (4, 4, 4, 4)),
    lambda v, _: spaced(v, "-", (4, 4, 4, 4)),
    zero_width,
)
FRAMES = (
    "{}",
    "身份信息：{}。",
    "| 3 | 张* | {} | 上坪村 | 2,700 |",
    "李某（{}）已领取500元，2026-10-09。",
    "经办人留存{}，联系0666-5550120",
    "2026年10月9日 {} 12345",
    "- 序号12，{}，共3人",
)


def friend(rng: Random) -> str:
    """A number that is public and looks like one that is not."""
    n = rng.randint
    kinds: tuple[Callable[[], str], ...] = (
        lambda: f"统一社会信用代码：{numbers.credit_code(rng)}",
        lambda: f"索引号：{numbers.credit_code(rng)}/2026-{n(1, 99999):05d}",
        lambda: f"组织机构代码：{numbers.organisation_code(rng)}",
        lambda: f"索引号 {numbers.organisation_code(rng).replace('-', '')}/2017-{n(1, 99999):05d}",
        lambda: f"预算指标 {n(10000000, 69999999)}T{n(0, 10**12 - 1):012d}",
        lambda: f"电话：0{n(10, 999)}-{n(20000000, 89999999)}",
        lambda: f"0666-555{n(1000, 9999)}，传真0666-555{n(1000, 9999)}",
        lambda: rng.choice(("热线12345、12317、12388", "客服400-820-8820", "95598、96110")),
        lambda: f"示政发〔{n(2019, 2026)}〕{n(1, 99)}号",
        lambda: (
            f"自{n(2019, 2026)}-{n(1, 12):02d}-{n(1, 28):02d}至{n(2019, 2026)}-{n(1, 12):02d}-{n(1, 28):02d} {n(0, 23):02d}:{n(0, 59):02d}"
        ),
        lambda: f"{n(2019, 2026)}{n(1, 12):02d}{n(1, 28):02d} {n(2019, 2026)}{n(1, 12):02d}{n(1, 28):02d}",
        lambda: f"共{n(1, 10**9):,}.{n(0, 99):02d}元",
        lambda: f"合计 {n(13000000000, 19999999999)}元",
        lambda: f"金额{n(13000000000, 19999999999)}.{n(0, 99):02d}",
        lambda: f"目录条目 {n(1, 30):02d}-{n(1, 9):02d}-{n(1, 9):02d}，编码 {n(100000000, 130000000)}",
        lambda: f"项目代码：20{n(19, 26)}-{n(110000, 659999)}-{n(10, 99)}-{n(1, 5):02d}-{n(0, 999999):06d}",
        lambda: f"合同编号：{n(13000000000, 19999999999)}",
        lambda: f"承包合同代码：620724{n(10**11, 10**12 - 1)}",
        lambda: f"| {n(1, 99)} | {n(1000, 9999)} | {n(10000, 99999)}.{n(10, 99)} | {n(1, 9)},{n(100, 999)} |",
        lambda: (
            f"https://www.example.gov.cn/art/{n(2019, 2026)}/{n(1, 12)}/{n(1, 28)}/art_{n(1000000, 9999999)}_{n(10000000, 99999999)}.html"
        ),
        lambda: f"3500*************{n(100, 999)}"[-18:].replace("3500", "35"),
        lambda: f"{rng.choice(('138', '159', '186'))}****{n(1000, 9999)}",
        lambda: f"京公网安备{n(11010000000000, 11019999999999)}号",
        lambda: f"邮政编码{n(100000, 859999)}，{n(1, 400)}号",
    )
    return rng.choice(kinds)()


def test_five_thousand_lines():
    rng = Random(20261120)
    wanted = missed = friends = 0
    false: list[str] = []
    said: list[str] = []
    for n in range(5000):
        frame = rng.choice(FRAMES)
        kind = n % 5
        if kind in {0, 1}:
            value = numbers.id_number(rng, ends_in_x=rng.random() < 0.3)
            text, expected = ID_DISGUISES[rng.randrange(len(ID_DISGUISES))](value, rng), Kind.ID
        elif kind == 2:
            value = numbers.mobile(rng)
            text, expected = MOBILE_DISGUISES[rng.randrange(len(MOBILE_DISGUISES))](value, rng), Kind.MOBILE
        elif kind == 3:
            value = numbers.bank_card(rng)
            text, expected = CARD_DISGUISES[rng.randrange(len(CARD_DISGUISES))](value, rng), Kind.CARD
        else:
            line = friend(rng)
            friends += 1
            false += [f"{line} -> {h.kind}" for h in scan(line, wrapped=True) if h.kind in ERRORS]
            continue
        wanted += 1
        hits = scan(frame.format(text), wrapped=True)
        said += [h.shown for h in hits if h.kind in ERRORS and value in h.shown]
        if not any(h.kind is expected and h.value[-11:].upper() == value[-11:].upper() for h in hits):
            missed += 1
    assert friends == 1000
    assert false == []
    assert said == []
    assert missed / wanted <= 0.005, (missed, wanted)


@pytest.mark.parametrize("n", range(len(ID_DISGUISES)))
def test_every_disguise_of_an_id_number_is_seen_through(n: int):
    rng = Random(n)
    for _ in range(40):
        value = numbers.id_number(rng, ends_in_x=rng.random() < 0.5)
        hits = scan(f"户主张三，{ID_DISGUISES[n](value, rng)}，上坪村。")
        assert [h.kind for h in hits] == [Kind.ID]
        assert hits[0].shown == value[:2] + "*" * 13 + value[-3:]


def test_wrong_check_digit_and_old_numbers_are_for_a_human():
    rng = Random(3)
    value = numbers.id_number(rng)
    assert [h.kind for h in scan(numbers.mistyped(value))] == [Kind.ID_MISTYPED]
    assert [h.kind for h in scan(f"证件{numbers.old_id(rng)}。")] == [Kind.ID_OLD]


def test_a_number_may_go_on_in_the_next_line_only_when_asked():
    value = numbers.id_number()
    text = value[:9] + "\n" + value[9:]
    assert scan(text) == []
    assert [h.kind for h in scan(text, wrapped=True)] == [Kind.ID]


def test_markup_inside_a_number_hides_nothing():
    value = numbers.id_number()
    assert [h.kind for h in scan(value[:6] + "<b>" + value[6:14] + "</b>&nbsp;" + value[14:])] == [Kind.ID]
    assert [h.kind for h in scan("".join(f"&#{ord(d)};" for d in value))] == [Kind.ID]


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("35*************123", False),
        ("138****1234", False),
        ("身份证：1101051949********", True),
        ("1101051949*******2", True),
        ("110105********002X", True),
        ("身份证 11\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*\\*02X", False),
        ("1381234**78", True),
        ("卡号 6217 **** **** 1234", False),
        ("110101199-*******", True),
        ("138-****5678", False),
        ("138-****56789", True),
        ("1381-****678", True),
        ("手机 1381-\\*\\*\\*\\*678", True),
        ("2*3=6，5**2", False),
        ("尺寸1920x1080", False),
        ("2026年**10月**", False),
    ],
)
def test_masks_that_show_too_much(text: str, open_: bool):
    assert bool([h for h in scan(text) if h.kind is Kind.PARTIAL]) is open_


def test_mailboxes():
    assert [h.shown for h in scan("信箱 zhangsan@qq.com 或 town@shifan.example.gov.cn")] == ["zh***@qq.com"]
    assert scan("example@163.company.org") == []


def test_known_samples_of_the_standards():
    first17 = "11010519491231002"
    assert check_digits.id_check_digit(first17) == "X"
    assert check_digits.credit_code(numbers.credit_code(Random(1)))


@given(st.text())
def test_any_text_can_be_scanned(text: str):
    for hit in scan(text, wrapped=True):
        assert 0 <= hit.start < hit.end <= len(text)


@given(st.text(alphabet="0123456789Xx*＊ -.·\n\u200b０１|1386", min_size=5, max_size=80))
def test_no_hit_shows_itself_whole(text: str):
    for hit in scan(text, wrapped=True):
        assert isinstance(hit, Hit)
        if hit.kind not in (Kind.PARTIAL, Kind.MAILBOX):
            assert hit.shown.count("*") == len(hit.value) - 5
