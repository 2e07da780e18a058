"""The kinds of findings about time limits (GK401 to GK449). Codes are never reused.

That something was late cannot be undone, so none of these stops a build but a count that its own dates refute.
"""

from gongkai.model import FindingType, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

ART_26 = "《政府信息公开条例》第二十六条；目录条目的公开时限（R6.1）"
COUNTING = "公示天数的算法（R6.4、R6.5、R6.6）"

# --- publication (GK401 to GK409)

LATE = FindingType(
    code="GK401",
    severity=W,
    title="超过公开时限",
    message="成文日期 {start}，发布日期 {published}，隔了{passed}，超过{limit}，最迟应在 {due} 发布。",
    hint="请核对这两个日期，写错的请改成实际的日期，如：published_on: {published}。确实迟了的不要改日期，以后请在成文后及时发布；转载别的单位的，请加一行：source: 来源单位全称",
    source=ART_26,
    why="公开时限是最常查的一项。工作日按国务院办公厅的放假安排计算，调休上班的周末算工作日，成文当天不计。",
)
NOT_COMPUTABLE = FindingType(
    code="GK402",
    severity=N,
    title="期限现在还算不出来",
    message="{what}要用到 {year} 年的放假安排，程序里还没有这一年的安排，现在还算不出来。",
    hint="国务院办公厅公布 {year} 年的安排后，请升级本程序，或按通知在本镇目录文件夹的 calendar.yaml 里写一条，如：\nyears:\n  - year: {year}\n    source: 国务院办公厅关于{year}年部分节假日安排的通知\n    off: [{year}-01-01]",
    source="《全国年节及纪念日放假办法》；国务院办公厅每年的放假安排（R6.3）",
    why="放假和调休每年另行公布。不知道安排时按星期几去猜，算出来的日期很可能是错的。",
)
DUE_SOON = FindingType(
    code="GK403",
    severity=W,
    title="草稿快到公开时限",
    message="这份草稿 {start} 成文，按{limit}，最迟应在 {due} 发布，今天是 {today}，还剩 {left} 个工作日。",
    hint="请抓紧审核；可以发布时删去 draft 一行，并写：published_on: {today}",
    source=ART_26,
    why="时限从成文当天的次日算起，草稿没有发布不等于时限没有开始。",
)
OVERDUE = FindingType(
    code="GK404",
    severity=W,
    title="草稿已过公开时限",
    message="这份草稿 {start} 成文，按{limit}，最迟应在 {due} 发布，今天是 {today}，已经过了。",
    hint="请尽快审核发布：删去 draft 一行，并写：published_on: {today}。依法不公开的，请删去草稿，或写：disclosure_class: 不予公开",
    source=ART_26,
    why="时限从成文当天的次日算起，草稿没有发布不等于时限没有开始。",
)
FIRST_DAY = FindingType(
    code="GK405",
    severity=N,
    title="首日计入就超期一天",
    message="从 {start} 起算，发布日期 {published}：当天不计是按时的，当天计入则最迟应在 {due}。依据是{limit}，本站设置为首日计入。",
    hint="请按本镇的口径核对；首日不计入的，请在 mkdocs.yml 写：\nfirst_day:\n  publish: exclude",
    source="期间的起算（R6.5）",
    why="各地对首日算不算有不同口径，差一天不算差错，说明白就可以。",
)
DAY_OFF = FindingType(
    code="GK406",
    severity=N,
    title="期限最后一天放假",
    message="{limit}的最后一天 {due} 放假，{published} 发布，按顺延到放假后第一个工作日算没有超期。",
    hint="不必处理；以后请在放假前发布，最迟 {due}。",
    source="期间最后一日遇休假日顺延的通行算法（R6.5）",
    why="按自然日算的期限不扣除节假日，最后一天遇到放假时通常顺延。",
)

# --- display periods (GK411 to GK419)

