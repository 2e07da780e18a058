"""The kinds of findings of the inspection family (GK801 to GK849)."""

from gongkai.model import FindingType, Severity

W, N = Severity.WARNING, Severity.NOTE

HOME_STALE = FindingType(
    code="GK801",
    severity=W,
    title="首页两周没有更新",
    message="全站最近一次发布是 {newest}，到 {today} 已有 {days} 天，超过{limit}没有更新；检查中这一项会使全站不合格。",
    hint="请发布近期已经形成、应当公开的信息，例如工作动态：gongkai new {example}",
    source="R3.7（首页两周未更新，单项否决）",
    why="首页最新信息的日期是检查人员最先看的。",
)
MAIN_COLUMN_STALE = FindingType(
    code="GK802",
    severity=W,
    title="动态、公告、政策栏目不更新",
    message="“{kind}”类栏目最近一次发布是 {newest}（{entry}），超过{limit}没有更新。",
    hint="请补发这段时间里已经形成的信息：gongkai new {id}；确实没有的，发一条情况说明（statement）。",
    source="R3.7（动态要闻两周，通知公告、政策文件六个月）",
    why="这几类栏目长期不更新的，五个以上会使全站不合格。",
)
OTHER_COLUMN_STALE = FindingType(
    code="GK803",
    severity=N,
    title="人事、规划、统计栏目不更新",
    message="“{kind}”类栏目最近一次发布是 {newest}（{entry}），超过{limit}没有更新。",
    hint="有新的信息就发布：gongkai new {id}；期限是检测工具的口径，确实没有的不必处理。",
    source="R3.7（人事、规划计划一年，统计三个月；检测工具和个别地方的口径）",
    why="检测工具会把它们列为“更新不及时”。",
)
ENTRIES_STALE = FindingType(
    code="GK804",
    severity=N,
    title="逐条看有栏目超过更新期限",
    message="按目录条目逐个看，有 {n} 个栏目超过更新期限：{list}。",
    hint="用“gongkai inspect”看全部；一年里没有新信息的栏目，可发一条情况说明，如：statement: 2026年度没有新制定的文件。",
    source="R3.7（应更新栏目十个以上长期未更新，单项否决）",
    why="检查人员抽到哪个栏目，就按哪个栏目的期限来看。",
)
COLUMNS_BLANK = FindingType(
    code="GK805",
    severity=W,
    title="空白栏目五个以上",
    message="有 {n} 个栏目没有任何内容：{list}；空白栏目达到 {limit} 个，检查中会使全站不合格。",
    hint="请在每个栏目至少发布一条（如：gongkai new {example}）；本镇不涉及的领域，写进 catalogue/adopted.yaml 的 not_applicable。",
    source="R3.7（空白栏目五个以上，单项否决）",
    why="采用了一个领域又没有内容，读者点进去是空的。",
)
DOMAIN_SHAPE = FindingType(
    code="GK807",
    severity=W,
    title="网站域名不是政府域名",
    message="域名“{value}”{reason}，网页标签 SiteDomain 会不合要求。",
    hint="请写所在政府网站的域名，不带 https:// 和路径，如：domain: www.example.gov.cn",
    source="《政府网站发展指引》（域名以 .gov.cn 结尾，R3.1、R3.2）",
    why="政府信息应当发布在政府域名之下。",
)

LAW_OUTDATED = FindingType(
    code="GK811",
    severity=W,
    title="引用了已经失效的法规文件",
    message="“{cited}”自 {until} 起已不再施行，而这条信息按 {day} 看仍在引用。",
    hint="请改为：{successor}。讲历史沿革的，请写明“已废止”。",
    source="catalogue/laws.yaml；R8.2（依据过期）",
    why="依据失效，办事的条件和期限往往也已经变了。",
)
LAW_NAME_WRONG = FindingType(
    code="GK812",
    severity=W,
    title="法律名称写错",
    message="没有叫《{cited}》的法律。",
    hint="请改为：《{right}》",
    source="catalogue/laws.yaml；R8.2（错别字）",
    why="法律名称写错会被列为错误表述。",
)
LAW_NUMBER_WRONG = FindingType(
    code="GK813",
    severity=W,
    title="法规名称和文号对不上",
    message="《{name}》的文号是{right}，这里写的是“{cited}”。",
    hint="请改为：《{name}》（{right}）",
    source="catalogue/laws.yaml；R2.8",
    why="读者按文号查，会查到另一份文件。",
)
ORDER_WORDING = FindingType(
    code="GK814",
    severity=W,
    title="国务院令写法不对",
    message="“{cited}”不是规范写法，漏了字。",
    hint="请改为：{right}",
    source="R2.8（“国令第711号”）",
    why="国务院令的全称是“中华人民共和国国务院令第×号”，可以简称“国务院令第×号”。",
)

