"""The kinds of findings that reading a file can give (GK001 to GK199). Codes are never reused."""

from gongkai.model import FindingType, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

FORMAT = "公开栏文件格式（docs/architecture.md）"
YAML_SPEC = "YAML 1.2"
DATES = "《党政机关公文格式》常用日期写法；R4.4、R4.9"

# --- the file as a whole

NOT_UTF8 = FindingType(
    code="GK001",
    severity=E,
    title="文件不是 UTF-8 编码",
    message="文件不是 UTF-8 编码，{guess}，不能确定其中的汉字。",
    hint="请用记事本打开，选“文件 → 另存为”，编码选“UTF-8”后保存；在 VS Code 中点右下角编码名称，选“通过编码重新打开 → GB18030”，再选“通过编码保存 → UTF-8”。",
    source=FORMAT,
    why="Windows 的一些编辑器默认存成 GB18030（又称 GBK、ANSI）。猜错一个字节就会显示乱码，所以不猜，请转换后再发布。",
)
BOM = FindingType(
    code="GK002",
    severity=N,
    title="文件开头有 BOM 标记",
    message="文件开头有 BOM 标记，已按没有它处理，发布不受影响。",
    hint="可在记事本“另存为”时选“UTF-8”（不是“带有 BOM 的 UTF-8”）。",
    source=FORMAT,
    why="BOM 是看不见的三个字节，个别工具会把它当成正文。",
)
CRLF = FindingType(
    code="GK003",
    severity=N,
    title="文件用 Windows 换行",
    message="文件用 Windows 换行（CRLF）{mixed}，已按普通换行处理，发布不受影响。",
    hint="不必处理；如想统一，可在编辑器右下角把 CRLF 改成 LF。",
    source=FORMAT,
    why="换行方式不影响公开内容，只会让版本比对多出改动。",
)
NO_FRONT_MATTER = FindingType(
    code="GK004",
    severity=E,
    title="没有信息头",
    message="文件开头没有信息头（两行“---”之间的部分），不知道标题、条目和日期。",
    hint="请在文件最前面加上：\n---\ntitle: 标题\nentry: 19-02-04\nresponsible_unit: 社会事务办公室\npublished_on: 2026-10-09\n---\n也可以用“gongkai new”新建。",
    source=FORMAT,
    why="公开事项的各项登记内容都写在信息头里。",
)
UNCLOSED_FRONT_MATTER = FindingType(
    code="GK005",
    severity=E,
    title="信息头没有结束",
    message="信息头以“---”开始，但没有找到结束的“---”。",
    hint="请在信息头最后一行的下面单独写一行“---”，再空一行写正文。",
    source=FORMAT,
    why="没有结束标记，就分不清哪里是登记内容，哪里是正文。",
)
BAD_YAML = FindingType(
    code="GK006",
    severity=E,
    title="信息头写法有误",
    message="信息头这里读不下去：{problem}。",
    hint="{advice}",
    source=YAML_SPEC,
    why="信息头按“名称: 内容”一行一项书写，冒号是半角且后面有一个空格。",
)
DUPLICATE_KEY = FindingType(
    code="GK007",
    severity=E,
    title="同一项写了两次",
    message="“{key}”在第 {first_line} 行已经写过{alias}。",
    hint="请只保留一处，删去另一处。",
    source=YAML_SPEC,
    why="两处内容不同时，无法判断以哪一处为准。",
)
NOT_A_MAPPING = FindingType(
    code="GK008",
    severity=E,
    title="信息头不是“名称: 内容”的形式",
    message="信息头不是一行一项的“名称: 内容”{guess}。",
    hint="请写成：title: 2026年第三季度低保发放情况公示（半角冒号，后面空一格）。",
    source=YAML_SPEC,
    why="中文输入法打出的全角冒号“：”不会被当作分隔。",
)
UNREADABLE = FindingType(
    code="GK009",
    severity=E,
    title="文件无法读取",
    message="文件无法读取：{reason}。",
    hint="{advice}",
    source=FORMAT,
    why="读不到的文件不能公开，也不能忽略。",
)
EMPTY_BODY = FindingType(
    code="GK010",
    severity=W,
    title="正文是空的",
    message="信息头之后没有正文，发布后是一个空页面。",
    hint="请在信息头结束的“---”下面写上公开内容；暂时不想发布，可加一行：draft: true",
    source="R3.7 空白栏目",
    why="检查中，没有内容的页面按空白栏目计。",
)
YAML_ALIAS = FindingType(
    code="GK011",
    severity=E,
    title="信息头用了引用记号",
    message="信息头用了 YAML 的引用记号（& 或 *），本系统不支持。",
    hint='请把内容直接写出来；内容本身以 & 或 * 开头时，请加引号，如：title: "*附注"',
    source=FORMAT,
    why="引用记号容易误打，也会让同一内容在别处被悄悄改变。",
)

