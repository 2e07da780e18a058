"""The kinds of findings that reading a book of opinions (feedback/<year>.csv) can give (GK851 to GK857)."""

from gongkai.model import FindingType, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

FORM = "群众意见建议及处理记录簿（乡镇政务公开的登记簿；R3.7 留言答复）"

UNREADABLE = FindingType(
    code="GK851",
    severity=E,
    title="意见记录簿读不出来",
    message="群众意见记录簿读不出来：{reason}。",
    hint="{advice}",
    source=FORM,
    why="读不出来，就不能生成记录簿，也不知道哪些意见还没有答复。",
)
HEADINGS = FindingType(
    code="GK852",
    severity=E,
    title="意见记录簿缺少列",
    message="群众意见记录簿{what}。",
    hint="请在第一行写列名，如：{example}",
    source=FORM,
    why="缺了收到日期、类别、内容摘要，就不知道是哪一条意见。",
)
BAD_DATE = FindingType(
    code="GK853",
    severity=E,
    title="意见记录簿的日期读不出来",
    message="“{column}”：“{value}”{reason}。",
    hint="请写成年-月-日，如：{example}",
    source="R4.9",
    why="答复是否及时从收到日期算起。",
)
UNKNOWN_KIND = FindingType(
    code="GK854",
    severity=E,
    title="意见记录簿的类别不对",
    message="“类别”：不认识“{value}”{nearest}。",
    hint="可用的类别：{allowed}",
    source=FORM,
    why="按类别统计，写法要一致。",
)
EMPTY = FindingType(
    code="GK855",
    severity=E,
    title="意见记录簿必填项空着",
    message="“{column}”空着。",
    hint="请补上，如：{example}",
    source=FORM,
    why="没有收到日期、类别和内容摘要，就不成一条记录。",
)
TOO_MANY_CELLS = FindingType(
    code="GK856",
    severity=E,
    title="意见记录簿一行的格数比表头多",
    message="这一行有 {count} 格，表头只有 {columns} 列，后面的内容可能错位。",
    hint='请用 Excel 打开核对；内容里有逗号的，用记事本编辑时要加引号，如："路灯不亮,晚上出行不便"',
    source=FORM,
    why="多出一格，后面各列的内容都会错一列。",
)
OTHER_FILE = FindingType(
    code="GK857",
    severity=W,
    title="意见记录簿文件夹里有别的文件",
    message="文件夹 feedback 里的这个文件不会读取：{reason}。",
    hint="请在 Excel 中“另存为”，类型选“CSV UTF-8（逗号分隔）”，文件名写年份，如：2026.csv；别的文件请移走。",
    source=FORM,
    why="以为登记了、其实没有读到，意见就会没有人办。",
)

ALL = (UNREADABLE, HEADINGS, BAD_DATE, UNKNOWN_KIND, EMPTY, TOO_MANY_CELLS, OTHER_FILE)
