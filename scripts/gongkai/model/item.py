"""A disclosure item (公开事项): what one Markdown file says, checked and normalised."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath

from msgspec import Struct, field

from gongkai.model.catalogue import Entry
from gongkai.model.finding import Place

PROACTIVE = "主动公开"
ON_REQUEST = "依申请公开"
WITHHELD = "不予公开"
WEBSITE = "政府网站"
NO_DATE = dt.date.min
"""The day of publication of an item that does not say it."""


class Period(Struct, frozen=True, order=True):
    """The time an item reports on (所属期): a year, a half year, a quarter or a month."""

    year: int
    half: int | None = None
    quarter: int | None = None
    month: int | None = None

    def __str__(self) -> str:
        """The canonical form: ``2026``, ``2026-H1``, ``2026-Q3`` or ``2026-09``."""
        if self.month is not None:
            return f"{self.year}-{self.month:02d}"
        if self.quarter is not None:
            return f"{self.year}-Q{self.quarter}"
        if self.half is not None:
            return f"{self.year}-H{self.half}"
        return str(self.year)

    @property
    def label(self) -> str:
        """The form residents read."""
        if self.month is not None:
            return f"{self.year}年{self.month}月"
        if self.quarter is not None:
            return f"{self.year}年第{'一二三四'[self.quarter - 1]}季度"
        if self.half is not None:
            return f"{self.year}年{'上下'[self.half - 1]}半年"
        return f"{self.year}年"


class NoticePeriod(Struct, frozen=True):
    """A display period (公示期): both days included in what is shown; ``count`` in ``unit`` (自然日 or 工作日)."""

    start: dt.date
    end: dt.date
    count: int | None = None
    unit: str | None = None


class Review(Struct, frozen=True):
    """Who did the review before publishing (保密审查) and when (条例 Art. 17)."""

    by: str
    on: dt.date | None = None


class Attachment(Struct, frozen=True):
    """A file that belongs to an item. ``path`` is relative to the site's root, ``size`` in bytes."""

    path: PurePosixPath
    title: str
    size: int

    @property
    def kind(self) -> str:
        """The file type as residents name it: the suffix in capitals, without the dot."""
        return self.path.suffix.lstrip(".").upper() or "文件"


class Reference(Struct, frozen=True):
    """A pointer to another item as the author wrote it, with its place in the file."""

    text: str
    line: int
    column: int


class PrivacyAllowance(Struct, frozen=True):
    """A number that may be shown all the same (``privacy_allow:``), why, and who decided it."""

    value: str
    reason: str
    by: str


class Link(Struct, frozen=True):
    """A link or image in the body, with its target as written and its place in the file."""

    target: str
    line: int
    column: int
    image: bool = False
    alt: str = ""


class Item(Struct, frozen=True):
    """One disclosure item.

    ``file`` is relative to the site's root; ``address`` is the permanent page name, without suffix, and comes
    from the file's name (or ``address:``), never from the title. ``lines`` gives line and column of every
    canonical key; ``body_line`` is the line on which ``body`` starts. An item that is not ``sound`` has errors of its own:
    rules may look at it, no page is made of it.
    """

    file: str
    address: str
    title: str
    entry_id: str
    responsible_unit: str
    unit_id: str
    published_on: dt.date
    body: str
    body_line: int
    lines: dict[str, tuple[int, int]]
    method: str = PROACTIVE
    disclosure_class: str = PROACTIVE
    formed_on: dt.date | None = None
    effective_on: dt.date | None = None
    repealed_on: dt.date | None = None
    validity: str = "有效"
    publisher: str | None = None
    source: str | None = None
    time_limit: str | None = None
    published_time: str | None = None
    channels: tuple[str, ...] = ()
    audience: str | None = None
    period: Period | None = None
    notice_period: NoticePeriod | None = None
    index_number: str | None = None
    document_number: str | None = None
    subject: str | None = None
    genre: str | None = None
    keywords: tuple[str, ...] = ()
    summary: str | None = None
    review: Review | None = None
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()
    interprets: Reference | None = None
    related: tuple[Reference, ...] = ()
    statement: str | None = None
    elements: dict[str, str] = field(default_factory=dict)
    list_until: dt.date | None = None
    privacy_allow: tuple[PrivacyAllowance, ...] = ()
    draft: bool = False
    sound: bool = True

    @property
    def url(self) -> str:
        """The page's address relative to the site's root."""
        return f"items/{self.address}.html"

    @property
    def repealed(self) -> bool:
        """Whether the item is marked as no longer in force."""
        return self.validity != "有效"

    @property
    def on_request(self) -> bool:
        """Whether only name and metadata are shown, the text on request."""
        return ON_REQUEST in (self.method, self.disclosure_class)

    def place(self, key: str) -> Place:
        """Where ``key`` stands in the file; the first line when it does not stand there."""
        return Place(self.file, *self.lines.get(key, (1, 1)))

    def may_be_published(self, entry: Entry) -> bool:
        """Whether the item may appear on the website at all (R5.4).

        Drafts and withheld items never do, nor items whose own channels or whose catalogue row leave out the website.
        """
        return (
            self.sound
            and not self.draft
            and self.disclosure_class != WITHHELD
            and WEBSITE in self.channels
            and (WEBSITE in entry.channels_must or WEBSITE in entry.channels_may)
        )
