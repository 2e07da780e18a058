"""The kinds of findings that rules over the dataset give (GK201 to GK299, GK311 to GK319)."""

from gongkai.model import FindingType, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

DUPLICATE_INDEX_NUMBER = FindingType(
    code="GK201",
    severity=E,
    title="索引号重复",
    message="索引号“{value}”已用于 {other}。",
    hint="索引号一条一个、永不重复；请给后建的一条换成没用过的号。",
    source="政府信息公开目录系统实施指引（试行）索引号唯一（R4.1）",
    why="索引号是信息的身份证，重复后无法查证引用的是哪一条。",
)
DUPLICATE_ADDRESS = FindingType(
    code="GK202",
    severity=E,
    title="页面地址重复",
    message="页面地址“{value}”与 {other} 相同（不分大小写）。",
    hint="请给其中一个文件改名，或在信息头写 address: 另一个名字。",
    source="docs/architecture.md 页面地址",
    why="两条信息不能放在同一个网址上。",
)
UNKNOWN_REFERENCE = FindingType(
    code="GK203",
    severity=E,
    title="引用的信息不存在",
    message="{key}（{label}）引用的“{value}”不存在{nearest}。",
    hint="请写对方的文件名（不带 .md）、索引号或文号。",
    source="R3.5（政策文件与解读材料相互关联）",
    why="文件和解读要能互相点到。",
)
DEAD_LINK = FindingType(
    code="GK204",
    severity=E,
    title="链接打不开",
    message="正文里的{what}“{target}”{reason}。",
    hint="{advice}",
    source="R8.2（隐藏或错误链接是检查中最常见的问题）",
    why="读者点开会看到“找不到网页”。",
)
IMAGE_WITHOUT_TEXT = FindingType(
    code="GK205",
    severity=W,
    title="图片没有说明文字",
    message="图片“{target}”没有说明文字，看不见图的人不知道内容。",
    hint="请写成：![汛期值班电话牌照片]({target})",
    source="《无障碍环境建设法》第三十二条；WCAG 2.2 1.1.1",
    why="读屏软件和检索都只认文字。",
)
BOLD_NOT_WORKING = FindingType(
    code="GK206",
    severity=W,
    title="加粗没有生效",
    message="这里的“**”没有变成加粗，会原样显示：“{text}”。",
    hint="请写成：{right}",
    source="CommonMark 0.31 第 6.2 节",
    why="按通用的 Markdown 规则，加粗记号紧挨着标点又连着后面的字时不生效，在 Gitee、GitHub 上也一样。",
)
INDEX_NUMBER_SHAPE = FindingType(
    code="GK207",
    severity=W,
    title="索引号不合本站规则",
    message="索引号“{value}”不合本站规则 {pattern}。",
    hint="请按规则改正；历史索引号不宜改动的，可在 mkdocs.yml 的 rules 中说明理由后关闭本项。",
    source="R4.1、R4.3；mkdocs.yml 的 index_number_pattern",
    why="索引号前段应是本机关的代码。",
)
RAW_HTML = FindingType(
    code="GK208",
    severity=W,
    title="正文里有不保留的 HTML",
    message="正文里的“{tag}”不会显示，发布时已去掉。",
    hint="请改用 Markdown 写法；确需的内容可做成附件。",
    source="站点安全：不执行外来脚本",
    why="脚本、框架和样式可能带来安全问题，也不能在打印和离线时使用。",
)
EMPTY_MARK = FindingType(
    code="GK311",
    severity=W,
    title="页头页脚标识没有填",
    message="还没有填写{label}，页面上不会显示。",
    hint="请在 mkdocs.yml 的 township.{key} 填写；确实没有的，可在 rules 中说明理由后关闭本项。",
    source="R3.3（检查工具查看的页面标识）",
    why="主办单位、联系方式、标识码、备案号等缺失是检查中的扣分项。",
)
COLUMN_TARGET_MISSING = FindingType(
    code="GK312",
    severity=E,
    title="固定栏目没有内容",
    message="固定栏目“{title}”指向“{target}”，{reason}。",
    hint="{advice}",
    source="国办公开办函〔2019〕61号（指南、制度、法定主动公开内容、年报、依申请公开）",
    why="这几个栏目是政府信息公开专栏必须有的入口。",
)
GUIDE_INCOMPLETE = FindingType(
    code="GK313",
    severity=E,
    title="公开指南内容不全",
    message="政府信息公开指南里没有找到“{what}”。",
    hint="请加一节，如：\n## {what}\n{example}",
    source="《政府信息公开条例》第十二条（指南应含九项内容，R1.3）",
    why="指南缺项或过时是追责的情形之一（条例第五十三条）。",
)
SITE_URL_MISSING = FindingType(
    code="GK314",
    severity=W,
    title="没有填写网站地址",
    message="mkdocs.yml 没有写 site_url，不生成 sitemap.xml，订阅中的链接也不完整。",
    hint="请写上：site_url: https://www.example.gov.cn/shifan/",
    source="sitemaps.org 0.9；RFC 4287",
    why="搜索引擎和订阅软件需要完整网址。",
)
UNKNOWN_RULE = FindingType(
    code="GK315",
    severity=W,
    title="规则编号不存在",
    message="mkdocs.yml 的 rules 里写的“{value}”不是规则编号，这一行不起作用。",
    hint="规则编号见“gongkai rules”，如：GK003；写错的请改正，不用的请删去。",
    source="docs/rules.md",
    why="编号写错时，想关闭的检查还在，想加重的检查没有加重。",
)
REPEALED_WITHOUT_DATE = FindingType(
    code="GK209",
    severity=W,
    title="废止或失效没有写日期",
    message="标为“{value}”，但没有写 repealed_on（废止日期）。",
    hint="请加一行：repealed_on: 2026-10-09",
    source="R3.5（失效、废止文件应作标注）",
    why="读者要知道文件到哪一天为止有效。",
)

