"""Rules about the site as a whole: its marks, its fixed columns, its guide."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from gongkai.dataset import Dataset
from gongkai.dataset.links import GENERATED_FOLDERS, ordinary_pages
from gongkai.model import Finding, Place
from gongkai.rules import codes
from gongkai.rules.guide import NINE_THINGS

# R3.3: what an inspection tool looks for in header and footer.
_MARKS = {
    "marks.sponsor": "网站主办单位",
    "marks.operator": "承办单位",
    "marks.site_code": "政府网站标识码",
    "marks.icp": "ICP备案号",
    "marks.police": "公安机关备案号",
    "marks.domain": "网站域名",
    "marks.party_mark_html": "党政机关标识",
    "marks.report_error_html": "“我为政府网站找错”入口",
    "contact.telephone": "联系电话",
    "contact.address": "办公地址",
}


def empty_marks(dataset: Dataset) -> Iterator[Finding]:
    """R3.3: empty marks of header and footer are listed."""
    profile = dataset.profile
    for key, label in _MARKS.items():
        owner = profile.marks if key.startswith("marks.") else profile.contact
        if not getattr(owner, key.partition(".")[2]):
            place = dataset.settings.place(f"township.{key}")
            yield codes.EMPTY_MARK.at(place, field=f"township.{key}", label=label, key=key)


def missing_site_url(dataset: Dataset) -> Iterator[Finding]:
    """Sitemap and feed need whole addresses."""
    if not dataset.settings.site_url:
        yield codes.SITE_URL_MISSING.at(Place(dataset.settings.file), field="site_url")


def missing_columns(dataset: Dataset) -> Iterator[Finding]:
    """R3.9: the fixed entries of the disclosure column lead somewhere."""
    for column in dataset.profile.columns:
        place = dataset.settings.place(f"columns.{column.key}")
        if column.target == "catalogue":
            continue
        if column.target.endswith(".md"):
            if not (dataset.settings.docs_dir / column.target).is_file():
                reason, advice = "这个页面文件不存在", f"请在内容文件夹里新建 {column.target}。"
            else:
                continue
        elif column.target not in dataset.catalogue.by_id:
            reason, advice = "目录中没有这个条目", "请改成本镇目录中的条目编号，或一个页面文件（.md）。"
        elif column.target not in dataset.by_entry:
            reason = "这个条目下还没有公开的信息"
            advice = f"请用“gongkai new {column.target}”新建一条，或在 columns 里改成一个页面文件（.md）。"
        else:
            continue
        yield codes.COLUMN_TARGET_MISSING.at(
            place, field=f"columns.{column.key}", title=column.title, target=column.target, reason=reason, advice=advice
        )


def incomplete_guide(dataset: Dataset) -> Iterator[Finding]:
    """R1.3: the guide holds nine things (条例 Art. 12)."""
    column = next(c for c in dataset.profile.columns if c.key == "guide")
    path = dataset.settings.docs_dir / column.target
    if column.target.endswith(".md") and path.is_file():
        file = path.relative_to(dataset.settings.root).as_posix()
        text = _text(path)
    else:
        items = dataset.by_entry.get(column.target, ())
        if not items:
            return
        file, text = items[0].file, items[0].body
    for what, pattern, example in NINE_THINGS:
        if not re.search(pattern, text):
            yield codes.GUIDE_INCOMPLETE.at(Place(file), what=what, example=example)


def clashing_addresses(dataset: Dataset) -> Iterator[Finding]:
    """Ordinary pages keep off the folders of generated pages, and off one another where case does not count."""
    seen: dict[str, str] = {}
    for page in ordinary_pages(dataset):
        place = Place((dataset.settings.docs_dir / page).relative_to(dataset.settings.root).as_posix())
        folder = page.parts[0].casefold()
        if folder in GENERATED_FOLDERS and len(page.parts) > 1:
            yield codes.ADDRESS_OF_THE_SYSTEM.at(place, folder=folder, name=page.name)
        other = seen.setdefault(page.with_suffix("").as_posix().casefold(), page.as_posix())
        if other != page.as_posix():
            name = f"{page.stem}-2{page.suffix}"
            yield codes.ADDRESS_DIFFERS_IN_CASE.at(place, other=other, name=name)


def _text(path: Path) -> str:
    """The guide's text without spaces, full-width signs folded, as far as it can be read."""
    text = unicodedata.normalize("NFKC", path.read_text("utf-8", errors="replace"))
    return re.sub(r"[ \t]", "", text)


RULES = (empty_marks, missing_site_url, missing_columns, incomplete_guide, clashing_addresses)
