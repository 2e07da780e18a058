"""What a run of the inspection adds to the rectification list. Pure: problems and findings in, events out."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from gongkai.dataset import Dataset
from gongkai.model import Finding, Severity, UnknownYear
from gongkai.model.rectification import Event, Happening, Problem, ProblemText
from gongkai.reading.report_codes import ALL

WITHIN = 3
"""Working days in which a problem is to be solved, where nothing else is said (R6.7: 固镇, three days after the feedback)."""

_OWN_CODES = frozenset(kind.code for kind in ALL)


_Key = tuple[str | None, ...]
"""By what a problem is known again: the same kind of finding in the same place of the same file; lines may move."""


def problems_found(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that are to be put right: errors and warnings, without those about the list itself."""
    return [f for f in findings if f.severity >= Severity.WARNING and f.code not in _OWN_CODES]


def new_events(
    dataset: Dataset, problems: Sequence[Problem], findings: Iterable[Finding], within: int = WITHIN
) -> list[Event]:
    """What is to be appended: problems found for the first time, found again, or found no more.

    A problem is the same when kind, file and field are the same; of several, those with the same words belong together
    first. Of files that cannot be read just now nothing is said to be solved.
    """
    left = problems_found(findings)
    still_open = [p for p in problems if p.solved_on is None]
    solved = [p for p in problems if p.solved_on is not None]
    for key in (_exact, _rough):
        still_open, left, _ = _matched(still_open, left, key)
    came_back: list[tuple[Problem, Finding]] = []
    for key in (_exact, _rough):
        solved, left, pairs = _matched(solved, left, key)
        came_back += pairs
    today, due = dataset.today, _due(dataset, within)
    faulty = frozenset(dataset.faulty)
    events = [
        Event(today, p.id, Happening.SOLVED, text=_why_solved(dataset, p))
        for p in still_open
        if p.found.file not in faulty
    ]
    events += [
        Event(today, p.id, Happening.RETURNED, _text(dataset, f, due))
        for p, f in sorted(came_back, key=lambda pair: pair[0].id)
    ]
    serial = max(
        (int(p.id[9:]) for p in problems if p.id.startswith(f"{today:%Y%m%d}-") and p.id[9:].isdigit()), default=0
    )
    for n, finding in enumerate(left, serial + 1):
        events.append(Event(today, f"{today:%Y%m%d}-{n:03d}", Happening.OPENED, _text(dataset, finding, due)))
    return events


def _exact(code: str, file: str, field: str | None, problem: str) -> _Key:
    return code, file, field, problem


def _rough(code: str, file: str, field: str | None, _problem: str) -> _Key:
    return code, file, field


def _matched(
    problems: Sequence[Problem], findings: Sequence[Finding], key: Callable[[str, str, str | None, str], _Key]
) -> tuple[list[Problem], list[Finding], list[tuple[Problem, Finding]]]:
    """Problems and findings that are left when each problem has got the first finding with the same key; and the pairs."""
    by_key: dict[_Key, list[Finding]] = defaultdict(list)
    for finding in reversed(findings):
        by_key[key(finding.code, finding.file, finding.field, finding.message)].append(finding)
    alone: list[Problem] = []
    pairs: list[tuple[Problem, Finding]] = []
    for problem in problems:
        found = problem.found
        same = by_key.get(key(found.code, found.file, found.field, found.problem))
        if same:
            pairs.append((problem, same.pop()))
        else:
            alone.append(problem)
    taken = {id(finding) for _, finding in pairs}
    return alone, [f for f in findings if id(f) not in taken], pairs


def _due(dataset: Dataset, within: int) -> dt.date | None:
    try:
        return dataset.calendar.due(dataset.today, within)
    except UnknownYear:
        return None


def _text(dataset: Dataset, finding: Finding, due: dt.date | None) -> ProblemText:
    return ProblemText(
        code=finding.code,
        severity=finding.severity.word,
        file=finding.file,
        line=finding.line,
        field=finding.field,
        problem=finding.message,
        basis=finding.rule,
        unit=_unit(dataset, finding.file),
        demand=finding.hint,
        due=due,
    )


def _unit(dataset: Dataset, file: str) -> str:
    """Whose file it is; what belongs to no item is the disclosure office's (R1.2)."""
    item = dataset.by_file.get(file)
    if item is not None and item.responsible_unit:
        return item.responsible_unit
    return dataset.profile.contact.office or dataset.profile.full_name


def _why_solved(dataset: Dataset, problem: Problem) -> str:
    """What is worth saying on how a problem went: nothing when it was put right."""
    level = dataset.settings.rules.get(problem.found.code)
    if level is not None and level.level in ("off", "note"):
        return f"本站设置不再检查 {problem.found.code}：{level.reason}"
    return "" if (dataset.settings.root / problem.found.file).exists() else "文件已经删除或改名"