# --- keys and values of the front matter

UNKNOWN_KEY = FindingType(
    code="GK101",
    severity=E,
    title="不认识的项目名",
    message="不认识的项目“{key}”{nearest}。",
    hint="{advice}",
    source=FORMAT,
    why="写错一个字母的项目会被悄悄忽略，所以按错误处理。",
)
MISSING_KEY = FindingType(
    code="GK102",
    severity=E,
    title="缺少必填项",
    message="缺少必填项 {key}（{label}）。",
    hint="{how}：{example}",
    source="《政府信息公开条例》第十二条（目录应含索引、名称、内容概述、生成日期）；标准目录",
    why="缺了这些，信息无法归入目录，也无法计算时限。",
)
WRONG_TYPE = FindingType(
    code="GK103",
    severity=E,
    title="内容的形式不对",
    message="{key}（{label}）应当是{expected}，这里写的是{found}。",
    hint="请写成：{example}",
    source=FORMAT,
    why="形式不对时，程序读不出其中的内容。",
)
BAD_DATE = FindingType(
    code="GK104",
    severity=E,
    title="日期读不出来或不存在",
    message="{key}（{label}）：“{value}”{reason}。",
    hint="请写成年-月-日，如：{written}: {example}",
    source=DATES,
    why="日期决定公开时限，读不准就不能替您猜。",
)
UNKNOWN_ENTRY = FindingType(
    code="GK105",
    severity=E,
    title="目录中没有这个条目",
    message="本镇采用的目录中没有条目“{value}”{reason}。",
    hint="{advice}",
    source="标准目录",
    why="每条公开信息都要归到目录的一个条目下。",
)
NOT_IN_LIST = FindingType(
    code="GK106",
    severity=E,
    title="内容不在规定用语之内",
    message="{key}（{label}）：“{value}”不是规定的用语{nearest}。",
    hint="可用的写法：{allowed}",
    source="R4.6、R4.7；catalogue/vocabulary.yaml",
    why="用语统一，分类、筛选和统计才会准确。",
)
UNKNOWN_CHANNEL = FindingType(
    code="GK107",
    severity=E,
    title="不认识的公开渠道",
    message="channels（公开渠道）：不认识“{value}”{nearest}。",
    hint="可用的写法：{allowed}；本地另有的渠道写成“其他：名称”。",
    source="国家标准目录的十三种公开渠道（R7.1）",
    why="渠道决定这条信息能否上网站、是否张贴。",
)
BAD_TIME_LIMIT = FindingType(
    code="GK108",
    severity=E,
    title="公开时限看不懂",
    message="time_limit（公开时限）：“{value}”看不出是多少天、怎么算。",
    hint="请写成“10个工作日”“20日”“及时公开”“长期公开”“每季度”一类；不写则按目录条目的时限（{entry_limit}）。",
    source="标准目录公开时限栏；R6.1",
    why="时限要能计算到期日。",
)
LOOSER_TIME_LIMIT = FindingType(
    code="GK109",
    severity=E,
    title="公开时限比目录规定的宽",
    message="time_limit（公开时限）写的是“{value}”，比目录条目 {entry} 规定的“{entry_limit}”宽。",
    hint="请改成不宽于“{entry_limit}”的时限，或删去这一行，按目录执行。",
    source="标准目录公开时限栏；《政府信息公开条例》第二十六条",
    why="本级只能收紧、不能放宽目录规定的时限。",
)
UNKNOWN_UNIT = FindingType(
    code="GK110",
    severity=E,
    title="责任单位不在本镇单位名单中",
    message="responsible_unit（责任单位）：“{value}”不在本镇单位名单中{nearest}。",
    hint="{advice}",
    source="mkdocs.yml 的 township.units",
    why="按单位查询、统计和催办都以单位名单为准。",
)
AMBIGUOUS_CATEGORY = FindingType(
    code="GK111",
    severity=E,
    title="分类对应多个条目",
    message="category（分类）“{value}”对应 {count} 个条目：{found}。",
    hint="请写全“领域/一级事项/二级事项”，或改用编号，如：entry: {example}",
    source="标准目录",
    why="只有落到一个条目，才知道时限、要素和渠道。",
)
ENTRY_CONFLICT = FindingType(
    code="GK112",
    severity=E,
    title="条目编号与分类不一致",
    message="entry（目录条目）{entry} 是“{path}”，与 category（分类）“{category}”不一致。",
    hint="请只保留其中一项：entry: {entry}",
    source="标准目录",
    why="两处说法不同时，无法判断归到哪个条目。",
)
BAD_PERIOD = FindingType(
    code="GK113",
    severity=E,
    title="所属期读不出来",
    message="period（所属期）：“{value}”读不出是哪一年、哪一季或哪一月。",
    hint="请写成：period: 2026（年）、2026-H1（上半年）、2026-Q3（第三季度）或 2026-09（月）。",
    source=FORMAT,
    why="定期公开的条目按所属期核对有没有缺漏。",
)
BAD_NOTICE_PERIOD = FindingType(
    code="GK114",
    severity=E,
    title="公示期填写有误",
    message="notice_period（公示期）：{reason}。",
    hint="请写成：notice_period: {{start: 2026-10-09, end: 2026-10-15, count: 7, unit: 自然日}}",
    source="R6.5、R7.3",
    why="公示从哪天到哪天、共多少个什么日，必须说清楚。",
)
EMPTY_VALUE = FindingType(
    code="GK115",
    severity=E,
    title="写了名称没有内容",
    message="{key}（{label}）后面没有内容。",
    hint="请补上内容，如：{example}{unused}。",
    source=FORMAT,
    why="空着的项目既不能公开，也不能判断是漏填还是不适用。",
)
TOO_LONG = FindingType(
    code="GK116",
    severity=W,
    title="内容过长",
    message="{key}（{label}）有 {length} 个字，超过 {limit} 个字。",
    hint="请精简；详细内容写在正文里。",
    source="R4.5（概述一般不超过100字，最多300字）",
    why="列表和检索结果里只放得下短文字。",
)
MISSING_FORMED_ON = FindingType(
    code="GK117",
    severity=W,
    title="没有成文（生成）日期",
    message="没有写 formed_on（成文日期），无法计算公开时限。",
    hint="请在信息头加一行，写文件落款（或信息形成）的日期，如：formed_on: 2026-09-28",
    source="《政府信息公开条例》第十二条、第二十六条（自形成或者变更之日起20个工作日内公开）",
    why="时限从信息形成或变更之日起算，目录也必须列出生成日期。",
)
BAD_ADDRESS = FindingType(
    code="GK118",
    severity=E,
    title="页面地址不能这样写",
    message="{source}“{value}”不能用作页面地址：{reason}。",
    hint="{advice}用字母、数字、汉字、“-”和“_”，如：{example}",
    source=FORMAT,
    why="页面地址发布后长期不变，要在各种系统里都能用。",
)
ATTACHMENT_MISSING = FindingType(
    code="GK120",
    severity=E,
    title="附件不存在",
    message="附件“{path}”{reason}{nearest}。",
    hint="请把文件放到 {folder} 下，或改正文件名（大小写要一致）。",
    source=FORMAT,
    why="读者点开附件会看到“找不到网页”。",
)
ATTACHMENT_OUTSIDE = FindingType(
    code="GK121",
    severity=E,
    title="附件不在站点文件夹里",
    message="附件“{path}”{reason}，发布后别人打不开。",
    hint="请把文件复制到事项文件旁边，写相对路径，如：attachments: [附件1.xlsx]",
    source=FORMAT,
    why="发布时只能带走站点文件夹里的文件。",
)
BAD_ENTRY_FORM = FindingType(
    code="GK122",
    severity=E,
    title="该条目不由乡镇、村级公开",
    message="条目 {entry}（{path}）在目录中只由{levels}公开，乡镇不应作为公开主体。",
    hint="请改用乡级条目；转载上级信息请写 source（来源），归入“上级政策转发”一类条目。",
    source="标准目录公开层级栏；《政府信息公开条例》第十条",
    why="谁制作谁公开，转载要注明来源。",
)

