"""The gate: no personal data in body, metadata, names of files, attachments, pages and settings (R5.3, R5.7)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain
from operator import attrgetter
from pathlib import Path
from urllib.parse import unquote

from gongkai.dataset import Dataset, TargetKind
from gongkai.model import WITHHELD, Finding, FindingType, Item, Place, Severity
from gongkai.patterns import regex
from gongkai.privacy.attachments.examining import examine
from gongkai.privacy.detectors import Hit, Kind, scan
from gongkai.privacy.headings import contacts, harmless, name_columns
from gongkai.reading.inline import cells
from gongkai.reading.structure import Table, structure
from gongkai.rules.kind import by_item
from gongkai.rules.privacy.files import file_findings
from gongkai.rules.privacy.tables import judge
from gongkai.rules.privacy.telling import Allowances, tell

_ADDRESS = regex(r"(?:https?|ftp)://[^\s)>\"'）】]*$")
_LINK_START = regex(r"(?P<image>!?)\[[^\[\]\n]*(?P<target>\]\([^()\s]*)?$")
_CONTACT_WORDS = regex(r"电话|手机|联系|热线|咨询|值班|监督|投诉|举报|tel:")
_NOT_PERSONS = (Kind.MOBILE, Kind.CARD, Kind.ID_OLD, Kind.ID_MISTYPED)
_NUMBERS = ("index_number", "document_number", "address", "period", "time_limit")
_FIELDS = (
    ("summary", "内容概述"),
    ("statement", "情况说明"),
    ("document_number", "文号"),
    ("index_number", "索引号"),
    ("source", "来源"),
    ("publisher", "发布机构"),
    ("audience", "公开对象"),
    ("subject", "主题分类"),
    ("genre", "体裁分类"),
    ("time_limit", "公开时限"),
)
_VALUES = attrgetter(*(key for key, _ in _FIELDS))
_TEXT_PAGES = (".md", ".markdown")
_SITE_FILES = (".css", ".js", ".woff", ".woff2", ".ttf", ".ico", ".svg", ".map")


@by_item
def numbers_in_text(dataset: Dataset) -> Iterator[Finding]:
    """R5.7: numbers and mailboxes in the bodies of items."""
    for item in dataset.items:
        hits = scan(item.body, wrapped=True)
        if hits or item.links:
            yield from _lowered(item, _text(item, hits, Allowances(item)))


@by_item
def numbers_in_metadata(dataset: Dataset) -> Iterator[Finding]:
    """R5.7: numbers and mailboxes in front matter and names of files."""
    for item in dataset.items:
        if scan(_joined(item)):
            yield from _lowered(item, _metadata(item, Allowances(item)))


@by_item
def telling_tables(dataset: Dataset) -> Iterator[Finding]:
    """R5.3, R5.7: headings, minors and illness in the tables of items."""
    for item in dataset.items:
        if "|" in item.body or "<t" in item.body:
            for table in structure(item.body).tables:
                if not harmless(table.header):
                    yield from _table(item, table)


def numbers_in_files(dataset: Dataset) -> Iterator[Finding]:
    """R5.7: what stands in the files of items, hidden or not."""
    shown = {item.file: item for item in dataset.published}
    for item in dataset.items:
        if item.attachments or item.links:
            yield from _files(dataset, item, shown.get(item.file), Allowances(item))


def allowed_in_vain(dataset: Dataset) -> Iterator[Finding]:
    """What is allowed stands somewhere, else the allowance waits for a number to come."""
    for item in dataset.items:
        if item.privacy_allow:
            allowances = Allowances(item)
            hits = scan(item.body, wrapped=True)
            found = (
                _text(item, hits, allowances),
                _metadata(item, allowances),
                _files(dataset, item, None, allowances),
            )
            for _ in chain.from_iterable(found):
                pass
            yield from allowances.in_vain()


def _lowered(item: Item, findings: Iterator[Finding]) -> Iterator[Finding]:
    """What is not for the public at all only gets warnings."""
    for finding in findings:
        yield _at_most_warning(finding) if item.disclosure_class == WITHHELD else finding


def _at_most_warning(finding: Finding) -> Finding:
    return finding.with_severity(min(finding.severity, Severity.WARNING))


# --- the body


def _table(item: Item, table: Table) -> Iterator[Finding]:

    def say(kind: FindingType, row: int, **values: str) -> Finding:
        line = table.line if row < 0 else table.row_lines[row]
        return kind.at(Place(item.file, item.body_line + line), field=None, **values)

    yield from judge(table.header, table.rows, "正文", say)


def _text(item: Item, hits: list[Hit], allowances: Allowances) -> Iterator[Finding]:
    """Numbers and mailboxes in the body (``hits``), and in link targets behind their percent signs."""
    yield from _told(hits, item.body, item.file, item.body_line, allowances)
    for link in item.links:
        if "%" in link.target:
            for hit in scan(unquote(link.target)):
                if hit.kind is Kind.ID:
                    place = Place(item.file, link.line, link.column)
                    yield tell(hit, place, "链接地址里", listed=False, allowances=allowances)


def text_findings(text: str, file: str, first_line: int, allowances: Allowances | None) -> Iterator[Finding]:
    """Numbers and mailboxes in Markdown text that starts on ``first_line`` of ``file``."""
    yield from _told(scan(text, wrapped=True), text, file, first_line, allowances)


def _told(hits: list[Hit], text: str, file: str, first_line: int, allowances: Allowances | None) -> Iterator[Finding]:
    loose = [
        h for h in hits if h.kind is Kind.MOBILE and not _CONTACT_WORDS.search(text[max(0, h.start - 12) : h.start])
    ]
    a_list = len({h.value for h in loose}) >= 3
    for hit in hits:
        line = text.count("\n", 0, hit.start)
        begin = text.rfind("\n", 0, hit.start) + 1
        before = text[begin : hit.start]
        if _ADDRESS.search(before) and hit.kind in _NOT_PERSONS:
            continue
        table = next((t for t in structure(text).tables if line == t.line or line in t.row_lines), None)
        if table is not None and not _in_column(table, line, before, hit):
            continue
        listed = (a_list and hit in loose) if table is None else _listed(table, line)
        place = Place(file, first_line + line, hit.start - begin + 1)
        yield tell(hit, place, _where(before, table), listed=listed, allowances=allowances)


def _where(before: str, table: Table | None) -> str:
    match = _LINK_START.search(before)
    if match and match["target"]:
        return "图片的地址里" if match["image"] else "链接地址里"
    if match and match["image"]:
        return "图片说明文字里"
    return "正文的表格里" if table else "正文里"


def _in_column(table: Table, line: int, before: str, hit: Hit) -> bool:
    """Whether a hit in a table is still one when its column's heading is known."""
    if hit.kind not in _NOT_PERSONS or line == table.line:
        return True
    column = len(cells(before + "x")) - 1
    heading = table.header[column] if column < len(table.header) else ""
    return any(h.kind is hit.kind for h in scan(hit.value, heading=heading))


