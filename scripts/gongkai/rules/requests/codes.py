"""The kinds of findings on registers of requests that rules give (GK671 to GK699); reading gives those before."""

from gongkai.model import FindingType, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

CLOCKS = "《政府信息公开条例》第三十条至第三十三条（R1.12）"
PRIVACY = "《个人信息保护法》第六条、第五十一条；《政府信息公开条例》第十五条（R5.1）"

OUT_OF_ORDER = FindingType(
    code="GK671",
    severity=E,
    title="登记簿的日期先后颠倒",
    message="“{later}”{later_day} 早于“{earlier}”{earlier_day}，说不通。",
    hint="请核对并改正其中一个日期，如把“{later}”改为 {earlier_day} 或以后的日期。",
    source=CLOCKS,
    why="先收到，后补正、征求意见、延期、答复；颠倒了就算不出用了几天。",
)
DUPLICATE = FindingType(
    code="GK672",
    severity=E,
    title="登记号重复",
    message="登记号“{value}”已用于 {other}。",
    hint="一件申请登记一行，登记号不重复；上年没有办结的申请留在上年的登记簿里，答复后在那里补填。",
    source="R1.12（登记）；年度报告格式“上年结转”“结转下年度”（R2.4）",
    why="同一件登记两次，年度报告就会多数一件。",
)
PERSONAL_COLUMN = FindingType(
    code="GK673",
    severity=E,
    title="登记簿里有个人信息的列",
    message="登记簿有“{column}”列，会记下申请人的个人信息。",
    hint="请删去这一列；申请人的姓名、联系方式、身份证明留在纸质案卷里，登记簿只写申请人类型和登记号。",
    source=PRIVACY,
    why="登记簿和网站放在同一个文件夹里，会随版本库保存和复制。",
)
PERSONAL_NUMBER = FindingType(
    code="GK674",
    severity=E,
    title="登记簿里有个人的号码",
    message="“{column}”里有{kind}（{shown}）。",
    hint="请删去号码，只写登记号；案卷里查得到就够了。已经提交到版本库的，请联系管理员清理历史记录。",
    source=PRIVACY,
    why="登记簿只用来计算期限和统计，用不着个人信息。",
)
PERSON_NAME = FindingType(
    code="GK675",
    severity=W,
    title="登记簿里像有人名",
    message="“{column}”里的“{shown}”像是人名。",
    hint="请改成不含姓名的写法，如：申请人来电催办；不是人名的，可在 mkdocs.yml 的 rules 中说明理由后关闭本项。",
    source=PRIVACY,
    why="谁申请了什么信息，本身就是个人信息。",
)
WRONG_YEAR = FindingType(
    code="GK676",
    severity=E,
    title="申请登记在别的年份",
    message="收到日期 {received} 不是 {year} 年，{reason}。",
    hint="请核对收到日期；日期没错的，请移到 {right}",
    source="R2.4（本年新收、上年结转）",
    why="按收到的年份登记，才分得清新收和结转。",
)
HALF_ANSWERED = FindingType(
    code="GK677",
    severity=E,
    title="答复日期和办理结果只填了一个",
    message="填了“{given}”，没有填“{lacking}”。",
    hint="请补上，如：{example}；还没有答复的，两项都空着。",
    source="《政府信息公开条例》第三十六条、第四十五条（R1.12）",
    why="办结的申请既要知道哪天答复，也要知道归入表三哪一行。",
)
LATE_CORRECTION = FindingType(
    code="GK678",
    severity=W,
    title="告知补正超过7个工作日",
    message="{received} 收到，{asked} 才告知补正，用了 {days} 个工作日，超过7个工作日。",
    hint="请核对日期；要求补正的，应在 {due} 前一次性告知。",
    source="《政府信息公开条例》第三十条（R1.12）",
    why="补正告知只有一次机会，也有期限。",
)
ANSWERED_LATE = FindingType(
    code="GK679",
    severity=W,
    title="答复超过期限",
    message="应在 {due} 前答复（{how}），{answered} 才答复。",
    hint="请核对收到、补正、征求意见、延期各日期是否填全；确实超期的，在年度报告第五部分说明改进措施。",
    source="《政府信息公开条例》第三十三条（R1.12）",
    why="逾期不答复的，申请人可以申请行政复议或者起诉。",
)
OVERDUE = FindingType(
    code="GK680",
    severity=W,
    title="申请超期没有答复",
    message="“{number}”应在 {due} 前答复（{how}），到今天（{today}）已超过 {days} 个工作日。",
    hint="请尽快答复，然后填写“答复日期”和“办理结果”，如：{today}，予以公开",
    source="《政府信息公开条例》第三十三条、第五十三条（R1.12）",
    why="逾期不答复是追责的情形，申请人也可以复议、起诉。",
)
DUE_SOON = FindingType(
    code="GK681",
    severity=N,
    title="申请快到答复期限",
    message="“{number}”应在 {due} 前答复（{how}），还有 {days} 个工作日。",
    hint="不能按期答复的，经负责人同意后在 {due} 前告知申请人，并填写“延期告知日期”。",
    source="《政府信息公开条例》第三十三条（R1.12）",
    why="延期要在期限届满前告知。",
)
EXTENSION = FindingType(
    code="GK682",
    severity=W,
    title="延期不合规定",
    message="{what}。",
    hint="{advice}",
    source="《政府信息公开条例》第三十三条：延长的期限最长不超过20个工作日，并告知申请人（R1.12）",
    why="不合规定的延期不能顺延期限。",
)
LONG_CONSULTATION = FindingType(
    code="GK683",
    severity=W,
    title="征求意见超过15个工作日",
    message="征求意见从 {first} 到 {last}，用了 {days} 个工作日，超过15个工作日。",
    hint="请核对日期；第三方自收到征求意见书起15个工作日内不提出的，由本机关决定，不必再等。",
    source="《政府信息公开条例》第三十二条、第三十四条（R1.12）",
    why="征求意见的时间不计入答复期限，但不能无限期等下去。",
)
IN_FUTURE = FindingType(
    code="GK684",
    severity=W,
    title="登记簿的日期在将来",
    message="“{column}”{day} 还没有到（今天是 {today}）。",
    hint="请填实际发生的日期，如：{today}；还没有发生的空着。",
    source="R1.12（如实登记）",
    why="年份写错时最容易出现，会算错期限和年度。",
)
NOT_COMPUTABLE = FindingType(
    code="GK685",
    severity=N,
    title="答复期限暂时算不出来",
    message="“{number}”的答复期限跨到 {year} 年，放假安排还没有公布，算不出到期日。",
    hint="放假安排公布后更新软件，或在 catalogue/calendar.yaml 里补上 {year} 年。",
    source="R6.3（没有数据的年份不作推算）",
    why="调休会改变工作日，不能按星期几推算。",
)
IN_PUBLIC_FOLDER = FindingType(
    code="GK686",
    severity=E,
    title="登记簿放进了会发布的文件夹",
    message="登记簿在 {folder} 里，生成网站时会原样发布出去。",
    hint="请把 requests 文件夹移到 mkdocs.yml 旁边，与 {docs} 并列。",
    source=PRIVACY,
    why="登记簿只供内部计算，不公开。",
)
REMEDY_HALF = FindingType(
    code="GK687",
    severity=E,
    title="复议、诉讼登记前后不一",
    message="{what}。",
    hint="{advice}",
    source="《政府信息公开工作年度报告格式》第四部分（R2.5）",
    why="审结的按结果统计，没有审结的计入“尚未审结”。",
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, FindingType))