# --- settings and catalogue (GK301 to GK329)

SETTINGS_UNREADABLE = FindingType(
    code="GK301",
    severity=E,
    title="站点设置读不下去",
    message="站点设置 {file} 读不下去：{problem}。",
    hint="{advice}",
    source=YAML_SPEC,
    why="mkdocs.yml 有一处写错，整个站点就无法生成。",
)
NO_PLUGIN = FindingType(
    code="GK302",
    severity=E,
    title="站点设置没有启用公开栏",
    message="mkdocs.yml 的 plugins 下没有 gongkai。",
    hint="请写上：\nplugins:\n  - gongkai:\n      township: {{name: 示范镇, full_name: 云麓县示范镇人民政府, units: [...]}}\n新建站点可用“gongkai init 文件夹”。",
    source=FORMAT,
    why="本镇名称、单位、目录都写在这里。",
)
BAD_SETTING = FindingType(
    code="GK303",
    severity=E,
    title="站点设置内容不对",
    message="站点设置 {key}{label}：{problem}。",
    hint="{advice}",
    source="catalogue/schema/profile.schema.json",
    why="这些设置会印在每个页面上，也决定检查是否准确。",
)
FOLDER_MISSING = FindingType(
    code="GK304",
    severity=E,
    title="站点文件夹不存在",
    message="{what}“{folder}”不存在。",
    hint="{advice}",
    source=FORMAT,
    why="没有这个文件夹，就没有可以公开的内容。",
)
DUPLICATE_UNIT = FindingType(
    code="GK305",
    severity=E,
    title="责任单位重复",
    message="责任单位{what}“{value}”写了两次。",
    hint="单位代号、名称和别称都不能重复，请改掉其中一个。",
    source=FORMAT,
    why="重名时，信息会归到错误的单位名下。",
)
CATALOGUE_MISSING = FindingType(
    code="GK320",
    severity=E,
    title="找不到本镇目录",
    message="找不到本镇采用的目录文件“{file}”。",
    hint='请从别处复制该文件，或新建一个，内容如：\nsince: 2024-01-01\nfields: ["19", "22", "30"]\nnot_applicable: []\n用“gongkai init”新建的站点自带此文件。',
    source="国办发〔2019〕54号（编制本级基层政务公开标准目录）",
    why="没有目录，就不知道应当公开什么。",
)
BAD_CATALOGUE = FindingType(
    code="GK321",
    severity=E,
    title="目录文件内容不对",
    message="目录文件 {key}{label}：{problem}。",
    hint="{advice}",
    source="catalogue/schema",
    why="目录是检查、页面和统计的共同依据。",
)
UNKNOWN_FIELD = FindingType(
    code="GK323",
    severity=E,
    title="采用了不存在的领域",
    message="标准目录中没有编号为“{field_id}”的领域。",
    hint="标准目录的领域：{known}",
    source="标准目录",
    why="写错编号会使一个领域整个漏掉。",
)
CATALOGUE_UNREADABLE = FindingType(
    code="GK324",
    severity=E,
    title="目录文件读不下去",
    message="目录文件读不下去：{problem}。",
    hint="{advice}",
    source=YAML_SPEC,
    why="目录读不下去，就无法检查任何一条信息。",
)

DUPLICATE_ENTRY = FindingType(
    code="GK322",
    severity=E,
    title="目录条目编号重复",
    message="条目编号“{entry}”在本镇目录中出现了两次（自 {since} 起的目录）。",
    hint="请在本镇自有的目录文件里给其中一条换一个没用过的编号，如：{example}",
    source="标准目录",
    why="编号是公开信息归类的唯一依据。",
)
BAD_CHANGE = FindingType(
    code="GK325",
    severity=E,
    title="目录变更写得不对",
    message="目录变更第 {n} 条：{problem}。",
    hint="请对照下面的写法改正：\nchanges:\n  - since: 2026-01-01\n    because: 县里2025年12月修订的目录\n    entry: 19-02-04\n    set:\n      time_limit: 信息形成之日起5个工作日内",
    source="《政府信息公开条例》第十二条（目录应当及时更新）",
    why="每条信息按成文当天的目录判断，变更写错会判错一批信息。",
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, FindingType))