def _listed(table: Table, line: int) -> bool:
    """Whether a mobile number on this line of a table belongs to a list, not to a public contact."""
    if name_columns(table.header, table.rows):
        return True
    row = table.rows[table.row_lines.index(line)] if line in table.row_lines else table.header
    return not (contacts(table.header) or (len(row) <= 3 and _CONTACT_WORDS.search("".join(row[:-1]))))


# --- metadata and names of files


def _metadata(item: Item, allowances: Allowances) -> Iterator[Finding]:
    for key, label, text in _texts(item):
        for hit in scan(text):
            if key in _NUMBERS and hit.kind in _NOT_PERSONS:
                continue
            yield tell(hit, item.place(key), label, listed=False, allowances=allowances, key=key)


def _joined(item: Item) -> str:
    """The texts of :func:`_texts` in one, to be looked through at once: most items hold no number in any."""
    name = item.file.rpartition("/")[2]
    texts = [item.title, name, *_VALUES(item), "、".join(item.keywords)]
    if not name.startswith(item.address):
        texts.append(item.address)
    if item.review:
        texts.append(item.review.by)
    if item.elements:
        texts += [f"{key}：{value}" for key, value in item.elements.items()]
    if item.interprets:
        texts.append(item.interprets.text)
    if item.related:
        texts += [reference.text for reference in item.related]
    if item.attachments:
        texts += [attachment.title for attachment in item.attachments]
    return "|\n|".join(filter(None, texts))


