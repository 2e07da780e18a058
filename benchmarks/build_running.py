"""Running a command for benchmarks/build.py: what it and everything it starts take of processor, time and memory (Linux)."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY_SECONDS = 0.02
# Installed packages have their bytecode; with this set, a source checkout would be compiled anew in each run.
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True)
class Run:
    """CPU seconds of the process tree, seconds on the clock, and the most memory the tree held at one time, in MB (10^6)."""

    cpu: float
    wall: float
    memory: float


def run(command: list[str], folder: Path, environment: dict[str, str]) -> Run:
    """Run ``command`` in ``folder``; a failure ends the benchmark with what the command said."""
    log = folder.parent / f"{folder.name}.log"
    with log.open("wb") as out:
        begin = time.perf_counter()
        known = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
        process = subprocess.Popen(command, cwd=folder, env=known | environment, stdout=out, stderr=out)
        peak = [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, peak))
        watcher.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begin
        watcher.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(
            f"{' '.join(command)} in {folder}: exit {process.returncode}\n{log.read_text('utf-8')[-3000:]}"
        )
    return Run(used.ru_utime + used.ru_stime, wall, max(peak[0], used.ru_maxrss * 1024 / 1e6))


def _watch(pid: int, peak: list[float]) -> None:
    """Look every few milliseconds what the tree holds, pages that two of them share counted twice."""
    while (held := _tree(pid)) > 0:
        peak[0] = max(peak[0], held / 1e6)
        time.sleep(_EVERY_SECONDS)


def _tree(pid: int) -> int:
    try:
        held = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * _PAGE
        children = [
            child
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text("ascii").split()
        ]
    except (OSError, IndexError):
        return 0
    return held + sum(_tree(int(child)) for child in children)
