"""Catalogue tables as counties hand them out, made as real files: own wording, the layouts of real tables.

Each layout gives what a person reads in it; the tests hold the import against that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from table_files import html_table, web_page, write_docx, write_xlsx

THIRTEEN = (
    "政府网站", "政府公报", "两微一端", "发布会/听证会", "广播电视", "纸质媒体", "公开查阅点", "政务服务中心", "便民服务站",
    "入户/现场", "社区/企事业单位/村公示栏(电子屏)", "精准推送", "其他",
)  # fmt: skip
WHOLE, GROUPS = "全社会", "特定群体"


def boxes(*ticked: str, on: str = "■", off: str = "□", more: Sequence[str] = ()) -> str:
    """All channels in two columns, the ticked ones marked."""
    marked = [(on if name in ticked else off) + name for name in (*THIRTEEN[:-1], *more, THIRTEEN[-1] + "_")]
    pairs = [" ".join(marked[n : n + 2]) for n in range(0, len(marked), 2)]
    return "\n".join(pairs)


@dataclass
class Expected:
    """What a person reads in one row. ``limits``: role, kind and number of each rule."""

    level1: str
    level2: str
    elements: tuple[str, ...]
    basis: tuple[tuple[str, str | None], ...]
    limits: tuple[tuple[str, str, int | None], ...]
    subject: str
    must: tuple[str, ...]
    may: tuple[str, ...] = ()
    audience: tuple[str, ...] = (WHOLE,)
    groups: str | None = None
    methods: tuple[str, ...] = ("主动公开",)
    levels: tuple[str, ...] | None = ("乡级",)
    extra: dict[str, str] = field(default_factory=dict)


# --- 1: several fields on one page, only the township's level, blanks inside words

JIULONG = {
    "01": [
        Expected(
            "征收土地信息", "征收土地信息", ("征地告知书", "报批前程序证明", "征收土地方案", "征地公告"),
            (("政府信息公开条例", None), ("关于推进重大建设项目批准和实施领域政府信息公开的意见", None)),
            (("publish", "working_days", 20),), "清河街道办事处", ("政府网站",),
        )
    ],
    "02": [
        Expected(
            "政府采购信息", "法律法规及政策文件", ("政府采购的法律法规", "政府采购的政策文件"),
            (("中华人民共和国政府信息公开条例", "国务院令第711号"),),
            (("publish", "working_days", 20),), "清河街道办事处", ("政府网站",),
        ),
        Expected(
            "政府采购信息", "采购公告", ("采购项目名称", "采购预算", "开标时间"), (("中华人民共和国政府采购法", None),),
            (("publish", "working_days", 5), ("display", "working_days", 7)), "清河街道财政所", ("政府网站", "政务服务中心"),
            audience=(WHOLE, GROUPS), groups="投标人", methods=("主动公开", "依申请公开"),
        ),
    ],
}  # fmt: skip
_JIULONG_HEAD = "序 号|公开事项|公开内容(要素)|公开依据|公开 时限|公开主 体|公开渠道和载体|公开对象|公开方式|公开层级"
_JIULONG_SUB = "一级事 项|二级事 项|全社 会|特定 群众|主 动|依申请公开|乡级"
_JIULONG_ROWS = {
    "(一)重大建设项目领域基层政务公开标准目录": [
        "1|征收土 地信息|征收土 地信息|征地告知书、报批前程序证明、征收土地方案、征地公告等|《政府信息公开条例》《关于推进重大建设项目批准和实施领域政府信息公开的意见》|信息形成20个工 作日内公开|清河街道办事处|■政府网站|√||√||√",
    ],
    "(二)公共资源交易领域基层政务公开标准目录": [
        "1|政府采 购信息|法律法规及政策文件|政府采购的法律法规;政府采购的政策文件|《中华人民共和国政府信息公开条例》(国令第711号)|信息形成或者变更之日起20个工作日内|清河街道办事处|■政府网站|√||√||√",
        "2|政府采 购信息|采购公告|1.采购项目名称;2.采购预算;3.开标时间|《中华人民共和国政府采购法》|5个工作日内,公示时间不少于7个工作日|清河街道财政所|■政府网站 ■政务服务中心|√|投标人|√|√|√",
    ],
}


def jiulong_html(folder: Path) -> Path:
    """Two tables on one page, each with its title."""
    head: list[Any] = []
    for words in _JIULONG_HEAD.split("|"):
        width = {"公开事项": 2, "公开对象": 2, "公开方式": 2}.get(words)
        head.append((words, f'colspan="{width}"') if width else (words, "" if words == "公开层级" else 'rowspan="2"'))
    body = ""
    for title, rows in _JIULONG_ROWS.items():
        table = html_table([head, _JIULONG_SUB.split("|"), *(row.split("|") for row in rows)])
        body += f"<p align=center>{title}</p>{table}"
    path = folder / "清河街道.html"
    path.write_text(web_page("清河街道基层政务公开标准目录", body), encoding="utf-8")
    return path


def jiulong_text(folder: Path) -> Path:
    """The same, pasted as text: bars behind every cell, an empty cell is a line break."""
    lines = []
    for title, rows in _JIULONG_ROWS.items():
        lines += [title + " |", _JIULONG_HEAD.replace("|", " | ") + " |", _JIULONG_SUB.replace("|", " | ") + " |"]
        lines += [(row.replace("||", "|\n|").replace("|", " | ") + " |").replace(" \n", "\n") for row in rows]
    path = folder / "清河街道.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def jiulong_xlsx(folder: Path) -> Path:
    """The same in one sheet, one table under the other."""
    rows: list[list[Any]] = []
    merges = []
    for title, data in _JIULONG_ROWS.items():
        top = len(rows) + 1
        head: list[str] = []
        for words in _JIULONG_HEAD.split("|"):
            head += [words, ""] if words in ("公开事项", "公开对象", "公开方式") else [words]
        sub = iter(_JIULONG_SUB.split("|"))
        under = [next(sub) if w == "" or w in ("公开事项", "公开对象", "公开方式", "公开层级") else "" for w in head]
        rows += [[title], [h or None for h in head], [u or None for u in under]]
        merges += [f"A{top}:M{top}", f"B{top + 1}:C{top + 1}", f"I{top + 1}:J{top + 1}", f"K{top + 1}:L{top + 1}"]
        rows += [[cell or None for cell in line.split("|")] for line in data]
        rows.append([])
    return write_xlsx(folder / "清河街道.xlsx", {"合订": rows}, {"合订": merges})


# --- 2: a Word table with one paragraph a line, symbols that text loses, 口 for boxes, broken numbers

HEHUA = {
    "07": [
        Expected(
            "法规政策", "地方层面法规政策", ("本地房屋征收补偿的政策文件",),
            (("关于推进房屋征收补偿信息公开工作的实施意见", "建房〔2012〕84号"),), (("publish", "working_days", 20),),
            "乡镇人民政府", ("政府网站",), THIRTEEN[1:], levels=("县级", "乡级"),
        ),
        Expected(
            "征收启动要件", "征收启动要件", ("征收决定", "补偿方案", "补助、奖励政策和标准"),
            (("关于推进房屋征收补偿信息公开工作的实施意见", None),), (("publish", "working_days", 20),), "乡镇人民政府",
            ("政府网站", "入户/现场"), tuple(c for c in THIRTEEN[1:] if c != "入户/现场"), (GROUPS,), "在征收范围内",
            ("主动公开",), ("乡级",),
        ),
        Expected(
            "评估与补偿", "初步评估结果", ("分户的初步评估结果",), (("国有土地上房屋征收评估办法", "建房〔2011〕77号"),),
            (("publish", "working_days", 10), ("display", "days", 7)), "乡镇人民政府", ("政府网站", "入户/现场"),
            tuple(c for c in THIRTEEN[1:] if c != "入户/现场"), (WHOLE, GROUPS), "被征收人", ("主动公开", "依申请公开"),
            ("乡级", "村级"),
        ),
        Expected(
            "评估与补偿", "分户补偿情况", ("补偿方式", "补偿金额"), (("国有土地上房屋征收评估办法", "建房〔2011〕77号"),),
            (("publish", "realtime", None),), "乡镇人民政府", ("政府网站", "入户/现场"),
            tuple(c for c in THIRTEEN[1:] if c != "入户/现场"), (GROUPS,), "被征收人", ("依申请公开",), ("乡级",),
        ),
    ]
}  # fmt: skip
TICK = "SYM:F050"


def hehua_docx(folder: Path) -> Path:
    """Header of two rows; 公开主 lost a letter; limits broken over lines; a channel cell for two rows; 同上."""
    limit = "信息形成或 者变更之日 起20个工作\n日内予以公"
    home = boxes("政府网站", "入户/现场", off="口")
    note = "公开渠道和载体(“■”表示必选\n项,“口”表示可选项)"
    rows: list[list[str | None]] = [
        ["序号", "公开事项", "<", "公开内容", "公开依据", "公开时限", "公开主", note, "公开对象", "<", "公开方式", "<", "公开层级", "<", "<"],
        [None, "一级\n事项", "二级 事项", None, None, None, None, None, "全社会", "特定群体", "主动", "依申请", "县级", "乡级", "村级"],
        ["1", "法规 政策", "地方\n层面\n法规\n政策", "本地房屋征收补偿的政策文件", "《关于推进房屋征收补偿信息公开工作的\n实施意见》(建房〔2012 ) 8 4 号 )", limit, "乡镇人民 政府", boxes("政府网站", off="口"), TICK, "", TICK, "", TICK, TICK, ""],
        ["2", "征收\n启动\n要件", "<", "1.征收决定;\n2.补偿方案;\n3.补助、奖励政 策和标准。", "《关于推进房屋征收补偿信息公开工作的 实施意见》", limit, "乡镇人民 政府", home, "", "在征收范\n围内", TICK, "", "", TICK, ""],
        ["3", "评估与补偿", "初步评估结果", "分户的初步评估结果", "《国有土地上房屋征收评估办法》（建房﹝2011﹞77号）", "10个工作日内，公示期不得少于7日", "乡镇人民 政府", home, TICK, "被征收人", TICK, TICK, "", TICK, TICK],
        ["4", None, "分户补偿情况", "补偿方式、补偿金额、", "同上", "按进展情况及时公开", "同上", None, "", "被征收人", "", TICK, "", TICK, ""],
    ]  # fmt: skip
    return write_docx(folder / "荷塘镇.docx", ["荷塘镇", "国有土地上房屋征收与补偿领域基层政务公开标准目录"], rows)


# --- 3: a page of a longer table: what goes before is missing, a row lies in several, numbers in the middle of them

RUSHAN = {
    "03": [
        Expected(
            "财政预决算", "部门决算", ("部门职责和机构设置", "收支增减变化、机关运行经费和政府采购说明", "国有资产占用情况", "绩效评价结果"),
            (("中华人民共和国预算法", None), ("中华人民共和国政府信息公开条例", None), ("财政部关于印发《地方预决算公开操作规程》的通知", "财预〔2016〕143号")),
            (("publish", "days", 20),), "各政府部门及乡镇", ("政府网站", "政府公报", "其他"), ("部门网站",), levels=("县级", "乡级"),
            extra={"备注": "涉密部门除外"},
        ),
        Expected(
            "财政预决算", "政府决算", ("一般公共预算收支决算表", "政府性基金收支决算表", "“三公”经费决算说明"),
            (("中华人民共和国预算法", None), ("中华人民共和国政府信息公开条例", None), ("财政部关于印发《地方预决算公开操作规程》的通知", "财预〔2016〕143号")),
            (("publish", "days", 20),), "镇人民政府", ("政府网站", "政府公报", "其他"), ("部门网站",), levels=("乡级",),
        ),
    ]
}  # fmt: skip


def rushan_xlsx(folder: Path) -> Path:
    """The page as a sheet: merged downwards wherever a cell spans the lines of the content."""
    head = [
        "序号",
        "公开事项",
        None,
        "公开内容(要素)",
        "公开依据",
        "公开时限",
        "公开主体",
        "公开渠道和载体",
        "公开对象",
        None,
        "公开方式",
        None,
        "公开层级",
        None,
        "备注",
    ]
    sub = [None, "一级事项", "二级事项", *[None] * 5, "全社会", "特定群体", "主动", "依申请", "县级", "乡级", None]
    basis = "《中华人民共和国预算法》、《中华人民共和国政府信息公开条例》、《财政部关于印发<地方预决算公开操作规程>的通知》（财预[2016]143号）等法律法规和文件规定".replace(
        "<", "《"
    ).replace(">", "》")
    channels = "■部门网站\n■政府网站\n■政府公报"
    rows: list[list[Any]] = [
        ["（八）财政预决算领域基层政务公开标准目录"],
        head,
        sub,
        [8, "财政预决算", "部门决算", "1.部门职责和机构设置；", basis, "本级政府财政部门批复后 20 日内", "各政府部门及乡镇", channels, "√", None, "√", None, "√", "√", "涉密部门除外"],
        [None, None, None, "2.收支增减变化、机关运行经费和政府采购说明；"],
        [None, None, None, "3.国有资产占用情况；"],
        [None, None, None, "4.绩效评价结果。"],
        head,
        sub,
        [9, None, "政府决算", "一般公共预算收支决算表；政府性基金收支决算表；“三公”经费决算说明", "同上", "本级人民代表大会批准后20日内", "镇人民政府", "同上", "√", None, "√", None, None, "√"],
        ["第 7 页"],
    ]  # fmt: skip
    top = [f"{letter}2:{letter}3" for letter in "ADEFGHO"] + ["B2:C2", "I2:J2", "K2:L2", "M2:N2"]
    again = [area.replace("2", "8").replace("3", "9") for area in top]
    merges = ["A1:O1", *top, *again, *(f"{letter}4:{letter}7" for letter in "ABCEFGHIJKLMNO"), "A11:O11"]
    return write_xlsx(folder / "第七页.xlsx", {"Sheet1": rows}, {"Sheet1": merges})


def rushan_text(folder: Path) -> Path:
    """The page as text: cells only told apart by blanks, lines of several cells mixed."""
    path = folder / "第七页.txt"
    path.write_text(
        """（八）财政预决算领域基层政务公开标准目录
