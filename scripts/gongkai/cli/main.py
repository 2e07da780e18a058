"""``gongkai``: check, init, new, number, serve, catalogue, rules."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

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


def _parser(argv: list[str]) -> ChineseParser:
    parser = ChineseParser(prog="gongkai", description=DESCRIPTION, epilog=EPILOG)
    parser.add_argument("--version", action="version", version=f"gongkai {__version__}", help="显示版本")
    commands = parser.add_subparsers(
        title="命令", metavar="命令", dest="command", required=True, parser_class=ChineseParser, prog=parser.prog
    )

    check = commands.add_parser(
        "check", help="检查信息是否合规", description="检查全部信息，或只检查给出的文件和文件夹。"
    )
    check.add_argument("paths", nargs="*", metavar="路径", type=Path, help="只列出这些文件或文件夹里的问题")
    check.add_argument(
        "--format", choices=("text", "json", "sarif", "github"), default="text", help="输出格式（默认 text）"
    )
    check.add_argument("--strict", action="store_true", help="有警告也算不通过")
    check.add_argument("--today", metavar="日期", help="把这一天当作今天（YYYY-MM-DD）")
    check.add_argument("--no-cache", action="store_true", help="不用缓存，全部重新检查")
    _config(check)
    check.set_defaults(run=_check)

    init = commands.add_parser("init", help="新建站点", description="在空文件夹里新建一个站点。")
    init.add_argument("folder", type=Path, metavar="文件夹", help="站点文件夹，不存在时自动新建")
    init.add_argument("--name", metavar="名称", help="乡镇简称，如：示范镇")
    init.set_defaults(run=_init)

    new = commands.add_parser(
        "new",
        help="新建一条信息",
        description="按目录条目新建一条信息，要素、单位、时限和渠道都已填好；不写条目时逐级选择。",
    )
    new.add_argument("entry", nargs="?", metavar="条目", help="条目编号或“领域/一级事项/二级事项”")
    new.add_argument("--title", metavar="标题", help="标题")
    new.add_argument("--unit", metavar="单位", help="责任单位")
    new.add_argument("--today", metavar="日期", help="把这一天当作今天（YYYY-MM-DD）")
    _config(new)
    new.set_defaults(run=_new)

    serve = commands.add_parser("serve", help="边写边看", description="在本机打开网站，文件一改就重新生成。")
    serve.add_argument("--addr", default="127.0.0.1:8000", metavar="地址:端口", help="本机地址（默认 127.0.0.1:8000）")
    _config(serve)
    serve.set_defaults(run=_serve)

    _lazy(commands, argv)
    _catalogue(commands, argv)

    rules = commands.add_parser(
        "rules", help="打印规则手册", description="打印全部检查规则的说明（docs/rules.md 的内容）。"
    )
    rules.set_defaults(run=_rules)
    return parser


# Commands with a module of their own, which is imported only when the command is named: name, module, one line of help.
_LAZY = (
    ("mask", "mask", "遮盖一条信息里的身份证号、手机号、银行卡号"),
    ("number", "number", "给没有索引号的信息编号"),
    ("offline", "offline", "做离线副本（U盘、触摸屏用，不用联网），或核对、更新副本"),
    ("inspect", "inspect", "打印检查评分表（检查人员怎样给本站打分）"),
    ("board", "board", "生成张贴件（村公示栏用，可打印；不上网站的信息也可以）"),
    ("clean", "clean", "清除缓存（下一次全部重新检查）"),
    ("coverage", "coverage", "公开情况：各条目各期公开了没有，缺的、迟的和快到期限的"),
    ("ledger", "ledger", "信息公开台账和各种登记表（.xlsx .csv .json）"),
    ("due", "due", "列出各单位近期应公开的信息，可写成日历（.ics）"),
    ("rectify", "rectify", "记录检查发现的问题和整改情况，写成整改清单（.xlsx）"),
    ("card", "card", "生成季度或年度成绩单（.docx .xlsx），附考核表"),
    ("aggregate", "aggregate", "汇总几个乡镇的网站：排名、覆盖情况、台账、整改清单（县级用）"),
    ("annual", "annual", "生成政府信息公开工作年度报告草稿（数字自动计算）"),
    ("requests", "requests", "依申请公开：列出在办、快到期、超期的申请，新建登记簿"),
)


def _lazy(commands: argparse._SubParsersAction[ChineseParser], argv: list[str]) -> None:
    for name, module, words in _LAZY:
        command = commands.add_parser(name, help=words, description=words)
        if argv[:1] == [name]:
            action = import_module(f"gongkai.cli.{module}")
            action.add_arguments(command)
            command.set_defaults(run=action.run)


# The catalogue's own commands: name, module, one line of help.
_CATALOGUE = (
    ("import", "catalogue_import", "导入县里下发的目录表（.xlsx .xls .csv .docx .html .txt）"),
    ("export", "catalogue_export", "导出本镇目录（.xlsx .csv）"),
    ("show", "catalogue_show", "查看目录的领域和条目"),
    ("diff", "catalogue_diff", "比较两个年度的目录"),
)


def _catalogue(commands: argparse._SubParsersAction[ChineseParser], argv: list[str]) -> None:
    """``gongkai catalogue ...``. A command's module is imported only when ``argv`` names it."""
    parser = commands.add_parser(
        "catalogue", help="查看、导入、导出、比较目录", description="公开目录的查看、导入、导出和比较。"
    )
    kinds = parser.add_subparsers(
        title="命令", metavar="命令", dest="action", required=True, parser_class=ChineseParser, prog=parser.prog
    )
    for name, module, words in _CATALOGUE:
        command = kinds.add_parser(name, help=words, description=words)
        if argv[:2] == ["catalogue", name]:
            action = import_module(f"gongkai.cli.{module}")
            action.add_arguments(command)
            command.set_defaults(run=action.run)


def _config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-f", "--config-file", type=Path, default=Path("mkdocs.yml"), metavar="文件", help="站点设置（默认 mkdocs.yml）"
    )


# Each command is imported when it runs: a check must not wait for MkDocs.


def _check(options: argparse.Namespace) -> int:
    from gongkai.cli.check import check

    return check(
        options.config_file,
        options.paths,
        options.format,
        strict=options.strict,
        today=options.today,
        cache=not options.no_cache,
    )


def _init(options: argparse.Namespace) -> int:
    from gongkai.cli.init import init

    return init(options.folder, options.name)


def _new(options: argparse.Namespace) -> int:
    from gongkai.cli.new import new

    return new(options.config_file, options.entry, options.title, options.unit, options.today)


def _serve(options: argparse.Namespace) -> int:
    from gongkai.cli.serve import serve

    return serve(options.config_file, options.addr)


def _rules(_options: argparse.Namespace) -> int:
    from gongkai.rules.manual import manual

    print(manual(), end="")
    return 0