WRONG_COUNT = FindingType(
    code="GK411",
    severity=E,
    title="公示期的天数与起止日期不符",
    message="notice_period（公示期）写的是 {said} {unit}，但 {span}首尾都算是{real}{guess}。",
    hint="请核对后写成：notice_period: {example}",
    source=COUNTING,
    why="群众按起止日期来看，检查按天数来查，两样对不上，公示就站不住脚。自然日和工作日不能混用。",
)
NOTICE_FIRST_DAY = FindingType(
    code="GK412",
    severity=N,
    title="公示期的首日算不算不一致",
    message="{span}写的是 {said} 个{unit}，用的是{used}的算法；本站的算法是{rule}，应是 {right} 个{unit}。",
    hint="不算差错；想统一的，请写成：count: {right}，或在 mkdocs.yml 改变本站的算法：\nfirst_day:\n  display: {word}",
    source=COUNTING,
    why="真实公示中两种算法都有，差一天说明白即可。",
)
WRONG_COUNT_IN_TEXT = FindingType(
    code="GK413",
    severity=W,
    title="正文里的天数与起止日期不符",
    message="正文写 {span}是 {said} {unit}，但首尾都算是{real}{guess}。",
    hint="请核对起止日期和天数，如应写成：{right}",
    source=COUNTING,
    why="群众按起止日期来看，检查按天数来查，两样对不上，公示就站不住脚。",
)
OTHER_SPAN_IN_TEXT = FindingType(
    code="GK414",
    severity=W,
    title="正文和信息头的公示期不同",
    message="正文的公示期是 {text}，信息头 notice_period 是 {header}，两处不一样。",
    hint="请以实际张贴的日期为准，改正其中一处。",
    source="R7.3（公示应当写明起止日期）",
    why="公示牌、列表和提醒用信息头的日期，群众看正文的日期，必须一致。",
)
TOO_SHORT = FindingType(
    code="GK415",
    severity=W,
    title="公示期不够天数",
    message="公示期 {span}首尾都算只有{days}，目录条目 {entry} 要求“{text}”，不能少于{asked}。",
    hint="还在公示的，请延长公示期，{end}；已经结束的，请补足天数重新公示，或核对是否写错了日期。",
    source="目录条目的公开时限；各专门法律的公示期限（R6.1）",
    why="公示不足天数，群众来不及提意见，后面的审批也会被质疑。",
)
SHOWN_LATE = FindingType(
    code="GK416",
    severity=W,
    title="公示开始后才发布",
    message="公示期从 {start} 开始，{published} 才发布，{shown}。",
    hint="请核对日期；今后请在公示开始当天或以前发布，如：published_on: {start}",
    source="R6.1、R7.3",
    why="公示期是给群众提意见的时间，网上晚一天，群众就少一天。",
)
NO_DISPLAY_PERIOD = FindingType(
    code="GK417",
    severity=W,
    title="没有写征求意见的起止日期",
    message="目录条目 {entry} 要求“{text}”（不少于{asked}），这条信息没有写征求意见从哪天到哪天。",
    hint="请在信息头加一行：{example}",
    source="目录条目的公开时限；《重大行政决策程序暂行条例》（征求意见一般不少于30日）；R6.1",
    why="没有起止日期，群众不知道意见提到哪天为止，也无法核对天数够不够。",
)

# --- interpretations (GK421 to GK429)

LATE_INTERPRETATION = FindingType(
    code="GK421",
    severity=W,
    title="政策解读发布晚了",
    message="《{document}》{start} 公开，解读 {published} 才发布，隔了 {passed} 个工作日，超过 3 个工作日，最迟应在 {due} 发布。",
    hint="请核对两处发布日期；今后请与文件同步起草、同步审签、同步发布。",
    source="国办发〔2016〕19号（文件公开后3个工作日内发布解读）；R6.1",
    why="解读来得晚，群众已经按误解去办事了。",
)

# --- budgets (GK431 to GK439)

LATE_BUDGET = FindingType(
    code="GK431",
    severity=W,
    title="预决算公开晚了",
    message="{start} 批准（批复），{published} 发布，隔了{passed}，超过{limit}，最迟应在 {due} 发布。",
    hint="请核对正文中的批准（批复）日期和发布日期；写错的请改成实际的日期，如：published_on: {published}。确实迟了的不要改日期，今后请在批准后马上排期公开。",
    source="《预算法》第十四条（批准、批复后20日内公开）；R6.1、R6.6",
    why="这里的20日是自然日，不是工作日，节假日也算在内。",
)
NO_APPROVAL_DAY = FindingType(
    code="GK432",
    severity=N,
    title="没有写批准日期",
    message="正文没有写预算（决算）哪天批准或批复，无法核对是否在20日内公开；按发布日期倒推，批准日期不应早于 {latest}。",
    hint="请在正文写明，如：2026年1月22日，镇人民代表大会审查批准了2026年镇本级财政预算。",
    source="《预算法》第十四条；R6.1",
    why="20日从批准（批复）那天算起，成文日期不能代替。",
)
LATE_ACCOUNTS = FindingType(
    code="GK433",
    severity=W,
    title="上年决算公开可能晚了",
    message="{year}年的决算到 {published} 才发布，正文又没有写批准（批复）日期；决算一般在9月底前批准，20日内公开，这里可能晚了。",
    hint="请写明批准（批复）日期，如：经镇人民代表大会批准。批准日期不早于 {latest} 的，写明后本条提示就会消失。",
    source="《预算法》第十四条；R6.1、R6.2",
    why="检查中常见上年决算拖到第四季度才公开。",
)

# --- periodic information (GK441 to GK449)

MISSING_PERIOD = FindingType(
    code="GK441",
    severity=W,
    title="定期公开的信息缺期",
    message="目录条目 {entry}（{name}）要求{word}公开一次，还缺：{periods}。",
    hint="请补上缺的各期，信息头写：period: {period}；那一期没有发生的，发布一条情况说明，如：statement: {label}没有发生相关事项",
    source="目录条目的公开时限（按月、季、年公开）；R6.1、R6.7",
    why="定期公开断了一期，检查时按更新不及时计。从本镇第一次公开这类信息的那一期算起，情况说明也算一期。",
)

ALL = (
    LATE,
    NOT_COMPUTABLE,
    DUE_SOON,
    OVERDUE,
    FIRST_DAY,
    DAY_OFF,
    WRONG_COUNT,
    NOTICE_FIRST_DAY,
    WRONG_COUNT_IN_TEXT,
    OTHER_SPAN_IN_TEXT,
    TOO_SHORT,
    SHOWN_LATE,
    NO_DISPLAY_PERIOD,
    LATE_INTERPRETATION,
    LATE_BUDGET,
    NO_APPROVAL_DAY,
    LATE_ACCOUNTS,
    MISSING_PERIOD,
)
