"""The kinds of findings that reading a register of requests can give (GK651 to GK669)."""

from gongkai.model import FindingType, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

FORM = "《政府信息公开条例》第四十五条（申请的登记、审核、办理、答复、归档，R1.12）"

UNREADABLE = FindingType(
    code="GK651",
    severity=E,
    title="登记簿读不出来",
    message="登记簿读不出来：{reason}。",
    hint="{advice}",
    source=FORM,
    why="登记簿读不出来，就不能计算答复期限，也不能生成年度报告。",
)
HEADINGS = FindingType(
    code="GK652",
    severity=E,
    title="登记簿缺少列",
    message="登记簿{what}。",
    hint="{advice}",
    source=FORM,
    why="缺了登记号、收到日期、申请人类型等列，就不能统计。",
)
BAD_DATE = FindingType(
    code="GK653",
    severity=E,
    title="登记簿的日期读不出来",
    message="“{column}”：“{value}”{reason}。",
    hint="请写成年-月-日，如：{example}",
    source="R4.9；R1.12",
    why="答复期限从收到日期起算，日期读不准就算不出来。",
)
NOT_IN_LIST = FindingType(
    code="GK654",
    severity=E,
    title="登记簿的用语不对",
    message="“{column}”：不认识“{value}”{nearest}。",
    hint="可用的写法：{allowed}",
    source="《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）表列用语（R2.4、R2.5）",
    why="年度报告按这些用语分列统计。",
)
UNKNOWN_OUTCOME = FindingType(
    code="GK655",
    severity=E,
    title="不认识的答复类型",
    message="“办理结果”：不认识“{value}”{nearest}。",
    hint="请写成年度报告表三的一种，如：{example}；全部 21 种见 gongkai requests --words",
    source="《政府信息公开条例》第三十六条；《政府信息公开工作年度报告格式》（R2.4）",
    why="每件申请都要归入表三的一行，归错或归不了就会加不拢。",
)
EMPTY = FindingType(
    code="GK656",
    severity=E,
    title="登记簿必填项空着",
    message="“{column}”空着。",
    hint="请补上，如：{example}",
    source=FORM,
    why="没有登记号、收到日期和申请人类型，这件申请就不能统计。",
)
TOO_MANY_CELLS = FindingType(
    code="GK657",
    severity=E,
    title="登记簿一行的格数比表头多",
    message="这一行有 {count} 格，表头只有 {columns} 列，后面的内容可能错位。",
    hint='请用 Excel 打开核对；内容里有逗号的，用记事本编辑时要加引号，如："低保、特困，2024年名册"',
    source=FORM,
    why="多出一格，后面各列的内容都会错一列。",
)
NOT_A_NUMBER = FindingType(
    code="GK658",
    severity=E,
    title="登记簿的数字读不出来",
    message="“{column}”：“{value}”{reason}。",
    hint="请写成：{example}",
    source="《政府信息公开条例》第三十三条（延长的期限最长不超过20个工作日）、第四十二条",
    why="延长几天决定到期日，收费多少要写进年度报告。",
)
OTHER_FILE = FindingType(
    code="GK659",
    severity=W,
    title="登记簿文件夹里有别的文件",
    message="文件夹 requests 里的这个文件不会读取：{reason}。",
    hint="{advice}",
    source=FORM,
    why="以为登记了、其实没有读到，申请就会超期。",
)
UNKNOWN_COLUMN = FindingType(
    code="GK660",
    severity=N,
    title="登记簿有不认识的列",
    message="不认识“{column}”这一列，统计时不使用{nearest}。",
    hint="本地自加的列可以保留；写错的请改成：{known}",
    source=FORM,
    why="列名写错时，这一列的内容会被当作没有填。",
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, FindingType))
