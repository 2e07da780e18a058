"""The readable texts behind the hits: what an excerpt is cut from.

A result reads the file of its record. A long text is cut: what stands first goes into that file, the
rest and the text of attachments into pieces of their own, read only when the hit lies there.

A record in a file: ``{url, title, date, meta, blocks, names, more}``; ``blocks`` are texts, or ``[text, file title]``,
the last ``names`` of them are the names; ``more`` says for each piece the position in the record's row at which it
starts, and its file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gongkai.search.packing import pack_json
from gongkai.search.records import FileText, SearchRecord
from gongkai.search.text import Row, one_line

FEW_RECORDS = 5000
"""On sites of up to so many records each has a file of its own; on larger ones, two share one: half as many files."""

HEAD_LETTERS = 3000
"""How much of a body stands in the file of the record itself."""

PIECE_LETTERS = 3000

Block = str | list[str]


def group_part(group: int) -> str:
    """What the file name of a group of texts says after the shard's name."""
    return f"t{group:05}"


def group_size(count: int) -> int:
    """How many records share a file on a site of ``count`` records."""
    return 1 if count <= FEW_RECORDS else 2


def build_texts(name: str, records: Sequence[SearchRecord], rows: Sequence[Row], size: int) -> dict[str, bytes]:
    """Return the text files of a shard called ``name``, each for ``size`` records."""
    files: dict[str, bytes] = {}
    for group in range(-(-len(records) // size)):
        texts = []
        for number in range(group * size, min((group + 1) * size, len(records))):
            text, pieces = text_of(name, number, records[number], rows[number])
            texts.append(text)
            files.update(pieces)
        files[f"{name}-{group_part(group)}.bin"] = pack_json(texts)
    return files


def text_of(name: str, number: int, record: SearchRecord, row: Row) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return the text of a shard's record, and the files of its pieces."""
    blocks: list[Block] = [one_line(block) for block in record.blocks]
    blocks += [[one_line(block), file.title] for file in record.files for block in file.blocks]
    body = len(record.blocks)
    head = _cut(blocks[:body], 0, HEAD_LETTERS)
    more: list[list[Any]] = []
    files: dict[str, bytes] = {}
    at = head
    while at < len(blocks):
        end = _cut(blocks, at, PIECE_LETTERS)
        piece = f"{name}-p{number:05}-{len(more):03}.bin"
        more.append([row.starts[at], piece])
        files[piece] = pack_json(blocks[at:end])
        at = end
    text: dict[str, Any] = {
        "url": record.url,
        "title": record.title,
        "date": record.date,
        "meta": {key: value for key, value in record.meta.items() if value},
        "blocks": [*blocks[:head], *record.names],
        "names": len(record.names),
    }
    return (text | {"more": more} if more else text), files


def record_of(text: Mapping[str, Any], read: Callable[[str], list[Block]]) -> SearchRecord:
    """A record that is written as the same ``text`` and has the same row; ``read`` gives the blocks of a piece."""
    head = len(text["blocks"]) - text["names"]
    blocks = [*text["blocks"][:head], *(block for _, piece in text.get("more", ()) for block in read(piece))]
    return SearchRecord(
        url=text["url"],
        title=text["title"],
        date=text["date"],
        names=tuple(text["blocks"][head:]),
        meta=text["meta"],
        blocks=tuple(block for block in blocks if isinstance(block, str)),
        files=tuple(FileText(block[1], (block[0],)) for block in blocks if not isinstance(block, str)),
    )


def _cut(blocks: Sequence[Block], start: int, room: int) -> int:
    """The number of the block before which a piece that begins with block ``start`` ends."""
    size = 0
    for number in range(start, len(blocks)):
        block = blocks[number]
        size += len(block if isinstance(block, str) else block[0])
        if size > room and number > start:
            return number
    return len(blocks)