TITLE_REPEATED = FindingType(
    code="GK821",
    severity=W,
    title="标题与别的信息相同",
    message="标题“{title}”与 {other} 完全相同，读者分不清是哪一条。",
    hint="请在标题里写明时间、批次或村名，如“2026年第三季度”“石桥村”；重复录入的请删去一条。",
    source="R8.2（标题重复）",
    why="列表和检索结果只显示标题。",
)
TITLE_IN_BODY = FindingType(
    code="GK822",
    severity=W,
    title="正文里又写了一遍标题",
    message="正文第一行又是标题“{title}”，网页上会显示两遍。",
    hint="请删去正文里的这一行；标题由信息头的 title 显示。",
    source="R8.2（标题重复）",
    why="从 Word 或旧网站复制时，标题常被一起带进正文。",
)
TITLE_NOT_GENRE = FindingType(
    code="GK823",
    severity=W,
    title="标题与体裁不一致",
    message="标题叫“{word}”，信息头的体裁却是“{genre}”。",
    hint="请改成一致，如：genre: {word}",
    source="R7.3、R8.2（标题与体裁不符）",
    why="公示要有期限和意见渠道，公告、通知没有，读者按体裁找。",
)
TITLE_NOT_BODY = FindingType(
    code="GK824",
    severity=W,
    title="标题叫公示，正文是通知",
    message="标题叫“{word}”，正文却是发给下级的通知（“{sign}”）。",
    hint="真要公示的，请写明公示对象、起止日期和意见渠道；转发文件的，标题请改成：关于印发……的通知",
    source="R7.3（公示应有的内容）",
    why="公示是请群众提意见，通知是布置工作，混在一起两样都不合要求。",
)
TEMPLATE_TEXT = FindingType(
    code="GK825",
    severity=W,
    title="留有模板文字",
    message="这里留有没有填写的模板文字：“{text}”。",
    hint="请填上实际内容；没有内容的，把这一句（或这一节）删去。",
    source="R2.8、R8.2（模板说明抄进正式文件）",
    why="公开的信息里留着“请填写”，说明没有人看过就发了。",
)
SHELL_TEXT = FindingType(
    code="GK826",
    severity=W,
    title="混入了网页框架的文字",
    message="这里混入了网页框架上的文字：“{text}”，不是信息本身的内容。",
    hint="请删去这一处；从旧网站复制时只选正文。",
    source="R8.2（正文混入页脚、导航）",
    why="“打印”“上一篇”在新网页上点不动，检索也会被它们干扰。",
)
BOOK_MARKS = FindingType(
    code="GK827",
    severity=W,
    title="书名号不成对",
    message="书名号“{mark}”缺少另一半：“{text}”。",
    hint="请补上“{missing}”，如：《中华人民共和国政府信息公开条例》",
    source="R2.8、R8.2（书名号丢失、错字）",
    why="书名号缺一半，文件名从哪里到哪里就看不出来了。",
)
NAME_EATEN = FindingType(
    code="GK828",
    severity=W,
    title="文件名丢失或没有用书名号",
    message="“{text}”{problem}。",
    hint="请对照原件改正，如：{example}",
    source="R2.8（《……》被当作网页标签吃掉）",
    why="旧网站会把尖括号和其中的文字当作网页代码去掉。",
)
WORDS_TWICE = FindingType(
    code="GK829",
    severity=W,
    title="同样的字连写了两遍",
    message="“{text}”连着写了两遍。",
    hint="请删去多余的一遍：{once}",
    source="R8.2（错别字）",
    why="粘贴两次时最容易出现，校对时也最容易看漏。",
)
NO_INTERPRETATION = FindingType(
    code="GK830",
    severity=W,
    title="规范性文件没有解读",
    message="行政规范性文件发布于 {published}，到 {today} 还没有与它关联的政策解读。",
    hint="请发布解读，并在解读的信息头写：interprets: {name}",
    source="R3.5（重要政策应有解读材料，并相互关联）；国办发〔2016〕19号",
    why="解读应与文件同步起草、同步发布，评估时逐份对照。",
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, FindingType))
