"""``gongkai mask``: numbers, and on demand names, of an item masked by the rule of the site."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from gongkai.cli.errors import UsageError
from gongkai.reading.source import os_reason
from gongkai.writing import replace_file

DESCRIPTION = (
    "把一条信息（.md）里的身份证号、手机号、银行卡号按本站规则遮盖（身份证号、卡号只留前2位和后3位，手机号写成 138****1234），"
    "先列出改动，加 --write 才写进文件。privacy_allow 放行的号码不动。"
)
_ALLOWED = re.compile(r"(?:value|号码)\s*[:：]\s*[\"']?([^\s\"',，}]+)")
_ALLOW_KEY = re.compile(r"^(?:privacy_allow|个人信息放行|隐私放行)\s*[:：](.*(?:\n(?:[ \t-].*)?)*)", re.MULTILINE)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("file", type=Path, metavar="文件", help="要遮盖的 .md 文件")
    parser.add_argument("--names", action="store_true", help="表格里姓名列的姓名也隐去中间一字")
    parser.add_argument("--write", action="store_true", help="把改动写进文件（不加时只列出改动）")


def run(options: argparse.Namespace) -> int:
    """Mask a file. 0: done, or nothing to do."""
    from gongkai.privacy.masking import mask_text

    path: Path = options.file
    data, encoding = _read(path)
    text = data.decode(encoding)
    allowed = _allowed(text)
    after, changes = mask_text(text, names=options.names, allowed=allowed)
    if not changes:
        print(f"{path}：没有要遮盖的内容。")
        return 0
    print(f"--- {path}（为免泄露，要隐去的位写成 #）\n+++ {path}（遮盖后）")
    for change in changes:
        print(f"@@ 第{change.line}行 @@\n-{change.before}\n+{change.after}")
    if options.write:
        _write(path, after.encode(encoding))
        print(f"已改 {len(changes)} 行。")
    else:
        print(f"共 {len(changes)} 行要改；文件没有改动，确认后加 --write 写入。")
    return 0


def _read(path: Path) -> tuple[bytes, str]:
    if path.suffix.lower() not in (".md", ".markdown"):
        raise UsageError(f"只能遮盖 .md 文件：{path.name}。附件请用 Word、Excel 打开修改。")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"读不出文件 {path}：{os_reason(error)}。") from error
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return data, encoding
    raise UsageError(f"文件 {path} 既不是 UTF-8 也不是 GB18030 编码，没有改动。")


def _allowed(text: str) -> list[str]:
    """The values under privacy_allow, wherever the file is otherwise faulty."""
    head = text.replace("\r\n", "\n").partition("\n---")[0]
    return [value for block in _ALLOW_KEY.findall(head) for value in _ALLOWED.findall(block)]


def _write(path: Path, data: bytes) -> None:
    """Put the new content in place at once: a crash leaves the old file."""
    try:
        replace_file(path, data)
    except OSError as error:
        raise UsageError(f"写不进文件 {path}：{os_reason(error)}。文件没有改动。") from error
