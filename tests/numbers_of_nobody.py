"""Numbers of nobody for tests, built when they are needed: no number that passes a check digit stands in the repository."""

from __future__ import annotations

from random import Random

from gongkai.privacy.check_digits import id_check_digit, luhn

REGIONS = ("110105", "330502", "500227", "340123", "421126", "620724", "150102", "653125", "522701", "460105")
CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def id_number(rng: Random | None = None, *, ends_in_x: bool = False) -> str:
    """An ID number that passes its check, of a person born on some day from 1930 to 2018."""
    rng = rng or Random(7)
    while True:
        day = f"{rng.randint(1930, 2018)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
        first = rng.choice(REGIONS) + day + f"{rng.randint(0, 999):03d}"
        if not ends_in_x or id_check_digit(first) == "X":
            return first + id_check_digit(first)


def mistyped(value: str, rng: Random | None = None) -> str:
    """An ID number whose check digit is wrong."""
    rng = rng or Random(7)
    return value[:17] + rng.choice([d for d in "0123456789" if d != value[17]])


def old_id(rng: Random) -> str:
    """An ID number of fifteen digits."""
    value = id_number(rng)
    while value[6:8] != "19":
        value = id_number(rng)
    return value[:6] + value[8:17]


def mobile(rng: Random | None = None) -> str:
    """A mobile number."""
    rng = rng or Random(7)
    return (
        rng.choice(("135", "138", "139", "150", "158", "166", "177", "186", "199")) + f"{rng.randint(0, 10**8 - 1):08d}"
    )


def bank_card(rng: Random | None = None) -> str:
    """A bank card's number that passes Luhn."""
    rng = rng or Random(7)
    prefix, length = rng.choice(
        (("621700", 19), ("622848", 19), ("622202", 19), ("625912", 16), ("622588", 16), ("955880", 19), ("436742", 19))
    )
    first = prefix + "".join(str(rng.randint(0, 9)) for _ in range(length - len(prefix) - 1))
    return next(first + str(d) for d in range(10) if luhn(first + str(d)))


def credit_code(rng: Random) -> str:
    """A unified social credit code."""
    first = rng.choice(("11", "12", "91", "92", "93", "51", "54")) + rng.choice(REGIONS)
    first += rng.choice(("MA", "MB", "MC", f"{rng.randint(0, 99):02d}")) + "".join(rng.choice(CREDIT) for _ in range(7))
    total = sum(CREDIT.index(ch) * pow(3, n, 31) for n, ch in enumerate(first))
    return first + CREDIT[(31 - total % 31) % 31]


def organisation_code(rng: Random) -> str:
    """An organisation code (GB 11714)."""
    first = "".join(str(rng.randint(0, 9)) for _ in range(8))
    rest = 11 - sum(int(d) * w for d, w in zip(first, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return first + "-" + {10: "X", 11: "0"}.get(rest, str(rest))


def with_numbers(text: str) -> str:
    """``text`` of a case file with ``[[id]]`` and the like turned into numbers."""
    if "[[" not in text:
        return text
    value = id_number()
    made = {
        "id": value,
        "id-mistyped": mistyped(value),
        "id-old": old_id(Random(7)),
        "mobile": mobile(),
        "card": bank_card(),
    }
    made["id-open"] = value[:10] + "*" * 7 + value[-1]
    made["id-spaced"] = value[:6] + " " + value[6:14] + "\u200b " + value[14:]
    for name, number in made.items():
        text = text.replace(f"[[{name}]]", number)
    return text
