"""``gongkai catalogue import``: a county's table becomes the township's own fields, or a list of questions."""

from __future__ import annotations

import argparse
import datetime as dt
import re
from pathlib import Path

from gongkai import clock
from gongkai.catalogue.importing import Imported, Refused, import_file, read_review, review_text
from gongkai.catalogue.importing.fields import wanted_field
from gongkai.catalogue.importing.writing import field_text
from gongkai.catalogue.load import standard_files
from gongkai.cli.catalogue_site import SETTINGS, add_optional_config, site_here
from gongkai.cli.errors import UsageError
from gongkai.cli.output import write_whole
from gongkai.model import Field
from gongkai.reading import marked_yaml
from gongkai.reading.source import os_reason

OWN = Path("catalogue") / "own"
REVIEW = ".核对.csv"
_SHOWN = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "file", type=Path, metavar="文件", help="县里下发的目录表：.xlsx .xls .csv .docx .html .txt .md"
    )
    parser.add_argument("--field", metavar="领域", help="领域编号或名称；文件里有几个领域时，只导入这一个")
    parser.add_argument("--since", metavar="日期", help="从哪天起用（YYYY-MM-DD，默认今天）")
    parser.add_argument("--out", type=Path, metavar="文件夹", help="写到哪个文件夹（默认本站的 catalogue/own）")
    parser.add_argument("--review", type=Path, metavar="核对表", help=f"填好“改为”的核对表（文件名以“{REVIEW}”结尾）")
    add_optional_config(parser)


def run(options: argparse.Namespace) -> int:
    """Write the fields and give 0; or write the questions and give 1."""
    try:
        return _run(options)
    except Refused as error:
        said = str(error)
        end = "" if said.endswith("。") else "\n"  # an example stands in a line of its own
        raise UsageError(f"{said}{end}没有写入任何内容。") from None


def _run(options: argparse.Namespace) -> int:
    source: Path = options.file
    since = _since(options.since)
    site = site_here(options.config_file)
    out: Path = options.out or (options.config_file or SETTINGS).resolve().parent / OWN
    review = source.with_name(source.name + REVIEW)
    answers = None
    if options.review is not None:
        review = options.review
        answers = read_review(_bytes(review), review.name)
    imported = import_file(
        source,
        field_id=wanted_field(options.field) if options.field else None,
        known=site.catalogue.fields if site else (),
        answers=answers,
    )
    for remark in imported.remarks:
        print(f"说明：{remark}")
    if imported.open:
        return _ask(imported, review, again=options.review is not None, command=_command(options))
    _write(imported, out, since, source.name)
    return 0


def _command(options: argparse.Namespace) -> str:
    """The same command, to be run again with the answers."""
    given = [
        ("--field", options.field),
        ("--since", options.since),
        ("--out", options.out),
        ("-f", options.config_file),
    ]
    return " ".join(["gongkai catalogue import", _quoted(options.file), *(f"{k} {_quoted(v)}" for k, v in given if v)])


def _quoted(word: object) -> str:
    return f'"{word}"' if " " in str(word) else str(word)


def _since(text: str | None) -> dt.date:
    if text is None:
        return clock.today(None)
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--since 的“{text}”不是日期，请写成 2026-01-01 的形式。") from None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise UsageError(f"读不到核对表“{path}”。请检查文件名，或先不写 --review 导入一次。") from None


def _ask(imported: Imported, review: Path, *, again: bool, command: str) -> int:
    if review.exists() and not again:
        raise UsageError(
            f"已有核对表“{review}”，没有改动。填好后请运行：{command} --review {_quoted(review)}\n要重新开始，请先删去它。"
        )
    write_whole(review, review_text(imported.questions).encode("utf-8"))
    waiting = [q for q in imported.questions if q.open]
    rows = sum(len(f.entries) for f in imported.fields)
    print(f"读到 {len(imported.fields)} 个领域、{rows} 行；有 {len(waiting)} 处没有把握，尚未写入目录。")
    for q in waiting[:_SHOWN]:
        where = f"第 {q.row} 行" if q.row.isdigit() else q.row
        print(f"  {q.table} {where} {q.column}：{q.doubt}")
    if len(waiting) > _SHOWN:
        print("  ……")
    print(f"请打开“{review}”核对：读对的不用动，读错的在“改为”里写上正确内容，存盘后运行：")
    print(f"  {command} --review {_quoted(review)}")
    return 1


def _write(imported: Imported, out: Path, since: dt.date, source: str) -> None:
    """All files or none: every text is made before the first is written."""
    ready: list[tuple[Path, str, Field]] = []
    for field in imported.fields:
        path = _path(out, field, since)
        remarks = [f"{field.name}：由“{source}”导入，从 {since} 起用。", *imported.titles.get(field.id, ())]
        try:
            ready.append((path, field_text(field, imported.originals, since, remarks), field))
        except ValueError as error:
            raise UsageError(f"领域 {field.id} {field.name} 导入后不合目录格式：{error}。没有写入任何内容。") from None
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"不能新建文件夹“{out}”：{os_reason(error)}。") from None
    _write_all(ready)
    for path, _, field in ready:
        own = sum(entry.local for entry in field.entries)
        print(
            f"已写入：{path}（{field.id} {field.name}，{len(field.entries)} 行，其中本地自有 {own} 行，{since} 起用）"
        )


def _write_all(ready: list[tuple[Path, str, Field]]) -> None:
    done: list[Path] = []
    try:
        for path, text, _ in ready:
            write_whole(path, text.encode("utf-8"))
            done.append(path)
    except UsageError:
        for path in done:
            path.unlink(missing_ok=True)
        raise


def _path(out: Path, field: Field, since: dt.date) -> Path:
    """A file that is not there yet; a field's later versions carry their date in the name."""
    standard = standard_files().get(field.id)
    plain = re.sub(r"[^\w]+", "-", field.name).strip("-")
    stem = standard.stem if standard else f"{field.id}-{plain}"
    for other in sorted(out.glob(f"{field.id}-*.yaml")):
        if _since_of(other) == since.isoformat():
            raise UsageError(
                f"“{other}”已经是这个领域从 {since} 起用的版本，没有写入任何内容。要重新导入，请先移走它，或用 --since 写另一天。"
            )
    first = out / f"{stem}.yaml"
    return first if not first.exists() else out / f"{stem}-{since}.yaml"


def _since_of(path: Path) -> str:
    try:
        data = marked_yaml.load(path.read_text("utf-8"))
    except (OSError, ValueError):
        return ""
    head = data.get("field") if isinstance(data, dict) else None
    return str(head.get("since", "")) if isinstance(head, dict) else ""
