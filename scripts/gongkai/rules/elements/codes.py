"""The kinds of findings about content elements (GK451 to GK499)."""

from gongkai.model import FindingType, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

ELEMENTS_MISSING = FindingType(
    code="GK451",
    severity=W,
    title="缺少目录要求的内容",
    message="目录条目 {entry}（{level2}）要求公开的内容里，正文没有写到{missing}。",
    hint="请在正文里各加一个小标题或者一行，如：\n{example}\n"
    "写在附件里、或者确实没有的，请在信息头说明，如：\nelements:\n  {first}: 见附件1",
    source="标准目录“公开内容（要素）”栏；《政府信息公开条例》第二十条、第二十一条",
    why="目录的每一行都列了应当公开的内容，检查时逐项对照。小标题、加粗的词、“标签：内容”和表格栏目都算写到。",
)
ELEMENTS_MISSING_UNCONFIRMED = FindingType(
    code="GK452",
    severity=N,
    title="缺少待核条目要求的内容",
    message="目录条目 {entry}（{level2}）列出的内容里，正文没有写到{missing}；这一行的要素待核，请对照本县的目录。",
    hint="本县目录也有这些要求的，请在正文里各加一个小标题或者一行，如：\n{example}",
    source="标准目录“公开内容（要素）”栏（待核）",
    why="待核条目的要素没有在公开的目录表中见到，只作提示。",
)
SERVICE_GUIDE = FindingType(
    code="GK453",
    severity=W,
    title="办事指南要素不全",
    message="办事指南应有八个要素，这里没有写到{missing}。",
    hint="请在正文里各加一个小标题，如：\n{example}",
    source="R3.8（办事指南八要素：事项名称、设定依据、申请条件、办理材料、办理地点、办理时间、联系电话、办理流程）",
    why="要素缺失的办事指南达到一定数量，网站检查会单项否决；群众也会白跑一趟。",
)
NOTICE_INCOMPLETE = FindingType(
    code="GK454",
    severity=W,
    title="公示、公告内容不全",
    message="这是一条{kind}，没有找到{missing}。",
    hint="请补上，如：\n{example}",
    source="R7.3（公示、公告应写明的内容）",
    why="缺了起止日期、受理单位或电话，群众有意见也无处反映，公示就走了过场。",
)
NOTICE_WITHOUT_OBJECTION = FindingType(
    code="GK455",
    severity=E,
    title="公示没有期限也没有异议渠道",
    message="这条公示列出了名单或者表格，却没有起止日期，也没有写向谁、怎样反映异议；还缺{missing}。",
    hint="请补上，如：\n{example}",
    source="R7.3（公示应写明起止日期和受理异议的单位、电话）；R6.5",
    why="没有期限和渠道的公示不能算公示，之后的审批也可能因此被认定程序违法。",
)
INTERPRETATION_INCOMPLETE = FindingType(
    code="GK456",
    severity=W,
    title="政策解读要素不全",
    message="政策解读应写明解读单位、解读人、发布日期、正文和关联文件，这里没有写到{missing}。",
    hint="请补上，如：\n{example}",
    source="R6.1（政策解读的要素）",
    why="读者要知道谁作的解读、解读的是哪一份文件。",
)
GUIDE_ITEM_INCOMPLETE = FindingType(
    code="GK457",
    severity=W,
    title="公开指南内容不全",
    message="政府信息公开指南里没有写到{missing}。",
    hint="请补上，如：\n{example}",
    source="《政府信息公开条例》第十二条、第三十三条、第五十一条（R1.3、R1.12、R1.17）",
    why="指南应写明分类、编排体系、获取方式和工作机构的名称、地址、时间、电话、传真、互联网联系方式，"
    "申请人还要知道多久答复、不服怎么办。",
)
STALE_CLOCK = FindingType(
    code="GK458",
    severity=W,
    title="答复期限已过时",
    message="“{text}”是2019年以前的期限，现行规定是20个工作日内答复，需要延长的，最长不超过20个工作日。",
    hint="请改成：收到申请之日起20个工作日内答复；需要延长的，经政府信息公开工作机构负责人同意并告知申请人，"
    "延长的期限最长不超过20个工作日。",
    source="《政府信息公开条例》第三十三条（R1.13）",
    why="条例2019年修订后，答复和延长的期限都从15个工作日改成了20个工作日。",
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, FindingType))