DATES_OUT_OF_ORDER = FindingType(
    code="GK210",
    severity=E,
    title="成文日期晚于发布日期",
    message="成文日期 {formed} 晚于发布日期 {published}，先发布后成文说不通。",
    hint="请核对并改正其中一个日期，如：formed_on: {published}",
    source="R4.9（日期先后）；《政府信息公开条例》第二十六条",
    why="时限从成文日期算到发布日期，先后颠倒就无法计算。",
)
PUBLISHED_IN_FUTURE = FindingType(
    code="GK211",
    severity=W,
    title="发布日期在将来",
    message="发布日期 {published} 还没有到（今天是 {today}），但生成网站后就会公开。",
    hint="请改成实际发布的日期，如：published_on: {today}；暂时不想发布，可加一行：draft: true",
    source="R3.7（发布时间以实际为准）",
    why="日期写错年份时最容易出现，会一直排在最前面。",
)
NOBODY_AS_SOURCE = FindingType(
    code="GK212",
    severity=W,
    title="没有写明来源单位",
    message="{key}（{label}）写的是“{value}”，看不出是哪个单位。",
    hint="请写单位全称，如：{key}: 云麓县民政局；本镇制作的信息不必写这一行。",
    source="《政府网站发展指引》附件（ContentSource）；《政府信息公开条例》第十条",
    why="谁制作谁公开，转载要注明来源单位的名称。",
)
NOT_ON_WEBSITE = FindingType(
    code="GK213",
    severity=N,
    title="这条信息不上网站",
    message="这条信息不会出现在网站上：{reason}。",
    hint="按规定只在公示栏等处公开的，不必处理；应当上网的，请改正渠道、属性或条目。",
    source="标准目录公开渠道栏（R5.4）；《政府信息公开条例》第十四条至第十六条",
    why="初审名单等只在村公示栏张贴，上网会泄露个人信息。",
)
LINES_RUN_TOGETHER = FindingType(
    code="GK214",
    severity=W,
    title="相邻两行会连成一段",
    message="这一行和下一行之间没有空行，发布后会连成一段：“{text}”。",
    hint="请在两段之间空一行；同一段里要换行的，在行末加两个空格。",
    source="CommonMark 0.31 第 4.8 节",
    why="从 Word 粘贴的文字一行一段，没有空行就会挤在一起，在 Gitee、GitHub 上也一样。",
)

ADDRESS_OF_THE_SYSTEM = FindingType(
    code="GK215",
    severity=E,
    title="页面占用了系统页面的地址",
    message="这个页面会生成到“{folder}/”文件夹，那里放着系统自动生成的页面，会互相覆盖。",
    hint="请把这个文件移到别的文件夹，如：guide/{name}",
    source="docs/architecture.md（Addresses）",
    why="两个页面生成到同一个地址，只会留下一个，而且没有任何提示。",
)
ADDRESS_DIFFERS_IN_CASE = FindingType(
    code="GK216",
    severity=E,
    title="两个页面的地址只有大小写不同",
    message="这个页面和“{other}”只有大小写不同，复制到 Windows 电脑或 U 盘上会互相覆盖。",
    hint="请给其中一个文件改名，如：{name}",
    source="Windows 和 U 盘的文件名不分大小写",
    why="离线副本要在 Windows 电脑上打开，两个页面只会留下一个。",
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, FindingType))
