"""The numbers themselves: which digits are an ID number, a bank card, a credit code. Pure: bare digits in, yes or no out."""

from __future__ import annotations

import datetime as dt

from gongkai.patterns import regex

_PROVINCES = frozenset(
    [
        "11",
        "12",
        "13",
        "14",
        "15",
        "21",
        "22",
        "23",
        "31",
        "32",
        "33",
        "34",
        "35",
        "36",
        "37",
        "41",
        "42",
        "43",
        "44",
        "45",
        "46",
        "50",
        "51",
        "52",
        "53",
        "54",
        "61",
        "62",
        "63",
        "64",
        "65",
        "71",
        "81",
        "82",
        "83",
    ]
)
_MUNICIPALITIES = {"11": "012", "12": "012", "31": "012", "50": "0123"}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Issuer prefixes with the lengths of their cards.
_CARDS = (
    (regex(r"62"), (16, 17, 18, 19)),
    (regex(r"601382|601428|603\d{3}|690755|685800|9400|9558\d|9559\d|955550|9843|9988|103000"), (16, 17, 18, 19)),
    (regex(r"436742|456351|4367|4563|436745|438088"), (16, 19)),
    (regex(r"4|5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|352[89]|35[3-8]"), (16,)),
)


def id_valid(value: str) -> bool:
    """Whether 18 characters are an ID number by GB 11643: place, day of birth, check digit."""
    return id_shaped(value) and id_check_digit(value[:17]) == value[17].upper()


def id_shaped(value: str) -> bool:
    """Whether 18 characters have place and day of birth where an ID number has them."""
    return (
        len(value) == 18
        and value[:17].isascii()
        and value[:17].isdigit()
        and (value[17].isdigit() or value[17] in "Xx")
        and place_known(value)
        and _day(value[6:14])
    )


def id_check_digit(first17: str) -> str:
    """The check digit of GB 11643 for the first 17 digits."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]


def id_old(value: str) -> bool:
    """Whether 15 digits have the shape of an ID number from before 1999."""
    return (
        len(value) == 15
        and value.isdigit()
        and place_known(value)
        and _day("19" + value[6:12])
        and value[6:12] != "000000"
    )


def place_known(value: str) -> bool:
    """Whether the first six digits may be those of a county (GB/T 2260)."""
    province, city = value[:2], value[2:4]
    if province not in _PROVINCES or city == "00" or value[4:6] == "00":
        return False
    return city[0] == "0" and city[1] in _MUNICIPALITIES[province] if province in _MUNICIPALITIES else True


def _day(text: str) -> bool:
    try:
        day = dt.date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return False
    return 1880 <= day.year <= 2099


def luhn(value: str) -> bool:
    """Whether the last digit checks the others as on bank cards (ISO/IEC 7812)."""
    total = 0
    for n, ch in enumerate(reversed(value)):
        digit = int(ch) * (1 + n % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def card(value: str) -> bool:
    """Whether digits are a bank card's number: a known issuer, its length, Luhn."""
    if len(set(value)) < 3 or not luhn(value):
        return False
    return any(prefix.match(value) and len(value) in lengths for prefix, lengths in _CARDS)


def credit_code(value: str) -> bool:
    """Whether 18 characters are a unified social credit code (GB 32100), which is public."""
    if len(value) != 18 or any(ch not in _CREDIT for ch in value):
        return False
    total = sum(_CREDIT.index(ch) * pow(3, n, 31) for n, ch in enumerate(value[:17]))
    return _CREDIT[(31 - total % 31) % 31] == value[17]
