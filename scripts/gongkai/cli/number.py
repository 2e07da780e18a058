"""``gongkai number``: index numbers for the items that have none, by the site's rule (R4.1)."""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from gongkai.cli.errors import UsageError
from gongkai.cli.site import add_config, need_config
from gongkai.dataset import Dataset
from gongkai.gather import gather
from gongkai.model import NO_DATE, Finding, Item
from gongkai.reading import front_matter
from gongkai.reading.marked_yaml import Mapping, Scalar, plain
from gongkai.reading.source import decode, os_reason
from gongkai.reading.vocabulary import fold, load_vocabulary
from gongkai.resources import catalogue_dir
from gongkai.rules.numbers import index_number
from gongkai.rules.numbers.index_number import Form
from gongkai.writing import replace_file

_KEY, _LABEL = "index_number", "索引号"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_ANY_NUMBER = re.compile(r"[0-9A-Za-z/-]*(?:19|20)\d{2}(?:0[1-9]|1[0-2])?-\d{2,8}(?!\d)")


class Given(Struct, frozen=True):
    """An item and the number it gets."""

    item: Item
    number: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("paths", nargs="*", metavar="路径", type=Path, help="只给这些文件或文件夹里的信息编号")
    parser.add_argument("--write", action="store_true", help="写进文件；不加时只列出将要编的号")
    add_config(parser)


def run(options: argparse.Namespace) -> int:
    """List the new numbers, or write them; 1 when a file could not be written."""
    need_config(options.config_file)
    gathered = gather(options.config_file)
    if gathered.dataset is None:
        raise UsageError("\n".join(f"{f.file}:{f.line} {f.message}" for f in gathered.findings))
    dataset = gathered.dataset
    wanted = _wanted(dataset, options.config_file, options.paths)
    left = [i for i in dataset.items if _lacks(i) and i.file in wanted and (i.draft or i.published_on == NO_DATE)]
    given = give(dataset, wanted)
    failed = [g for g in given if not _done(dataset, g, write=options.write)]
    for item in left:
        print(f"{item.file}：{'草稿' if item.draft else '没有发布日期'}，暂不编号")
    _print_sum(len(given) - len(failed), len(failed), write=options.write)
    return 1 if failed else 0


def _print_sum(given: int, failed: int, *, write: bool) -> None:
    if not given and not failed:
        print("没有需要编号的信息。")
    elif write:
        print(f"已编号 {given} 条。" + (f"{failed} 条没有写成，见上。" if failed else ""))
    else:
        print(f"共 {given} 条。确认无误后运行：gongkai number --write")


def _lacks(item: Item) -> bool:
    return not item.index_number and _KEY not in item.lines


def _wanted(dataset: Dataset, config_file: Path, paths: list[Path]) -> frozenset[str]:
    files = [item.file for item in dataset.items]
    if not paths:
        return frozenset(files)
    root = config_file.resolve().parent
    inside: list[str] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"没有“{path}”这个文件或文件夹。")
        try:
            inside.append(path.resolve().relative_to(root).as_posix())
        except ValueError:
            raise UsageError(f"“{path}”不在站点文件夹里。") from None
    return frozenset(f for f in files if any(w in (".", f) or f.startswith(w + "/") for w in inside))


def give(dataset: Dataset, wanted: frozenset[str]) -> list[Given]:
    """The new numbers in order of publication, each year's after its highest serial; none that is there is changed.

    The order is day, then time of day, then file: the same however often it is asked for.
    """
    new = [i for i in dataset.items if _lacks(i) and i.file in wanted and not i.draft and i.published_on != NO_DATE]
    if not new:
        return []
    profile = dataset.profile
    taken = {i.index_number for i in dataset.items if i.index_number} | set(_in_faulty_files(dataset))
    form = index_number.form(profile.index_number_pattern, profile.credit_code, sorted(taken))
    if form is None:
        raise UsageError(_no_form(profile.index_number_pattern))
    new.sort(key=lambda i: (i.published_on, i.published_time or "", i.file))
    return list(_numbered(new, form, taken))