P. 7

                            费再分购置、运行两项，并说明增
                            减变化(与预算对比)。
                            部门职责、机构设置、收支增
                            减(总额，货物、工程               《预算法》、《政府信
              财政                                                                        各政府      ■部门网站
         8    预决        部门     等说明。                    息公开条例》       批复后 20 日内      部门及      ■政府网站     √         √
               算         决算                                                                 乡镇
""",
        encoding="utf-8",
    )
    return path


# --- 4: all channels listed with boxes, bullets, level 1 left out where it was merged, page furniture

BANLAO = {
    "13": [
        Expected(
            "政策文件", "行政法规、规章", ("涉及扶贫的行政法规", "涉及扶贫的规章"), (("中华人民共和国政府信息公开条例", None),),
            (("publish", "working_days", 20),), "山前乡人民政府", ("政府网站", "政务服务中心", THIRTEEN[10]), levels=("县级", "乡级"),
        ),
        Expected(
            "政策文件", "规范性文件", ("涉及扶贫的规范性文件",), (("中华人民共和国政府信息公开条例", None),),
            (("publish", "working_days", 20),), "山前乡人民政府", ("政府网站", THIRTEEN[10]), levels=("县级", "乡级"),
        ),
        Expected(
            "扶贫对象", "贫困人口识别", ("识别标准", "识别程序", "识别结果"), (("关于印发扶贫开发建档立卡工作方案的通知", "国开办发〔2014〕24号"),),
            (("publish", "working_days", 20), ("display", "days", 7)), "山前乡人民政府", ("政府网站", "入户/现场", THIRTEEN[10]),
            audience=(WHOLE, GROUPS), groups="拟识别户", levels=("乡级", "村级"),
        ),
    ]
}  # fmt: skip


def banlao_html(folder: Path) -> Path:
    """Ticks are letters of a symbol font; in the second row the level-1 cell is missing, not spanned."""
    tick = "SYM:P"
    rows: list[list[Any]] = [
        [("序号", "rowspan=2"), ("公开事项", "colspan=2"), ("公开内容(要素)", "rowspan=2"), ("公开依据", "rowspan=2"), ("公开时限", "rowspan=2"), ("公开主体", "rowspan=2"), ("公开渠道和载体", "rowspan=2"), ("公开对象", "colspan=2"), ("公开方式", "colspan=2"), ("公开层级", "colspan=2")],
        ["一级事项", "二级事项", "全社", "特定\n群体", "主动", "依申请", "县级", "乡、村级"],
        ["1", "政策文件", "行政法规、规章", "●涉及扶贫的行政法规\n●涉及扶贫的规章", "《中华人民共和国政府信息公开条例》", "信息形成(变更)20个工作日内", "山前乡人民政府", boxes("政府网站", "政务服务中心", THIRTEEN[10]), tick, "", tick, "", tick, tick],
        ["2", "规范性文件", "●涉及扶贫的规范性文件", "《中华人民共和国政府信息公开条例》", "信息形成(变更)20个工作日内", "山前乡人民政府", boxes("政府网站", THIRTEEN[10]), tick, "", tick, "", tick, tick],
        ["3", "扶贫对象", "贫困人口识别", "识别标准；识别程序；识别结果", "《关于印发扶贫开发建档立卡工作方案的通知》（国开办发〔201424号）", "信息形成(变更)20个工作日内；公示期不得少于7日", "山前乡人民政府", boxes("政府网站", "入户/现场", THIRTEEN[10]), tick, "拟识别户", tick, "", "", tick],
    ]  # fmt: skip
    path = folder / "山前乡.html"
    body = f"<div>今天是 2025年5月14日 星期三</div>{html_table(rows)}<p>上一篇：无</p>"
    path.write_text(web_page("山前乡扶贫领域基层政务公开标准目录", body), encoding="utf-8")
    return path


BANLAO["13"][0].levels = ("县级", "乡级", "村级")
BANLAO["13"][1].levels = ("县级", "乡级", "村级")

# --- 5: check boxes that became letters, a remark in the header, no level column, one department's part

_PLATFORMS = ("公共资源交易平台", "信用中国网站", "投资项目在线审批监管平台")
_BID_BASIS = (("政府信息公开条例", None), ("关于全面推进政务公开工作的意见", None))
WINGDINGS = {
    "01": [
        Expected(
            "招标投标信息", "招标投标", ("招标公告", "中标候选人公示", "中标结果公示", "处罚信息"), _BID_BASIS,
            (("publish", "working_days", 20), ("publish", "working_days", 7)), "招标人或行政监督部门",
            ("政府网站", "其他"), ("公共资源交易平台",), levels=None,
        ),
        Expected(
            "征收土地信息", "征收土地信息", ("征地告知书", "征收土地方案", "征地公告"), _BID_BASIS, (("publish", "working_days", 20),),
            "自然资源部门", ("政府网站", "入户/现场"), (), (WHOLE, GROUPS), None, ("主动公开", "依申请公开"), None,
        ),
        Expected(
            "施工有关信息", "施工管理服务", ("施工许可", "施工单位名称", "施工期限"), _BID_BASIS, (("publish", "long_term", None),),
            "住房城乡建设部门", ("政府网站", "政务服务中心"), (), levels=None,
        ),
        Expected(
            "质量安全监督信息", "质量安全监督", ("质量监督机构", "检查结果"), _BID_BASIS,
            (("publish", "working_days", 20),), "住房城乡建设部门", ("政府网站", "其他"), ("信用中国网站",), levels=None,
        ),
    ]
}  # fmt: skip
_WINGDINGS_TITLE = "重大建设项目领域基层政务公开标准目录(政务局部分)"
_WINGDINGS_HEAD = ["序号", "公开事项", "公开内容\n(要素)", "公开依据", "公开时限", "公开主体", "公开渠道和载体(在标注范围内至少选择其一公开,法律法规规章另有规定的从其规定)", "公开对象", "公开方式"]  # fmt: skip
_WINGDINGS_SUB = ["一级\n事项", "二级事\n项", "全社会", "特定\n群体", "主动", "依申\n请"]
_BID = "《政府信息公开条例》《关于全面推进政务公开工作的意见》"


def _letters(*ticked: str) -> str:
    return (
        boxes(*ticked, on="R", off="£", more=_PLATFORMS).replace("发布会/听证会", "发布会听证会").replace("£其他_", "")
    )


_WINGDINGS_ROWS = [
    ["1", "招标投标信息", "招标投标", "招标公告、中标候选人公示、中标结果公示、处罚信息", _BID, "信息形成个20个工作日内公开;其中行政许可、行政处罚事项应自作出行政决定之日起 7个工作日内公示", "招标人或行政监督部门", _letters("政府网站", "公共资源交易平台"), "√", "", "√", ""],
    ["2", "征收土地信息", "征收土地信息", "征地告知书、征收土地方案、征地公告", _BID, "20工作日内", "自然资源部门", _letters("政府网站", "入户/现场"), "√", "√", "√", "√"],
    ["3", "施工有关信息", "施工管理服务", "①施工许可②施工单位名称③施工期限", _BID, "长期公开（动态调整）", "住房城乡建设部门", _letters("政府网站", "政务服务中心"), "√", "", "√", ""],
    ["4", "质量安全监督信息", "质量安全监督", "质量监督机构；检查结果", _BID, "信息形成之后20个工作日内", "住房城乡建设部门", _letters("政府网站", "信用中国网站"), "√", "", "√", ""],
]  # fmt: skip


def wingdings_text(folder: Path) -> Path:
    """Every bar on a line of its own."""
    cells = [*_WINGDINGS_HEAD, *_WINGDINGS_SUB, *(cell for row in _WINGDINGS_ROWS for cell in row)]
    path = folder / "政务局部分.txt"
    path.write_text(_WINGDINGS_TITLE + "\n" + "\n".join(f"{cell}\n|" for cell in cells) + "\n", encoding="utf-8")
    return path


def wingdings_docx(folder: Path) -> Path:
    """The document behind it: the letters are symbols of Wingdings 2."""
    head: list[str | None] = []
    for words in _WINGDINGS_HEAD:
        head += [words, "<"] if words in ("公开事项", "公开对象", "公开方式") else [words]
    sub = iter(_WINGDINGS_SUB)
    below = [next(sub) if w == "<" or w in ("公开事项", "公开对象", "公开方式") else None for w in head]
    rows = [[cell.replace("R", "SYM:F052").replace("£", "SYM:F0A3") for cell in row] for row in _WINGDINGS_ROWS]
    return write_docx(folder / "政务局部分.docx", [_WINGDINGS_TITLE], [head, below, *rows])


LAYOUTS = {
    "清河街道 合订（网页）": (jiulong_html, JIULONG),
    "清河街道 合订（粘贴文字）": (jiulong_text, JIULONG),
    "清河街道 合订（工作簿）": (jiulong_xlsx, JIULONG),
    "荷塘镇 分段（Word）": (hehua_docx, HEHUA),
    "财政预决算 续页（工作簿）": (rushan_xlsx, RUSHAN),
    "山前乡 方框（网页）": (banlao_html, BANLAO),
    "政务局部分 R£（粘贴文字）": (wingdings_text, WINGDINGS),
    "政务局部分 R£（Word）": (wingdings_docx, WINGDINGS),
}
