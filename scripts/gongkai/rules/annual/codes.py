"""The kinds of findings on annual reports on disclosure (GK751 to GK799)."""

from gongkai.model import FindingType, Severity

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE

FORM = "《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）"

PART_TITLE = FindingType(
    code="GK751",
    severity=E,
    title="年度报告的部分标题不对",
    message="第{n}部分{what}。",
    hint="请写成：## {n}、{right}",
    source=f"{FORM}六个部分（R2.2）",
    why="六个部分的标题全国统一，检查时逐个核对。",
)
TOPIC_MISSING = FindingType(
    code="GK752",
    severity=W,
    title="总体情况内容不全",
    message="“一、总体情况”没有说到{topics}。",
    hint="请各写一段，如：\n**{example}**：……；“gongkai annual {year}”可以生成带数字的草稿。",
    source=f"{FORM}第一部分（R2.2）",
    why="总体情况只写一句套话，是检查中常见的问题。",
)
TABLE_INCOMPLETE = FindingType(
    code="GK753",
    severity=E,
    title="年度报告的表格不全",
    message="{what}。",
    hint="{advice}",
    source=f"{FORM}第二至第四部分（R2.3 至 R2.5）",
    why="表格的行和列全国统一，缺一行就无法汇总。",
)
BLANK_CELL = FindingType(
    code="GK754",
    severity=E,
    title="年度报告的表格有空格",
    message="{what}{cells}没有填数字。",
    hint="没有发生的填 0，不留空，也不写“/”“—”；整行都没有的写成：{example}",
    source=f"{FORM}；R2.7（0、空白、“/”不可混用，一律填0）",
    why="空着分不清是没有发生还是忘了填。",
)
NOT_A_COUNT = FindingType(
    code="GK755",
    severity=E,
    title="年度报告的格里不是件数",
    message="“{row}”一行“{column}”写的是“{value}”，不是{what}。",
    hint="请只写 {right}",
    source=f"{FORM}；R2.4、R2.5",
    why="不是数字就不能核对，也不能汇总。",
)
ROW_SUM = FindingType(
    code="GK756",
    severity=E,
    title="表三横向加不拢",
    message="表三“{row}”一行：自然人和法人或其他组织六列相加是 {left}，“总计”写的是 {right}，相差 {difference}；{suspects}。",
    hint="请核对{hint}",
    source=f"{FORM}第三部分；R2.6 ①（各列之和等于总计）",
    why="横向、纵向和结转都要加得拢，表才可信。",
)
RESULT_SUM = FindingType(
    code="GK757",
    severity=E,
    title="表三办理结果加不拢",
    message="表三“{column}”一列：（一）至（六）各项相加是 {left}，“（七）总计”写的是 {right}，相差 {difference}；{suspects}。",
    hint="请核对{hint}",
    source=f"{FORM}第三部分；R2.6 ②（各种办理结果之和等于总计）",
    why="每件办结的申请都要归入一种办理结果。",
)
BALANCE = FindingType(
    code="GK758",
    severity=E,
    title="表三第一项加第二项不等于第三项加第四项",
    message="表三“{column}”一列：第一项加第二项是 {left}，第三项（七）总计加第四项是 {right}，相差 {difference}；{suspects}。",
    hint="请核对{hint}",
    source=f"{FORM}第三部分表注的勾稽关系；R2.6 ③",
    why="新收加上年结转，等于办结加结转下年。",
)
REMEDY_SUM = FindingType(
    code="GK759",
    severity=E,
    title="表四加不拢",
    message="表四“{block}”：结果维持、结果纠正、其他结果、尚未审结相加是 {left}，“总计”写的是 {right}，相差 {difference}；{suspects}。",
    hint="请核对{hint}",
    source=f"{FORM}第四部分；R2.6 ⑤",
    why="复议、诉讼的件数是各级都要汇总的数。",
)
CARRIED_OVER = FindingType(
    code="GK760",
    severity=W,
    title="上年结转与上年报告不同",
    message="表三“二、上年结转”的“{column}”写的是 {stated}，{year}年度报告“四、结转下年度继续办理”是 {before}（{other}）。",
    hint="请核对两年的报告；上年报告没错的，这里应写成：{before}",
    source="R2.6 ④（由“结转”的含义推定）",
    why="上年没办完的几件，今年就应结转几件。",
)
RULES_OF_TOWNSHIP = FindingType(
    code="GK761",
    severity=E,
    title="乡镇填了规章件数",
    message="“规章”的“{column}”写的是 {value}；乡镇没有规章制定权，应当是 0。",
    hint="请改成 0；本镇制发的管理办法、规定等填在“行政规范性文件”一行。",
    source="《立法法》（规章由国务院部门和省、设区的市级政府制定）；R2.6 ⑥",
    why="把规范性文件填成规章，是乡镇年报常见的错误。",
)
TEXT_AND_TABLE = FindingType(
    code="GK762",
    severity=W,
    title="文字与表格的数字不同",
    message="文字里写“{text}”，{table}“{name}”是 {value}。",
    hint="请核对文字和表格；表格没错的，文字应写成：{value} 件",
    source="R2.6 ⑦（文字与表格的数字一致）",
    why="同一份报告前后两个数，读者不知道以哪个为准。",
)
NOTHING_TO_ANSWER = FindingType(
    code="GK763",
    severity=W,
    title="没有申请却写已答复",
    message="表三新收和上年结转都是 0，文字里却写“{text}”。",
    hint="没有收到申请的，请写成：{year}年没有收到政府信息公开申请，也没有上年结转的申请。",
    source="R2.8（“0件……已按规定答复”）",
    why="一看就是套用的话，会让人怀疑整份报告。",
)
REGISTER_DIFFERS = FindingType(
    code="GK764",
    severity=W,
    title="报告与登记簿的数字不同",
    message="{table}“{row}”一行：{cells}。",
    hint="请核对报告和{file}；登记簿没错的，把报告改成登记簿的数，或重新运行：gongkai annual {year}",
    source="《政府信息公开条例》第四十五条、第五十条；R2.6",
    why="报告的数字应当由登记簿算出来，两处不同总有一处错了。",
)
NEWS_COUNTED = FindingType(
    code="GK765",
    severity=W,
    title="把新闻报道算作公开信息",
    message="“{text}”：新闻、动态和媒体报道不是法定的政府信息公开数量。",
    hint="请改写本机关主动公开的政府信息条数，如：主动公开政府信息 {count} 条；新闻宣传不必写进年度报告。",
    source="R2.8；R3.9（专栏公开的是法定内容，不是新闻）",
    why="用报道篇数充当公开数量，是检查中点名的问题。",
)
WRONG_YEAR = FindingType(
    code="GK766",
    severity=W,
    title="年度报告的年份对不上",
    message="{what}，本报告的年度是 {year} 年。",
    hint="请核对；像是套用别的年度的报告没有改完，应写成：{right}",
    source=f"{FORM}；R2.1",
    why="年份没改完，内容多半也没改完。",
)
SUPERVISION = FindingType(
    code="GK767",
    severity=W,
    title="没有写考核、评议、问责情况",
    message="报告没有说到{what}。",
    hint="请在“监督保障”里写清楚，如：{example}",
    source="《政府信息公开条例》第五十条第四项（各级人民政府的报告应当包括工作考核、社会评议和责任追究结果）",
    why="乡镇是一级人民政府，这三项是法定内容；没有发生也要写明没有发生。",
)
IN_FORCE = FindingType(
    code="GK768",
    severity=W,
    title="现行有效件数与上年接不上",
    message="行政规范性文件：上年现行有效 {before}，加本年制发 {issued}，减本年废止 {repealed}，应是 {sum}，写的是 {stated}。",
    hint="请核对本年和上年的三个数；有失效（到期）文件的，计入废止或在文字里说明；都对的，应写成：{sum}",
    source="R2.3、R2.6（前后年度的数字相接）",
    why="现行有效的文件不会自己多出来或少下去。",
)
SITE_DIFFERS = FindingType(
    code="GK769",
    severity=W,
    title="规范性文件件数与本站公开的不同",
    message="行政规范性文件“{column}”写的是 {stated}，按本站“行政规范性文件”栏目的成文、废止日期数是 {count}{files}。",
    hint="请核对；本站没有漏发、日期也没错的，应写成：{count}",
    source="《政府信息公开条例》第二十条第一项；R2.3",
    why="制发了没有公开，或者公开了没有统计，都是问题。",
)
SAME_AS_BEFORE = FindingType(
    code="GK770",
    severity=W,
    title="与上年报告雷同",
    message="“{part}”与{year}年度报告（{other}）一字不差。",
    hint="请按当年的实际情况重写；第五部分要写上年问题改得怎样、今年又有什么问题。",
    source=f"{FORM}（内容雷同、敷衍塞责的要追究责任）；R8.2",
    why="照抄上年报告，等于没有报告。",
)
TITLE_FORM = FindingType(
    code="GK771",
    severity=W,
    title="年度报告标题不规范",
    message="标题“{title}”不是规定的写法。",
    hint="请写成：{right}",
    source=f"{FORM}：《×××年政府信息公开工作年度报告》（R2.1）",
    why="标题统一，群众和检查人员才找得到。",
)
ODD_WORDS = FindingType(
    code="GK772",
    severity=W,
    title="件数的写法不通",
    message="“{text}”写法不通。",
    hint="申请按件计，请写成：{right}",
    source="R2.8（“0件次”等措辞）",
    why="件次不是申请的计量单位，容易与人次混淆。",
)
LATE = FindingType(
    code="GK773",
    severity=W,
    title="年度报告公布晚了",
    message="{year}年度报告应在 {due} 前公布，{published} 才公布。",
    hint="请核对发布日期；确实晚了的，下一年提前准备：1月初运行 gongkai annual {next}",
    source="《政府信息公开条例》第四十九条、第五十条；目录条目的公开时限（R1.16）",
    why="年度报告每年都有截止日期。",
)

LOST_NAME = FindingType(
    code="GK774",
    severity=W,
    title="法规名称丢了",
    message="“{text}”里的法规或者文件名称不见了。",
    hint="请补上书名号和名称，如：根据《中华人民共和国政府信息公开条例》（国务院令第711号）",
    source="R2.8（《……》被当作网页标记删去）",
    why="从网页复制时，书名号里的名称有时会被当作标记删掉。",
)
TWICE = FindingType(
    code="GK775",
    severity=W,
    title="同一年度有两份年度报告",
    message="{year}年度报告已经有一份：{other}。",
    hint="请只留一份：写错了的改原来那一份；不是同一年度的，改 period（所属期），如：period: {next}",
    source="《政府信息公开条例》第五十条（R1.16）",
    why="两份报告的数字不同，群众和检查人员不知道以哪一份为准。",
)

ALL = tuple(value for value in list(globals().values()) if isinstance(value, FindingType))
