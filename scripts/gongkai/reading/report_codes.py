"""The kinds of findings about files that reports read: the rectification list, assessment tables (GK870 to GK879). Codes are never reused."""

from gongkai.model import FindingType, Severity

W = Severity.WARNING

_LIST = "整改清单的文件格式（docs/adr/0009-rectification-list.md）"
_TABLE = "考核表的写法（docs/assessments.md）"
_WHY = "整改清单只追加、不改写，才能看出什么时候发现、什么时候改好、有没有反复。"

DAMAGED = FindingType(
    code="GK870",
    severity=W,
    title="整改清单有一行读不懂",
    message="整改清单的这一行读不懂：{problem}。",
    hint="请从版本记录或备份里找回这一行原来的样子；找不回的，把这一行删去再运行 gongkai rectify。正确的样子如：\n{example}",
    source=_LIST,
    why=_WHY,
)
MISPLACED = FindingType(
    code="GK871",
    severity=W,
    title="整改清单前后不一致",
    message="整改清单的这一行与前面对不上：{problem}。",
    hint="请从版本记录或备份里找回整个文件；两人各运行过一次、合并后出现的，请删去多出的一行。",
    source=_LIST,
    why=_WHY,
)
UNREADABLE = FindingType(
    code="GK872",
    severity=W,
    title="整改清单打不开",
    message="整改清单打不开：{reason}。",
    hint="请检查 rectification.jsonl 是不是一个文件、有没有读取的权限、是否被别的程序占用。",
    source=_LIST,
    why=_WHY,
)
BAD_FORMULA = FindingType(
    code="GK873",
    severity=W,
    title="考核表的算式写错",
    message="考核表“{item}”一行的算式“{formula}”不能计算：{reason}。",
    hint="请改写算式，如：formula: 20 * 及时率；要由人评分的，把 formula 一行删去。",
    source=_TABLE,
    why="算式写错的考核表不能用，成绩单里的分数就出不来。",
)
UNKNOWN_FIGURE = FindingType(
    code="GK874",
    severity=W,
    title="考核表的算式用了没有的指标",
    message="考核表“{item}”一行的算式里没有“{name}”这个指标{guess}。",
    hint="可用的指标：{names}。如：formula: 20 * 及时率",
    source=_TABLE,
    why="指标名是固定的，写错一个字就取不到数。",
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, FindingType))
