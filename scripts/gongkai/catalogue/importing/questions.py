"""What is not certain becomes a question; the clerk answers in a table and runs the import again."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from io import StringIO
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from gongkai.catalogue.importing.grid import Refused
from gongkai.catalogue.importing.readings import HIGH, LOW, Reading, bare

T = TypeVar("T")

COLUMNS = ("编号", "表", "行", "列", "原文", "读作", "把握", "改为")
WHOLE_TABLE, WHOLE_ROW = "全表", "整行"
_FORMULA = ("=", "+", "-", "@", "\t")
Place = tuple[str, str, str]


class Question(Struct, frozen=True):
    """A cell (or row, or table) whose reading is not certain. ``answer`` is what the clerk wrote; ``open`` until it does."""

    table: str
    row: str
    column: str
    original: str
    shown: str
    confidence: str
    doubt: str
    answer: str = ""
    open: bool = True

    @property
    def place(self) -> Place:
        """What tells the question from all others of a file."""
        return self.table, self.row, self.column


class Desk:
    """Settles readings: certain ones pass, others become questions, answers of an earlier run settle them."""

    def __init__(self, answers: dict[Place, Question] | None = None) -> None:
        self._answers = answers
        self.questions: list[Question] = []

    def settle(
        self, place: Place, original: str, reading: Reading[T], read: Callable[[str], Reading[T]], doubt: str = ""
    ) -> T:
        """The value of ``reading``, or of the clerk's answer to the question it raises."""
        why = doubt or reading.doubt
        if not why:
            return reading.value
        question = Question(*place, original, reading.shown, reading.confidence if reading.doubt else LOW, why)
        given = self._given(question)
        if given is None:
            self.questions.append(question)
            return reading.value
        if not given and reading.shown:
            self.questions.append(replace(question, open=False))
            return reading.value
        answer = read(given) if given else reading
        problem = self._problem(given, answer)
        self.questions.append(replace(question, answer=given, open=bool(problem), doubt=problem or why))
        return answer.value

    @staticmethod
    def _problem(given: str, answer: Reading[T]) -> str:
        if not given:
            return "必须填写“改为”"
        return f"“改为”看不懂：{answer.doubt}" if not answer.shown else ""

    def _given(self, question: Question) -> str | None:
        """What the clerk wrote for the question (empty: accepted); None when it was not asked before."""
        if self._answers is None or question.place not in self._answers:
            return None
        before = self._answers[question.place]
        if bare(_safe(before.original)) != bare(_safe(question.original)):
            raise Refused(
                f"核对表第“{question.row}”行“{question.column}”的原文与导入的文件不一样，可能不是同一份文件的核对表。请删去核对表，重新导入。"
            )
        if not before.answer.strip() and bare(_safe(before.shown)) != bare(_safe(question.shown)):
            return None
        return before.answer.strip()

    @property
    def open(self) -> bool:
        """Whether a question still waits for the clerk."""
        return any(q.open for q in self.questions)


def review_text(questions: Iterable[Question]) -> str:
    """The review file; spreadsheets open it as it is, and a text cannot pose as a formula."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for n, q in enumerate(questions, 1):
        sure = f"{q.confidence}（{q.doubt}）" if q.doubt else q.confidence or HIGH
        cells = (str(n), q.table, q.row, q.column, q.original, q.shown, sure, q.answer)
        writer.writerow([_safe(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def _safe(cell: str) -> str:
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def read_review(data: bytes, name: str) -> dict[Place, Question]:
    """The answers in a review file, as saved by Excel or WPS in either of the encodings they use."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        head = text.splitlines()[0] if text else ""
        if "原文" in head and "改为" in head:
            break
    else:
        raise Refused(f"“{name}”不是核对表。核对表的第一行是：{'、'.join(COLUMNS)}。")
    separator = "\t" if "\t" in head else ";" if ";" in head else ","
    rows = csv.DictReader(StringIO(text, newline=""), delimiter=separator)
    missing = [c for c in COLUMNS if c not in (rows.fieldnames or ())]
    if missing:
        raise Refused(f"“{name}”少了“{'、'.join(missing)}”列。请只填写“改为”一列，其余不动。")
    found: dict[Place, Question] = {}
    for row in rows:
        cell = {c: _plain((row.get(c) or "").strip()) for c in COLUMNS}
        if not any(cell.values()):
            continue
        q = Question(cell["表"], cell["行"], cell["列"], cell["原文"], cell["读作"], "", "", cell["改为"])
        found[q.place] = q
    return found
