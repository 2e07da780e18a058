"""``gongkai catalogue export``: the township's catalogue as a table in the official form."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from gongkai.catalogue.export_workbook import workbook_bytes
from gongkai.catalogue.exporting import csv_bytes, rows_of
from gongkai.cli.catalogue_site import add_optional_config, load_site
from gongkai.cli.errors import UsageError
from gongkai.cli.output import write_whole
from gongkai.model import Catalogue, Field
from gongkai.reading.nearest import nearest, phrase

FORMATS = ("xlsx", "csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--format", choices=FORMATS, help="表格格式（默认按 -o 的扩展名，否则 xlsx）")
    parser.add_argument("--field", action="append", metavar="领域", help="只导出这个领域（编号或名称，可写多次）")
    parser.add_argument("--all", action="store_true", help="连同只由县级公开的条目一起导出")
    parser.add_argument("-o", "--output", type=Path, metavar="文件", help="写到哪个文件")
    parser.add_argument("--replace", action="store_true", help="替换已有的文件")
    add_optional_config(parser)


def run(options: argparse.Namespace) -> int:
    """Write the table and say where it lies."""
    site = load_site(options.config_file)
    catalogue = site.catalogue
    if options.field:
        chosen = [_field(catalogue, wanted) for wanted in dict.fromkeys(options.field)]
        catalogue = replace(catalogue, fields=tuple(f for f in catalogue.fields if f in chosen))
    style = _style(options.format, options.output)
    path = options.output or Path(f"{site.profile.name}基层政务公开标准目录.{style}")
    rows = rows_of(catalogue, everything=options.all)
    content = csv_bytes(rows, site.profile) if style == "csv" else workbook_bytes(catalogue, rows, site.profile)
    _write(path, content, replace_it=options.replace)
    print(f"已导出：{path}（{len(rows)} 个领域，{sum(len(entries) for _, entries in rows)} 项）")
    return 0


def _style(wanted: str | None, output: Path | None) -> str:
    suffix = output.suffix.lower().removeprefix(".") if output else ""
    if output and suffix not in FORMATS:
        raise UsageError(f"“{output}”的扩展名应是 .xlsx 或 .csv。")
    if wanted and suffix and wanted != suffix:
        raise UsageError(f"--format {wanted} 与文件名“{output}”不一致，请改其中一个。")
    return wanted or suffix or "xlsx"


def _field(catalogue: Catalogue, wanted: str) -> Field:
    bare = wanted.strip().removesuffix("领域")
    for field in catalogue.fields:
        if bare in (field.id, field.name) or wanted.strip() == field.name:
            return field
    names: Sequence[str] = [f.name for f in catalogue.fields]
    raise UsageError(f"本镇没有采用“{wanted}”这个领域{phrase(nearest(bare, names))}。本镇采用：{'、'.join(names)}")


def _write(path: Path, content: bytes, *, replace_it: bool) -> None:
    """Write ``content``; what a clerk may have edited in an older export is not replaced unasked."""
    if path.is_dir():
        raise UsageError(f"“{path}”是文件夹，请写文件名。")
    if path.exists() and not replace_it and not _holds(path, content):
        raise UsageError(f"“{path}”已经存在，没有改动。要替换它请加 --replace，或用 -o 换一个文件名。")
    write_whole(path, content)


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
