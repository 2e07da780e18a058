"""The kinds of findings about personal data (GK501 to GK599). None prints a number whole."""

from gongkai.model import FindingType, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE
_LAW = "《个人信息保护法》第二十五条、第三十四条；《政府信息公开条例》第十五条（R5.3、R5.7）"
_MASK = "请删去，或按本站规则遮盖（前2位、后3位以外用 * 代替），正文可用命令：gongkai mask 文件 --write；经研究确需公开的，在信息头写 privacy_allow，说明理由和决定人。"

ID_NUMBER = FindingType(
    code="GK501",
    severity=E,
    title="公开了身份证号",
    message="{where}有完整的身份证号 {shown}，不能公开。",
    hint=_MASK,
    source=_LAW,
    why="公开完整的身份证号会泄露公民个人信息，已有多起被立案和通报的事例；全角数字、加空格或者横线、藏在隐藏列里的都算。",
)
ID_MISTYPED = FindingType(
    code="GK502",
    severity=W,
    title="像身份证号但校验码不对",
    message="{where}的 {shown} 像身份证号（地区和出生日期都合理），但校验码不对，可能是录错了一位。",
    hint=_MASK,
    source="GB 11643 校验码；R5.7",
    why="录错一位的身份证号同样会暴露籍贯和出生日期。",
)
ID_OLD = FindingType(
    code="GK503",
    severity=W,
    title="像15位旧身份证号",
    message="{where}的 {shown} 像15位的旧身份证号。",
    hint=_MASK + "不是身份证号的，不必处理。",
    source="GB 11643（旧号没有校验码，只能提醒）；R5.7",
    why="旧身份证号含地区和出生日期，也是个人信息；它没有校验码，机器不能断定。",
)
MOBILE_IN_LIST = FindingType(
    code="GK504",
    severity=E,
    title="名单或表格里有手机号",
    message="{where}有手机号 {shown}，名单和表格里的手机号不能公开。",
    hint="请删去这一列，或写成 {example}；公开的联系方式请用单位固定电话，如：0666-5550120；确需公开的，在信息头写 privacy_allow，说明理由和决定人。",
    source=_LAW,
    why="名单里的手机号是个人信息，公开后容易被用来诈骗。",
)
MOBILE_AS_CONTACT = FindingType(
    code="GK505",
    severity=W,
    title="用手机号作公开的联系方式",
    message="{where}有手机号 {shown}。",
    hint="公开的联系方式请用单位固定电话，如：0666-5550120；确需用手机的，在信息头写 privacy_allow，说明理由和决定人。",
    source="R5.7（公开联系方式建议用固定电话）",
    why="经办人会换岗，手机号又是个人信息，办公电话更合适。",
)
BANK_CARD = FindingType(
    code="GK506",
    severity=E,
    title="公开了银行卡号",
    message="{where}有银行卡号 {shown}，不能公开。",
    hint="发放结果不需要公开卡号，请删去；正文可用命令：gongkai mask 文件 --write；对公账户经研究确需公开的，在信息头写 privacy_allow，说明理由和决定人。",
    source="《个人信息保护法》第二十八条（金融账户是敏感个人信息，R5.1、R5.3）",
    why="银行卡号与姓名在一起公开，会带来财产风险。",
)
PARTIAL_MASK = FindingType(
    code="GK507",
    severity=W,
    title="号码遮得不够",
    message="{where}的号码 {shown} 原样露出的位数太多，能看出籍贯、出生年月等。",
    hint="身份证号只留前2位、后3位，如：35*************123；手机号写成 138****1234；正文可用命令：gongkai mask 文件 --write",
    source="R5.3（前2后3）；R5.6",
    why="身份证号前10位就是籍贯和出生年份，只遮后几位等于没遮。",
)
DANGEROUS_HEADING = FindingType(
    code="GK508",
    severity=W,
    title="表格里有不该公开的列",
    message="{where}的表格有“{heading}”一列（{what}），公开的表格里不应有这一列，空着也不行。",
    hint="请删去“{heading}”这一列；住址只写到村（社区），联系方式用单位固定电话，其余只写户数、人数和金额。",
    source="《个人信息保护法》第六条、第二十八条（R5.3、R5.7）",
    why="列在那里，下一次就会有人填上；空列还说明名册里本来有这些内容。",
)
MINORS = FindingType(
    code="GK509",
    severity=W,
    title="名单涉及未成年人",
    message="{where}的名单有“{heading}”一列，涉及未成年人。",
    hint="未成年人不公开姓名、出生日期和就读学校，请只写人数；确需公示的，在学校或村公示栏张贴。",
    source="《未成年人保护法》第四条；《个人信息保护法》第二十八条（R5.1、R5.3）",
    why="不满十四周岁未成年人的信息都是敏感个人信息。",
)
ILLNESS = FindingType(
    code="GK510",
    severity=W,
    title="名单写了病情或残疾情况",
    message="{where}的名单里写了“{word}”，是个人的健康信息。",
    hint="请只写类别，如：支出型困难；不写病名、残疾类别和等级。",
    source="《个人信息保护法》第二十八条（医疗健康是敏感个人信息，R5.3）",
    why="姓名和病情放在一起公开，伤害当事人。",
)
PERSONAL_MAILBOX = FindingType(
    code="GK511",
    severity=W,
    title="用个人邮箱作公开的联系方式",
    message="{where}有个人邮箱 {shown}。",
    hint="请用单位邮箱，如：zwgk@shifan.example.gov.cn；没有单位邮箱的，只写电话和地址。",
    source="R5.7（个人邮箱作公务联系方式）",
    why="个人邮箱不归单位管理，人走邮箱就断，也不安全。",
)
UNCHECKED_FILE = FindingType(
    code="GK512",
    severity=W,
    title="附件没有检查成",
    message="附件“{name}”{reason}，不能检查里面有没有个人信息。",
    hint="请换成没有密码、能选中文字的文件（.xlsx、.docx、.pdf），或由人逐页看过后在 mkdocs.yml 的 rules 中说明理由。",
    source="《政府信息公开条例》第十七条（公开前审查）；R5.3",
    why="扫描件、加密文件和压缩包里最容易夹带名册。",
)
LIST_WITHOUT_END = FindingType(
    code="GK513",
    severity=W,
    title="名单没有写公布到哪一天",
    message="{where}有名单，但没有写公示期，也没有写名单公布到哪一天。",
    hint="请加一行：list_until: {example}，到期后名单自动撤下，标题、合计和日期保留（目录要求：{retention}）。",
    source="《个人信息保护法》第四十七条（目的已实现的应当删除，R5.5）",
    why="名单不写期限，几年后还能在网上搜到。",
)
LIST_NOT_FOR_WEBSITE = FindingType(
    code="GK514",
    severity=E,
    title="名单不应上网站",
    message="{where}有名单，但目录条目 {entry}（{name}）的名单只在{channels}公布。",
    hint="请从网站上删去名单，只写户数、人数和金额；名单在公示栏张贴，另建一条并写：channels: [社区/企事业单位/村公示栏(电子屏)]",
    source="标准目录（名单的公开渠道，R5.4）",
    why="同一份名单在村里张贴和放到互联网上，影响完全不同。",
)
ALLOWED = FindingType(
    code="GK515",
    severity=N,
    title="号码已经放行",
    message="{where}的{kind} {shown} 由“{by}”决定公开，理由：{reason}。",
    hint="不必处理；情况有变时，请删去 privacy_allow 里的这一项。",
    source="信息头 privacy_allow；《政府信息公开条例》第十五条",
    why="放行要有人负责，检查时能看到是谁、为什么。",
)
ALLOWED_IN_VAIN = FindingType(
    code="GK516",
    severity=W,
    title="放行的号码不在文中",
    message="privacy_allow 里的 {shown} 没有在正文、信息头或附件里找到。",
    hint="请核对号码；已经不用的，请删去这一项。",
    source="信息头 privacy_allow",
    why="不再使用的放行会在以后误放同样的号码。",
)
PICTURE_UNCHECKED = FindingType(
    code="GK517",
    severity=N,
    title="图片附件要人工看",
    message="附件“{name}”是图片，机器看不到里面的文字。",
    hint="请确认图片里没有身份证号、人脸、签名等；能用文字或表格的，请不用图片。",
    source="R5.3（照片、扫描件）",
    why="现场照片和扫描件常常带出个人信息。",
)
LIST_RETIRED = FindingType(
    code="GK518",
    severity=N,
    title="名单已到期撤下",
    message="名单公布到 {end}，今天是 {today}，网站上已经不显示名单和附件，只留标题、合计和日期。",
    hint="不必处理；还要继续公布的，请改写：list_until: {example}",
    source="《个人信息保护法》第四十七条（R5.5）",
    why="让经办人知道网站上看到的和文件里写的不一样。",
)
NAMES_IN_FULL = FindingType(
    code="GK519",
    severity=W,
    title="名单里的姓名没有隐去",
    message="{where}的名单有 {count} 个完整的姓名（如“{shown}”），目录要求：{mask}。",
    hint="请隐去姓名的中间一字，如：{example}；可用命令：gongkai mask 文件 --names --write",
    source="标准目录（名单的去标识化要求，R5.2、R5.3）",
    why="公示要能让村里人认得，又不让不相干的人在网上查到。",
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, FindingType))
