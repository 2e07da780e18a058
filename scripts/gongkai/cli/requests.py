"""``gongkai requests``: requests for disclosure that wait for an answer, and new registers (R1.12)."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

from gongkai.cli.errors import UsageError
from gongkai.cli.reporting import add_site_arguments, load_gathered
from gongkai.cli.site import need_config
from gongkai.dataset import Dataset
from gongkai.dataset.requests import Clock, State, clock, open_requests
from gongkai.gather import Gathered
from gongkai.model import Severity, annual
from gongkai.model.request import FOLDER, REMEDIES_FILE, register_file
from gongkai.reading.csv_column import Column
from gongkai.reading.requests.columns import REMEDIES, REQUESTS
from gongkai.reading.source import os_reason

_BOM = b"\xef\xbb\xbf"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument(
        "--new", metavar="年份", type=int, help="新建这一年的登记簿（requests/年份.csv），用 Excel 填写"
    )
    parser.add_argument("--words", action="store_true", help="列出申请人类型和办理结果的全部写法")
    parser.add_argument("--all", action="store_true", help="连同已经答复的申请一起列出")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式（默认 text）")
    add_site_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """List, or make a register. 1 when a request is overdue or a register has errors."""
    if options.words:
        print(words(), end="")
        return 0
    if options.new is not None:
        need_config(options.config_file)
        return _new(options.config_file.resolve().parent, options.new)
    gathered, dataset = load_gathered(options)
    wrong = register_errors(gathered)
    clocks = _clocks(dataset, everything=options.all)
    if options.format == "json":
        print(json.dumps(as_json(dataset, clocks), ensure_ascii=False, indent=1))
    else:
        print(text(dataset, clocks), end="")
    return 1 if wrong or any(c.state is State.OVERDUE for c in clocks) else 0


def register_errors(gathered: Gathered) -> int:
    """Print the errors in registers, and how many there are: nothing is to be counted out of what could not be read."""
    wrong = [f for f in gathered.findings if f.file.startswith(f"{FOLDER}/") and f.severity is Severity.ERROR]
    for f in wrong:
        print(f"{f.file}:{f.line} {f.message}\n    {f.hint}", file=sys.stderr)
    return len(wrong)


def _clocks(dataset: Dataset, *, everything: bool) -> list[Clock]:
    waiting = open_requests(dataset.registers, dataset.calendar, dataset.today)
    if not everything:
        return waiting
    rest = [
        clock(r, dataset.calendar, dataset.today) for r in dataset.registers.requests if not r.open_on(dataset.today)
    ]
    return waiting + sorted(rest, key=lambda c: (c.request.received, c.request.number))


def text(dataset: Dataset, clocks: list[Clock]) -> str:
    """The list for people."""
    if not dataset.registers.years:
        return f"还没有登记簿。新建：gongkai requests --new {dataset.today.year}\n"
    waiting = [c for c in clocks if c.state in (State.OVERDUE, State.OPEN, State.CONSULTING, State.WAITING)]
    late = sum(c.state is State.OVERDUE for c in waiting)
    lines = [
        f"依申请公开（{dataset.today}）：在办 {len(waiting)} 件" + (f"，其中超期 {late} 件" if late else "") + "。"
    ]
    return "\n".join([*lines, *map(_line, clocks)]) + "\n"


def _line(found: Clock) -> str:
    request = found.request
    words = [f"  {request.number}", f"{request.received} 收到", request.applicant, found.state.value]
    if request.answered_on:
        words.append(f"{request.answered_on} 答复")
    if found.due:
        words.append(f"应在 {found.due} 前答复")
    elif found.unknown_year:
        words.append(f"到期日在 {found.unknown_year} 年，放假安排未公布，暂不能计算")
    if found.left is not None:
        words.append(f"还有 {found.left} 个工作日" if found.left >= 0 else f"已超 {-found.left} 个工作日")
    if found.paused:
        words.append(f"扣除征求意见 {found.paused} 个工作日")
    if request.extended_on and found.due != found.plain_due:
        words.append("已延期")
    if request.unit:
        words.append(request.unit)
    return "  ".join(words)


def as_json(dataset: Dataset, clocks: list[Clock]) -> dict[str, Any]:
    """The list for machines; it holds no content of requests."""
    return {
        "today": dataset.today.isoformat(),
        "registers": [register_file(year) for year in dataset.registers.years],
        "requests": [
            {
                "number": c.request.number,
                "received": c.request.received.isoformat(),
                "applicant": c.request.applicant,
                "state": c.state.value,
                "due": c.due.isoformat() if c.due else None,
                "working_days_left": c.left,
                "working_days_paused": c.paused,
                "extended": bool(c.request.extended_on),
                "answered_on": c.request.answered_on.isoformat() if c.request.answered_on else None,
                "outcome": annual.ROW_BY_KEY[c.request.outcome].outcome if c.request.outcome else None,
                "unit": c.request.unit,
            }
            for c in clocks
        ],
    }


def words() -> str:
    """What may stand in the columns 申请人类型 and 办理结果, and in the register of reviews."""
    lines = ["申请人类型：", *(f"  {name}" for name in annual.APPLICANTS), "", "办理结果："]
    lines += [f"  {outcome}" for outcome in annual.OUTCOMES]
    lines += ["", f"{REMEDIES_FILE} 的种类：", *(f"  {name}" for name in annual.REMEDIES)]
    lines += ["", f"{REMEDIES_FILE} 的结果：", *(f"  {name}" for name in annual.REMEDY_RESULTS)]
    return "\n".join(lines) + "\n"


def _new(root: Path, year: int) -> int:
    """Write empty registers where there are none: with headings only, as Excel opens them."""
    if not 2008 <= year <= 2099:
        raise UsageError(f"“{year}”不是登记簿的年份，请写四位，如：gongkai requests --new 2026")
    made = [
        file
        for file, columns in ((register_file(year), REQUESTS), (REMEDIES_FILE, REMEDIES))
        if _made(root / file, columns)
    ]
    if register_file(year) not in made:
        raise UsageError(f"已经有 {register_file(year)}，不会覆盖它。")
    print("已新建：" + "、".join(made))
    print(
        "请用 Excel 打开，一件申请一行；保存时仍选 CSV。日期写成 2026-03-04，办理结果的写法见：gongkai requests --words"
    )
    print("不要写申请人的姓名、电话、身份证号；登记簿只在本机计算，不会发布到网站上。")
    return 0


def _made(path: Path, columns: tuple[Column, ...]) -> bool:
    content = io.StringIO(newline="")
    csv.writer(content).writerow([column.heading for column in columns])
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("xb") as file:
            file.write(_BOM + content.getvalue().encode())
    except FileExistsError:
        return False
    except OSError as error:
        raise UsageError(f"不能写入“{path}”：{os_reason(error)}。") from error
    return True
