"""What is wrong with a file that an item offers, said for the place at which the item names it."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.memo import remembered
from gongkai.model import Finding, FindingType, Place
from gongkai.patterns import regex
from gongkai.privacy.attachments import is_image
from gongkai.privacy.attachments.examining import FileReport
from gongkai.privacy.detectors import Hit, Kind, scan
from gongkai.privacy.headings import contacts, is_form, name_columns, split_headings
from gongkai.rules.privacy import codes
from gongkai.rules.privacy.tables import judge
from gongkai.rules.privacy.telling import Allowances, tell

MANY = 10
_CONTACT_WORDS = regex(r"电话|手机|联系|热线|咨询|值班|监督|投诉|举报")


def file_findings(
    report: FileReport, place: Place, key: str | None, allowances: Allowances | None
) -> Iterator[Finding]:
    """Everything wrong with a file, said at ``place``."""
    prefix = f"附件“{report.name}”"
    for hit in scan(report.name):
        yield tell(
            hit, place, f"附件的文件名“{_hidden(report.name, hit)}”", listed=True, allowances=allowances, key=key
        )
    if is_image(report.name):
        yield codes.PICTURE_UNCHECKED.at(place, field=key, name=report.name)
    hits, listed = _hits(report)
    counts: dict[Kind, int] = {}
    for where, hit in hits:
        counts[hit.kind] = counts.get(hit.kind, 0) + 1
        if counts[hit.kind] <= MANY or (allowances and allowances.find(hit)):
            yield tell(hit, place, prefix + where, listed=hit.value in listed, allowances=allowances, key=key)
    for kind, count in counts.items():
        if count > MANY:
            where = f"{prefix}共有{count}处{kind.value}，只列出前{MANY}处，最后列出的一处"
            last = Hit(kind, 0, 0, "", "见上")
            yield tell(last, place, where, listed=bool(listed), allowances=None, key=key)
    yield from _tables(report, prefix, place, key)
    if report.reason is not None:
        yield codes.UNCHECKED_FILE.at(place, field=key, name=report.name, reason=report.reason)


def _hidden(name: str, hit: Hit) -> str:
    return name[: hit.start] + hit.shown + name[hit.end :]


def _hits(report: FileReport) -> tuple[list[tuple[str, Hit]], frozenset[str]]:
    """The hits in a file with their places, and the mobile numbers among them that stand in lists."""

    def found() -> tuple[list[tuple[str, Hit]], frozenset[str]]:
        hits: dict[tuple[str, str], Hit] = {}
        for piece in report.pieces:
            for hit in scan(piece.text, wrapped=piece.wrapped, heading=piece.heading):
                hits.setdefault((piece.where, hit.value), hit)
        return [(where, hit) for (where, _), hit in hits.items()], frozenset(_listed_mobiles(report))

    kind = tuple[list[tuple[str, Hit]], frozenset[str]]
    return remembered("hits", (report.name, report.digest), kind, found) if report.digest else found()


def _listed_mobiles(report: FileReport) -> set[str]:
    """The mobile numbers that stand in lists and tables, and are not how an institution is reached."""
    found: set[str] = set()
    for grid in report.grids:
        header, rows = split_headings(grid.rows)
        if contacts(header) and not name_columns(header, rows):
            continue
        for row in grid.rows:
            joined = "".join(row)
            for m, cell in enumerate(row):
                heading = header[m] if m < len(header) else ""
                label = row[m - 1] if m and not header else ""
                if sum(ch.isdecimal() for ch in cell) >= 11 and not (_CONTACT_WORDS.search(label) and len(joined) < 60):
                    found.update(h.value for h in scan(cell, heading=heading) if h.kind is Kind.MOBILE)
    loose = [
        h.value
        for p in report.pieces
        if not p.cell
        for h in scan(p.text)
        if h.kind is Kind.MOBILE and not _CONTACT_WORDS.search(p.text[max(0, h.start - 12) : h.start])
    ]
    return found | (set(loose) if len(set(loose)) >= 3 else set())


def _tables(report: FileReport, prefix: str, place: Place, key: str | None) -> Iterator[Finding]:
    given = (report.name, report.digest)
    if report.digest and remembered("quiet tables", given, bool, lambda: not any(_judged(report, prefix, place, key))):
        return
    yield from _judged(report, prefix, place, key)


def _judged(report: FileReport, prefix: str, place: Place, key: str | None) -> Iterator[Finding]:
    if is_form(report.name):
        return
    for grid in report.grids:
        header, rows = split_headings(grid.rows)
        if not header or is_form(grid.where) or (rows and is_form("".join(grid.rows[0]))):
            continue

        def say(kind: FindingType, _row: int, **values: str) -> Finding:
            return kind.at(place, field=key, **values)

        yield from judge(header, rows, prefix + grid.where, say)