def _numbered(items: Iterable[Item], form: Form, taken: set[str]) -> Iterator[Given]:
    highest: dict[int, int] = defaultdict(int)
    for text in taken:
        number = index_number.parse(text)
        if number and number.front == form.front:
            highest[number.year] = max(highest[number.year], int(number.serial))
    for item in items:
        day = item.published_on
        highest[day.year] += 1
        text = form.number(day.year, day.month, highest[day.year])
        if len(str(highest[day.year])) > form.width:
            raise UsageError(
                f"{day.year} 年的流水号已经用完（{form.width} 位）；请把 index_number_pattern 的位数放宽。"
            )
        yield Given(item, text)


def _no_form(pattern: str | None) -> str:
    if pattern is None:
        return "还没有编号规则。请在 mkdocs.yml 的 township 下写上本机关的统一社会信用代码，如：credit_code: 11999999MB0000001X"
    return (
        f"按规则 {pattern} 编不出号。请先给一条信息手工编号作样子，或把规则写成：\n"
        r"index_number_pattern: '^11999999MB0000001X/20\d{2}-\d{5}$'"
    )


def _in_faulty_files(dataset: Dataset) -> Iterator[str]:
    """Numbers in files that could not be read as items: theirs are taken too."""
    for file in dataset.faulty:
        try:
            text = (dataset.settings.root / file).read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        yield from _ANY_NUMBER.findall(text)


def _done(dataset: Dataset, given: Given, *, write: bool) -> bool:
    """Print the number, after writing it if asked to."""
    path = dataset.settings.root / given.item.file
    if write:
        try:
            data = path.read_bytes()
            changed = with_number(data, given.number)
            if changed is None:
                print(f"{given.item.file}：没有写成，请自己在信息头加一行：{_KEY}: {given.number}")
                return False
            replace_file(path, changed)
        except OSError as error:
            print(f"{given.item.file}：没有写成（{os_reason(error)}），请检查文件是否被别的程序占用。")
            return False
    print(f"{given.item.file}：{given.number}")
    return True


def with_number(data: bytes, number: str) -> bytes | None:
    """``data``, an item's file, with one more line in its front matter; None when that cannot be done safely.

    Everything else stays byte for byte: comments, order, line ends, BOM. The line follows the date of publication, or
    closes the front matter where that date is not a line of its own.
    """
    before = _read(data)
    if before is None:
        return None
    text = data.decode("utf-8")
    lines = _LINE.findall(text)
    keys = load_vocabulary(catalogue_dir() / "vocabulary.yaml").keys
    written = {keys.get(fold(key.text)): key for key, _ in before.head.pairs}
    name = _LABEL if (shown := written.get("published_on")) and not shown.text.isascii() else _KEY
    for at in _places(before, lines, written):
        indent = re.match(r"\ufeff?([ ]*)", lines[at - 1])
        spaces = indent[1] if indent and before.head.pairs[0][0].column > 1 else ""
        end = re.search(r"[\r\n]+$", lines[at - 1])
        line = f"{spaces}{name}: {number}{end[0] if end else chr(10)}"
        changed = "".join([*lines[:at], line, *lines[at:]]).encode("utf-8")
        after = _read(changed)
        if after is not None and _only_added(before, after, name, number):
            return changed
    return None


def _places(document: front_matter.Document, lines: list[str], written: dict[str | None, Scalar]) -> Iterator[int]:
    """Numbers of lines after which the new one may stand, the best first."""
    key = written.get("published_on")
    for n, (name, _) in enumerate(document.head.pairs):
        if name is key:
            following = document.head.pairs[n + 1][0].line if n + 1 < len(document.head.pairs) else None
            if following is None or following > name.line:
                yield name.line
    last = document.head.pairs[-1][0].line
    closing = next((n for n in range(last, len(lines)) if lines[n].rstrip().rstrip("-") == ""), None)
    if closing is not None:
        yield closing


def _read(data: bytes) -> front_matter.Document | None:
    said: list[Finding] = []
    text = decode(data, "", said.append)
    document = front_matter.split(text, "", said.append) if text is not None else None
    return document if document is not None and document.head.pairs else None


def _only_added(before: front_matter.Document, after: front_matter.Document, name: str, number: str) -> bool:
    """Whether ``after`` says what ``before`` says, and the number besides."""
    old, new = _pairs(before.head), _pairs(after.head)
    if (name, number) not in new:
        return False
    new.remove((name, number))
    return old == new and before.body == after.body


def _pairs(head: Mapping) -> list[tuple[str, object]]:
    return [(key.text, plain(value)) for key, value in head.pairs]
