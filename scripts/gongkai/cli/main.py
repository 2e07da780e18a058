"""``gongkai``: the list of its commands; each is a module with ``add_arguments`` and ``run``."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import NamedTuple

from gongkai import __version__
from gongkai.cli.errors import UsageError
from gongkai.cli.parser import USAGE_ERROR, ChineseParser
from gongkai.collector import stop

DESCRIPTION = "公开栏：把乡镇依法公开的信息（Markdown 文件）检查好、生成网站。"
EPILOG = """常用：
  gongkai init 示范镇公开栏        在空文件夹里新建一个站点
  gongkai new 社会救助/最低生活保障/审批信息   按目录条目新建一条信息
  gongkai check                    检查全部信息
  gongkai serve                    边写边看（http://127.0.0.1:8000/）
  mkdocs build                     生成网站（site 文件夹）"""


def main(argv: list[str] | None = None) -> int:
    """Run the command line. 0: fine; 1: errors found; 2: wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if argv is None:
        stop()
        argv = sys.argv[1:]
    options = _parser(argv).parse_args(argv)
    try:
        code: int = options.run(options)
    except UsageError as error:
        print(error, file=sys.stderr)
        return USAGE_ERROR
    except KeyboardInterrupt:
        print("已停止。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    return code


class Command(NamedTuple):
    """A command: its name, its line in the list, its module under ``gongkai.cli`` or the commands that follow it.

    ``about`` says what it is for, where the line is too short for that.
    """

    name: str
    line: str
    module: str = ""
    about: str = ""
    commands: tuple[Command, ...] = ()


_NEW = "按目录条目新建一条信息，要素、单位、时限和渠道都已填好；不写条目时逐级选择。"
_CATALOGUE = (
    Command("import", "导入县里下发的目录表（.xlsx .xls .csv .docx .html .txt）", "catalogue_import"),
    Command("export", "导出本镇目录（.xlsx .csv）", "catalogue_export"),
    Command("show", "查看目录的领域和条目", "catalogue_show"),
    Command("diff", "比较两个年度的目录", "catalogue_diff"),
)
COMMANDS = (
    Command("check", "检查信息是否合规", "check", "检查全部信息，或只检查给出的文件和文件夹。"),
    Command("init", "新建站点", "init", "在空文件夹里新建一个站点。"),
    Command("new", "新建一条信息", "new", _NEW),
    Command("serve", "边写边看", "serve", "在本机打开网站，文件一改就重新生成。"),
    Command("mask", "遮盖一条信息里的身份证号、手机号、银行卡号", "mask"),
    Command("number", "给没有索引号的信息编号", "number"),
    Command("offline", "做离线副本（U盘、触摸屏用，不用联网），或核对、更新副本", "offline"),
    Command("inspect", "打印检查评分表（检查人员怎样给本站打分）", "inspect"),
    Command("board", "生成张贴件（村公示栏用，可打印；不上网站的信息也可以）", "board"),
    Command("clean", "清除缓存（下一次全部重新检查）", "clean"),
    Command("coverage", "公开情况：各条目各期公开了没有，缺的、迟的和快到期限的", "coverage"),
    Command("ledger", "信息公开台账和各种登记表（.xlsx .csv .json）", "ledger"),
    Command("due", "列出各单位近期应公开的信息，可写成日历（.ics）", "due"),
    Command("rectify", "记录检查发现的问题和整改情况，写成整改清单（.xlsx）", "rectify"),
    Command("card", "生成季度或年度成绩单（.docx .xlsx），附考核表", "card"),
    Command("aggregate", "汇总几个乡镇的网站：排名、覆盖情况、台账、整改清单（县级用）", "aggregate"),
    Command("annual", "生成政府信息公开工作年度报告草稿（数字自动计算）", "annual"),
    Command("requests", "依申请公开：列出在办、快到期、超期的申请，新建登记簿", "requests"),
    Command(
        "catalogue",
        "查看、导入、导出、比较目录",
        about="公开目录的查看、导入、导出和比较。",
        commands=_CATALOGUE,
    ),
    Command("rules", "打印规则手册", "rules", "打印全部检查规则的说明（docs/rules.md 的内容）。"),
)


def _parser(argv: list[str]) -> ChineseParser:
    parser = ChineseParser(prog="gongkai", description=DESCRIPTION, epilog=EPILOG)
    parser.add_argument("--version", action="version", version=f"gongkai {__version__}", help="显示版本")
    _add(parser, "command", COMMANDS, argv)
    return parser


def _add(parser: ChineseParser, dest: str, commands: tuple[Command, ...], argv: list[str]) -> None:
    """Add the one of ``commands`` that ``argv`` begins with; all of them, for the list, where it begins with none.

    No other command is prepared and no other module imported: each would take time from the one that runs.
    """
    listed = parser.add_subparsers(
        title="命令", metavar="命令", dest=dest, required=True, parser_class=ChineseParser, prog=parser.prog
    )
    named = [command for command in commands if [command.name] == argv[:1]]
    for command in named or commands:
        added = listed.add_parser(command.name, help=command.line, description=command.about or command.line)
        if named and command.commands:
            _add(added, "action", command.commands, argv[1:])
        elif named:
            action = import_module(f"gongkai.cli.{command.module}")
            action.add_arguments(added)
            added.set_defaults(run=action.run)
