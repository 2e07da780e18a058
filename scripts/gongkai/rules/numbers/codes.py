"""The kinds of findings on index numbers, document numbers, classification and review (GK601 to GK649)."""

from gongkai.model import FindingType, Severity

W, N = Severity.WARNING, Severity.NOTE

NO_INDEX_NUMBER = FindingType(
    code="GK601",
    severity=N,
    title="没有索引号",
    message="这条信息还没有索引号。",
    hint="请运行“gongkai number”，按本站规则接着编号，如：index_number: {example}",
    source="R4.1（索引号为必选项）；《政府信息公开条例》第十二条（目录应含索引）",
    why="索引号是目录的必备内容，一经编定永不改变，查阅和引用都靠它。",
)
INDEX_YEAR = FindingType(
    code="GK602",
    severity=W,
    title="索引号的年份不是发布年份",
    message="索引号“{value}”的年份是 {year}，而发布日期是 {published}。",
    hint="请核对发布日期（如：published_on: {year}-{month_day}）；索引号确实编错、又还没有公开过的，可删去这一行后运行“gongkai number”重新编号。",
    source="R4.1（索引号后段为四位年份加流水号）",
    why="索引号按发布的年份和次序编排；年份不同，多半是发布日期填错，或者套用了旧文件的信息头。",
)
INDEX_FRONT = FindingType(
    code="GK603",
    severity=W,
    title="索引号前段不是本机关代码",
    message="索引号“{value}”的前段“{front}”{reason}，本机关的统一社会信用代码是 {code}。",
    hint="新编的号请写成：index_number: {right}；移交、转载来的信息应当保留原号，可在 mkdocs.yml 的 rules 中说明理由后关闭本项。",
    source="R4.1、R4.3；mkdocs.yml 的 township.credit_code",
    why="前段表明是哪个机关的信息；校验位通过也不能说明是本机关的代码，系统默认填的常是别的单位。",
)
DOCUMENT_NUMBER_SHAPE = FindingType(
    code="GK604",
    severity=W,
    title="文号写法不规范",
    message="文号“{value}”写法不规范：{defects}。",
    hint="请写成：document_number: {right}",
    source="R4.8；《党政机关公文格式》（GB/T 9704—2012）发文字号",
    why="发文字号由机关代字、年份和发文顺序号组成，写法统一才能检索和引用。",
)
NOT_A_DOCUMENT_NUMBER = FindingType(
    code="GK605",
    severity=W,
    title="填的不是文号",
    message="document_number（文号）写的是“{value}”，不是文号。",
    hint="没有文号的请删去这一行；有文号的请写成：document_number: 示政发〔2026〕12号",
    source="R4.8",
    why="不是文号的内容会被当作文号显示和检索。",
)
DOCUMENT_NUMBER_YEAR = FindingType(
    code="GK606",
    severity=W,
    title="文号年份与成文日期不同",
    message="文号“{value}”的年份是 {year}，而成文日期是 {formed}。",
    hint="请核对，并改正其中一个，如：formed_on: {year}-{month_day}",
    source="R4.8、R4.9",
    why="文号中的年份就是成文的年份；不同时，公开时限会算错一整年。",
)
PARTY_NUMBER = FindingType(
    code="GK607",
    severity=W,
    title="党委文号列在政府信息里",
    message="文号“{value}”像是党委的发文字号（代字“{letters}”）。",
    hint="党政联合发文由政府公开的，请核对是否属于政府信息，并写明来源，如：source: 中共示范镇委员会；属于党务公开的，请移出本目录。",
    source="《政府信息公开条例》第二条（行政机关制作或者获取的信息）；R4.8",
    why="党组织的文件适用党务公开的规定，能不能作为政府信息公开要由人判断。",
)
SAME_DOCUMENT_NUMBER = FindingType(
    code="GK608",
    severity=W,
    title="文号重复",
    message="文号“{value}”已用于 {other}。",
    hint="请核对是不是同一份文件发布了两次；附件、解读不必重复写文号，可改写：related: [{name}]",
    source="R4.8",
    why="同一机关一年之内的文号不重复，按文号引用时要能找到唯一的一条。",
)
CITED_NUMBER_BRACKETS = FindingType(
    code="GK609",
    severity=N,
    title="正文里的文号括号不规范",
    message="正文里的文号“{value}”没有用六角括号。",
    hint="请写成：{right}",
    source="R4.8；《党政机关公文格式》（GB/T 9704—2012）发文字号",
    why="括号不统一，读者照着文号检索时找不到原文。",
)
FOREIGN_PUBLISHER = FindingType(
    code="GK611",
    severity=W,
    title="发布机构不是本机关，又没有写来源",
    message="publisher（发布机构）写的是“{value}”，不是{township}或其所属单位，又没有写来源。",
    hint="本镇制作的信息请删去这一行或写：publisher: {township}；转载的请加一行：source: {value}",
    source="《政府信息公开条例》第十条（谁制作谁公开）；R1.1",
    why="按机构检索、统计和受理申请都以发布机构为准；转载必须写明来源。",
)
PUBLISHER_AND_TITLE = FindingType(
    code="GK612",
    severity=W,
    title="发布机构与标题里的机关不同",
    message="标题里的机关是“{organ}”，而 publisher（发布机构）写的是“{value}”。",
    hint="请核对是谁制作的，改成：publisher: {organ}；确由“{value}”制作的，请改标题。",
    source="《政府信息公开条例》第十条；R1.1、R8.2（发布机构写错是检查中的常见问题）",
    why="发布机构写成上级或系统默认的单位，按机构检索就找不到这条信息。",
)
SHORT_PUBLISHER = FindingType(
    code="GK613",
    severity=N,
    title="发布机构没有写全称",
    message="publisher（发布机构）写的是“{value}”，不是机关的全称。",
    hint="请写全称，如：publisher: {full}",
    source="R4.5（发布机构用全称）；《党政机关公文格式》（GB/T 9704—2012）发文机关署名",
    why="简称在县级以上的平台上会重名，与落款也不一致。",
)
UNKNOWN_SUBJECT = FindingType(
    code="GK615",
    severity=W,
    title="主题分类不在规定的类别里",
    message="subject（主题分类）“{value}”不在主题分类表里{nearest}。",
    hint="请从主题分类表中选一个，如：subject: {example}",
    source="R4.6（主题分类22个大类及其二级类）",
    why="主题分类写法统一，才能按主题查询，与上级平台对接时也不会丢失。",
)
SECOND_LEVEL_SUBJECT = FindingType(
    code="GK616",
    severity=N,
    title="主题分类只写了二级类",
    message="subject（主题分类）“{value}”是二级类。",
    hint="可写成一级类：subject: {first}",
    source="R4.6",
    why="按一级类查询时，只写二级类的信息会漏掉。",
)
UNKNOWN_GENRE = FindingType(
    code="GK617",
    severity=W,
    title="体裁分类不在规定的类别里",
    message="genre（体裁分类）“{value}”不在体裁分类表里{nearest}。",
    hint="请改成体裁，如：genre: {example}",
    source="R4.7；《党政机关公文处理工作条例》第八条（十五种公文）",
    why="体裁说明文件是什么样的文书（通知、公告、批复……），用于查询和统计。",
)
SUBJECT_IN_GENRE = FindingType(
    code="GK618",
    severity=W,
    title="体裁栏里写了主题",
    message="genre（体裁分类）“{value}”说的是内容的主题，不是体裁。",
    hint="请把主题写在 subject（主题分类），这里改成体裁，如：genre: {example}",
    source="R4.7（体裁不是主题）",
    why="不少平台的体裁栏里照抄了主题，按体裁检索就失去作用。",
)
GENRE_IN_SUBJECT = FindingType(
    code="GK619",
    severity=W,
    title="主题栏里写了体裁",
    message="subject（主题分类）“{value}”是体裁，不是主题。",
    hint="请写成：genre: {value}，并把主题分类改成内容的主题，如：subject: {example}",
    source="R4.6、R4.7",
    why="主题说明内容关于什么，体裁说明是什么文书，两栏不能互换。",
)
NO_REVIEW = FindingType(
    code="GK621",
    severity=W,
    title="没有保密审查记录",
    message="没有写 review（保密审查），看不出公开前由谁、在哪一天审查过。",
    hint="请先审查，再在信息头加一行：review: {{by: {by}, on: {day}}}",
    source="《政府信息公开条例》第十七条；《保守国家秘密法》第三十五条；R1.5",
    why="公开前必须经过审查，不审查就公开是追责的情形。",
)
REVIEW_WITHOUT_DATE = FindingType(
    code="GK622",
    severity=W,
    title="保密审查没有写日期",
    message="review（保密审查）没有写审查日期。",
    hint="请写成：review: {{by: {by}, on: {day}}}",
    source="《政府信息公开条例》第十七条；R1.5",
    why="要能看出审查在公开之前。",
)
REVIEW_AFTER_PUBLISHING = FindingType(
    code="GK623",
    severity=W,
    title="保密审查晚于发布",
    message="保密审查日期 {on} 晚于发布日期 {published}。",
    hint="请核对日期；确属先发布后审查的，请先撤下再审查。应写成发布当天或以前，如：review: {{by: {by}, on: {published}}}",
    source="《政府信息公开条例》第十七条（公开前审查）；R1.5",
    why="审查应当在公开之前。",
)
REVIEW_BEFORE_FORMED = FindingType(
    code="GK624",
    severity=W,
    title="保密审查早于成文",
    message="保密审查日期 {on} 早于成文日期 {formed}，审查的可能不是定稿。",
    hint="请核对两个日期，审查应在成文之后、发布之前，如：review: {{by: {by}, on: {published}}}",
    source="《政府信息公开条例》第十七条；R1.5",
    why="公开的是定稿，审查的也应当是定稿。",
)
SELF_REVIEW = FindingType(
    code="GK625",
    severity=N,
    title="责任单位自己审查",
    message="审查人与责任单位都是“{value}”。",
    hint="本单位内由另一人审查的，可写成：review: {{by: {value}负责人, on: {day}}}",
    source="R1.5（编辑与审查为同一人是看得见的缺陷）",
    why="起草和审查由同一人承担，审查就流于形式。",
)
CLASS_NOT_STATED = FindingType(
    code="GK627",
    severity=W,
    title="没有写公开属性",
    message="目录条目 {entry} 的公开方式有{methods}，这条信息没有写是哪一种，现按“主动公开”处理。",
    hint="请在信息头加一行：method: {first}",
    source="标准目录公开方式栏；《政府信息公开条例》第十三条至第十六条；R1.5",
    why="公开属性在起草时就要确定，写错会把只能依申请公开的内容放上网站。",
)
WITHHELD_WITHOUT_GROUND = FindingType(
    code="GK628",
    severity=N,
    title="不予公开没有写依据",
    message="公开属性是“不予公开”，没有写依据的条款。",
    hint="请在正文或内容概述中写明，如：summary: 属于过程性信息，依据《政府信息公开条例》第十六条第二款不予公开",
    source="《政府信息公开条例》第十四条至第十六条；R1.5",
    why="不予公开必须有法定理由，以后定期评估（第十八条）也要看这一条。",
)
REPEALED_BEFORE_EFFECTIVE = FindingType(
    code="GK631",
    severity=W,
    title="废止日期早于生效或成文日期",
    message="废止日期 {repealed} 早于{what} {day}。",
    hint="请核对并改正其中一个日期，如：repealed_on: {day}",
    source="R4.9（七种日期有先后）",
    why="文件先成文、再生效、后废止，次序颠倒就说不清哪一段时间有效。",
)
EFFECTIVE_BEFORE_FORMED = FindingType(
    code="GK632",
    severity=W,
    title="生效日期早于成文日期",
    message="生效日期 {effective} 早于成文日期 {formed}。",
    hint="请核对；没有溯及力的文件应写成：effective_on: {formed}",
    source="R4.9；《立法法》第一百零四条（不溯及既往）",
    why="文件一般不溯及既往，多半是日期填错。",
)
VALID_BUT_REPEALED = FindingType(
    code="GK633",
    severity=W,
    title="已经废止仍标为有效",
    message="废止日期 {repealed} 已到，有效性仍写着“有效”。",
    hint="请改成：validity: 废止",
    source="R3.5（失效、废止文件应作标注）",
    why="读者会按已经废止的规定办事。",
)
REPEALED_IN_FUTURE = FindingType(
    code="GK634",
    severity=W,
    title="还没有到废止日期",
    message="废止日期 {repealed} 还没有到（今天是 {today}），有效性已经是“{validity}”。",
    hint="现在仍然有效的请写：validity: 有效；到期后再改成：validity: 废止",
    source="R3.5、R4.9",
    why="还在施行的文件标成废止，读者会以为不必遵守。",
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, FindingType))
