"""Argument parsing with Chinese help. argparse, because it starts fast and needs nothing."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

USAGE_ERROR = 2

_MESSAGES = (
    (r"unrecognized arguments: (.*)", r"不认识的参数：\1"),
    (r"the following arguments are required: (.*)", r"缺少参数：\1"),
    (r"argument (.*?): invalid choice: '(.*?)' \(choose from (.*)\)", r"参数 \1 不能是“\2”，可选：\3"),
    (r"argument (.*?): expected one argument", r"参数 \1 后面要有一个值"),
    (r"argument (.*?): invalid (?:int|float) value: '(.*)'", r"参数 \1 的“\2”不是数字"),
    (r"argument (.*?): (.*)", r"参数 \1：\2"),
)


class ChineseFormatter(argparse.RawDescriptionHelpFormatter):
    """Help with Chinese headings."""

    def add_usage(self, usage, actions, groups, prefix=None) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - argparse's own private signature
        """As argparse does, but in Chinese."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def format_help(self) -> str:
        """As argparse does, with full-width colons after the headings."""
        return re.sub(r"^(\S+):$", r"\1：", super().format_help(), flags=re.MULTILINE)


class ChineseParser(argparse.ArgumentParser):
    """A parser that speaks Chinese and exits with 2 on wrong usage."""

    def __init__(self, **options: object) -> None:
        options.setdefault("formatter_class", ChineseFormatter)
        super().__init__(add_help=False, allow_abbrev=False, **options)  # type: ignore[arg-type]  # passed on as given
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command, and how to get help."""
        for pattern, chinese in _MESSAGES:
            if re.fullmatch(pattern, message, re.DOTALL):
                message = re.sub(pattern, chinese, message, flags=re.DOTALL)
                break
        said, mark, choices = message.partition("可选：")
        message = said + mark + choices.replace("'", "").replace(", ", "、")
        print(f"命令写法不对：{message}\n查看说明：{self.prog} --help", file=sys.stderr)
        raise SystemExit(USAGE_ERROR)
