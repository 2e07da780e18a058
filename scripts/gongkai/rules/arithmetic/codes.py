"""The kinds of findings on figures in tables and texts (GK701 to GK749)."""

from gongkai.model import FindingType, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

SOURCE = "R8.2（数字对不上是检查中的常见问题）"

TOTAL_ROW = FindingType(
    code="GK701",
    severity=E,
    title="合计行加不拢",
    message="“{column}”一列各行相加是 {sum}，“{label}”行写的是 {stated}，相差 {difference}。",
    hint="请核对这一列；各行都对的，合计应写成：{sum}",
    source=SOURCE,
    why="合计是读者最先看的数，加不拢会让人怀疑整张表。",
)
TOTAL_ROW_UNSURE = FindingType(
    code="GK702",
    severity=W,
    title="合计行可能加不拢",
    message="“{column}”一列到“{label}”行相加是 {sum}，表中写的是 {stated}，相差 {difference}（{doubt}）。",
    hint="请核对这一列；确实加错的，应写成：{sum}；表中有“其中”项、空格或小计的，请看是否漏算、重复计算。",
    source=SOURCE,
    why="有小计、“其中”或空格时程序不能断定，要由人核对。",
)
TOTAL_COLUMN = FindingType(
    code="GK703",
    severity=W,
    title="合计列加不拢",
    message="“{row}”一行的{parts}相加是 {sum}，“{column}”写的是 {stated}，相差 {difference}。",
    hint="请核对这一行；各项都对的，“{column}”应写成：{sum}",
    source=SOURCE,
    why="横向、纵向都要加得拢，表才可信。",
)
PRODUCT = FindingType(
    code="GK704",
    severity=W,
    title="数量乘以标准不等于金额",
    message="{what}：{quantity}×{rate}={product}，写的是 {stated}，相差 {difference}。",
    hint="请核对数量、标准和金额；前两项都对的，金额应写成：{product}",
    source="R8.2；R2.6（文字与表格、表内各数相互吻合）",
    why="补贴、补偿按数量和标准计算，群众会自己乘一遍。",
)
COUNT_IN_TEXT = FindingType(
    code="GK705",
    severity=W,
    title="文字里的数与表中不同",
    message="文字里写“{text}”，紧接的表中{column}合计是 {stated}。",
    hint="请核对文字和表格，说的是同一件事的应当一致，如：{stated}{unit}；说的不是同一件事的，请写明口径。",
    source="R2.6（文字与表格的数字一致）",
    why="前后两个数不同，读者不知道以哪个为准。",
)
NO_UNIT = FindingType(
    code="GK706",
    severity=W,
    title="金额表没有写单位",
    message="表中“{column}”是金额，表头、表前和格内都没有写单位。",
    hint="请在表的上面单独写一行“单位：元”，或把表头写成“{column}（元）”；以万元计的写“万元”。",
    source="R8.2（金额单位丢失）；R7.3（列表应注明单位）",
    why="元和万元相差一万倍。",
)
UNIT_CONFLICT = FindingType(
    code="GK707",
    severity=W,
    title="金额单位前后不一",
    message="{what}。",
    hint="{advice}",
    source="R8.2（如“1087.058286元”应为万元）",
    why="元和万元混用，金额会差一万倍。",
)
PERCENTAGE = FindingType(
    code="GK708",
    severity=W,
    title="百分比与金额对不上",
    message="“{text}”：现在 {now}，{direction} {change}，原来应是 {base}，{direction}比例是 {percent}%，写的是 {stated}%{guess}。",
    hint="请核对；增减比例=增减额÷原来的数，应写成：{percent}%",
    source="R8.2（百分比的基数用错）",
    why="比例要以原来的数为基数；用现在的数作基数是常见的错误。",
)
BALANCE = FindingType(
    code="GK709",
    severity=W,
    title="收支结余对不上",
    message="期初 {opening}＋收入 {income}－支出 {expense}＝{sum}，写的期末是 {stated}，相差 {difference}。",
    hint="请核对四个数；前三个都对的，期末应写成：{sum}",
    source="《村民委员会组织法》第三十条；R6.1（财务公开）；R8.2",
    why="期初加收入减支出等于期末，是财务公开最基本的勾稽。",
)
FIGURE_WITHOUT_UNIT = FindingType(
    code="GK710",
    severity=W,
    title="金额后面没有单位",
    message="这一段有金额没有写单位：{figures}。",
    hint="请补上单位，如：{example}",
    source="R8.2（“92.65”后漏“万元”）",
    why="同一段里有的写万元、有的不写，读者无法判断。",
)
LIST_SUM = FindingType(
    code="GK711",
    severity=W,
    title="分项之和与总数不符",
    message="{what}相加是 {sum}，写的总数是 {stated}，相差 {difference}。",
    hint="请核对各分项和总数；各分项都对的，总数应写成：{sum}",
    source="R2.6（各类之和等于总数）；R8.2（数字加不拢）",
    why="分项加不拢，读者不知道哪个数错了。",
)
CONVERSION = FindingType(
    code="GK712",
    severity=W,
    title="公顷与亩换算不符",
    message="{hectares}公顷等于 {mu} 亩，写的是 {stated} 亩。",
    hint="请核对；1公顷=15亩，应写成：{hectares}公顷（{mu}亩）",
    source="《关于统一实行法定计量单位的命令》；R8.2",
    why="征地面积以亩补偿，换算错会直接影响补偿款。",
)
RATIO_COLUMN = FindingType(
    code="GK713",
    severity=W,
    title="表中的比例算得不对",
    message="“{row}”一行：{part}÷{whole}={percent}%，“{column}”写的是 {stated}%。",
    hint="请核对这一行；前两个数都对的，应写成：{percent}%",
    source="R8.2（百分比的基数用错）",
    why="同一列其他行都按这个算法，只有这一行不同。",
)
DIFFERENCE_COLUMN = FindingType(
    code="GK714",
    severity=W,
    title="表中的增减额算得不对",
    message="“{row}”一行：{after}－{before}={sum}，“{column}”写的是 {stated}。",
    hint="请核对这一行；前两个数都对的，应写成：{sum}",
    source=SOURCE,
    why="增减额等于后一个数减前一个数，减少的写负号。",
)
TOTAL_ROW_ROUNDING = FindingType(
    code="GK715",
    severity=N,
    title="合计行有尾差",
    message="“{column}”一列各行相加是 {sum}，“{label}”行写的是 {stated}，相差 {difference}，可能是四舍五入的尾差。",
    hint="确属尾差的，可在表下写一句：“因四舍五入，各项之和与合计可能略有出入。”不是尾差的，合计应写成：{sum}",
    source=SOURCE,
    why="以万元计的表常有尾差，说明了读者就不会误解。",
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, FindingType))
