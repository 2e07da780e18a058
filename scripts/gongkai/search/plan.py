"""Which records go into which shard, and what may stay as it was. Pure: from what is there now and what was kept.

Base shards hold whole stretches of the records, newest first. What is new or changed since they were built goes into
a small delta shard, and the old version is left out of the answers; its text is taken out of the files, and so is that
of a record that left the site (:mod:`striking`). When the delta has grown, the shards that changed are built anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from msgspec import Struct

Document = tuple[str, str]
"""A record's address and the digest of its content."""

SHARD_RECORDS = {"pagefind": 500, "bigram": 12_000}
"""How many records a base shard holds at most, by engine. Pagefind takes 0.4 MB of memory for each."""

PAGEFIND_SITE = 500
"""Sites of up to so many records are Pagefind's, larger ones our own index's (docs/adr/0007)."""

DELTA_SMALLEST = 20
DELTA_SHARE = 25
"""The delta is folded in when it holds more than so many records, and more than one in so many."""


class Plan(Struct, frozen=True):
    """What to build: the base shards as (start, end) among all records, newest first; ``None``: those kept stay.

    ``delta`` are the ranks of the records for the delta shard. ``gone`` are for each kept shard the numbers of the
    records in it that are not to be found any more, those gone before among them.
    """

    shards: tuple[tuple[int, int], ...] | None
    delta: tuple[int, ...] = ()
    gone: tuple[frozenset[int], ...] = ()


def engine_for(count: int, wanted: str) -> str:
    """The engine for a site of ``count`` records: ``wanted``, or for ``auto`` the one for that size."""
    if wanted == "auto":
        return "pagefind" if count <= PAGEFIND_SITE else "bigram"
    return wanted


def make_plan(
    documents: Sequence[Document], years: Sequence[str], engine: str, kept: Sequence[Sequence[Document]]
) -> Plan:
    """Plan for the records (newest first, with the year of each), given the documents of the kept shards.

    A document of a kept shard without address is one that was gone before.
    """
    afresh = Plan(partition(years, SHARD_RECORDS[engine]))
    if not kept:
        return afresh
    live = dict(documents)
    old = {document for shard in kept for document in shard}
    delta = tuple(rank for rank, document in enumerate(documents) if document not in old)
    gone = tuple(
        frozenset(number for number, (url, digest) in enumerate(shard) if live.get(url) != digest) for shard in kept
    )
    room = max(DELTA_SMALLEST, len(documents) // DELTA_SHARE)
    if len(delta) > room or sum(map(len, gone)) > room:
        return afresh
    return Plan(None, delta, gone)


def partition(years: Sequence[str], limit: int) -> tuple[tuple[int, int], ...]:
    """Cut records (newest first) into stretches of at most ``limit``: full ones, or at a year's end when nearly full.

    Counted from the oldest, so that what is added later changes only the newest stretch.
    """
    parts: list[tuple[int, int]] = []
    end = len(years)
    for rank in range(len(years) - 1, -1, -1):
        size = end - rank
        if size == limit or (rank and years[rank - 1] != years[rank] and 4 * size >= 3 * limit):
            parts.append((rank, end))
            end = rank
    if end:
        parts.append((0, end))
    return tuple(reversed(parts))


def shard_name(documents: Sequence[Document], form: str) -> str:
    """The name of a shard: another one for every other content or form."""
    made = hashlib.sha256("\n".join((form, *(f"{url} {digest}" for url, digest in documents))).encode())
    return made.hexdigest()[:8]


def facet_codes(values: Sequence[str], numbers: Mapping[str, int], first: int) -> str:
    """One character per record: the code ``first`` for none (""), then one for each value."""
    codes = {"": chr(first), **{value: chr(first + number) for value, number in numbers.items()}}
    return "".join(map(codes.__getitem__, values))