def _texts(item: Item) -> list[tuple[str, str, str]]:
    """The texts of the front matter, and the names under which page and files go: key, place, text."""
    name = item.file.rpartition("/")[2]
    texts = [("title", "信息头的标题里", item.title), ("file", "文件名里", name)]
    if not name.startswith(item.address):
        texts.append(("address", "页面地址里", item.address))
    texts += [(key, f"信息头的{label}里", getattr(item, key) or "") for key, label in _FIELDS]
    if item.keywords:
        texts.append(("keywords", "信息头的主题词里", "、".join(item.keywords)))
    if item.review:
        texts.append(("review", "信息头的保密审查里", item.review.by))
    texts += [("elements", "信息头的公开要素里", f"{key}：{value}") for key, value in item.elements.items()]
    references = (*item.related, item.interprets) if item.interprets else item.related
    texts += [("related", "信息头的相关文件里", r.text) for r in references]
    texts += [("attachments", "附件的标题里", a.title) for a in item.attachments if a.title != a.path.stem]
    return texts


# --- files


def _files(dataset: Dataset, item: Item, shown: Item | None, allowances: Allowances) -> Iterator[Finding]:
    public = set()
    if shown is not None and not shown.on_request:
        public = {t.url for t in dataset.files_of(shown)}
    for path, place, key, url in _offered(dataset, item):
        for finding in file_findings(examine(path), place, key, allowances):
            yield finding if url in public else _at_most_warning(finding)


def _offered(dataset: Dataset, item: Item) -> Iterator[tuple[Path, Place, str | None, str]]:
    """The files of an item, each once, with the place at which it is named; pictures in the text are left out."""
    seen: set[str] = set()
    docs = dataset.settings.docs_dir
    for attachment in item.attachments:
        target = dataset.links.attachment(item, attachment)
        if target.url not in seen:
            seen.add(target.url)
            yield docs / attachment.path, item.place("attachments"), "attachments", target.url
    for link in item.links:
        if link.image or ".md" in link.target or "://" in link.target:
            continue
        target = dataset.target(item, link.target)
        if target.kind is TargetKind.FILE and target.url not in seen:
            seen.add(target.url)
            yield docs / (target.source or target.url), Place(item.file, link.line, link.column), None, target.url


# --- what is not an item


def ordinary_pages(dataset: Dataset) -> Iterator[Finding]:
    """R5.7: guides, forms and everything else that goes to the site with them; the township's own contact in the settings."""
    settings = dataset.settings
    for path in _beside_items(dataset):
        file = path.relative_to(settings.root).as_posix()
        if path.suffix in _TEXT_PAGES:
            yield from text_findings(path.read_text("utf-8", "replace"), file, 1, None)
        elif path.suffix.lower() not in _SITE_FILES:
            for finding in file_findings(examine(path), Place(file), None, None):
                if finding.code != "GK517":
                    yield finding
    yield from _settings(dataset)


def _beside_items(dataset: Dataset) -> list[Path]:
    """The files in the docs folder that lie not among the items and belong to none, in the order of their paths."""
    docs, items = dataset.settings.docs_dir, dataset.settings.items_dir
    found: list[Path] = []
    if docs == items or items in docs.parents:
        return found
    known = {docs / t for t in dataset.kept_back_files}
    for item in dataset.items:
        if item.links or any(items not in (docs / a.path).parents for a in item.attachments):
            known.update(path for path, *_ in _offered(dataset, item))
    for folder, folders, names in os.walk(docs):
        here = Path(folder)
        folders[:] = [name for name in folders if here / name != items]
        found += [path for name in names if not name.startswith(".") and (path := here / name).is_file()]
    return sorted(path for path in found if path not in known)


def _settings(dataset: Dataset) -> Iterator[Finding]:
    contact = dataset.profile.contact
    told = [("township.contact.telephone", contact.telephone), ("township.contact.fax", contact.fax)]
    told += [("township.contact.email", contact.email)]
    told += [("township.units", unit.telephone) for unit in dataset.profile.units]
    for key, text in told:
        for hit in scan(text or ""):
            yield tell(hit, dataset.settings.place(key), f"站点设置 {key} 里", listed=False, allowances=None, key=key)
