"""The columns of the registers: their headings, other headings that mean the same, examples, and what may stand in them."""

from __future__ import annotations

from gongkai.model import annual
from gongkai.patterns import regex
from gongkai.reading.csv_column import Column, fold

REQUESTS = (
    Column("number", "登记号", "SQ2025-001", True, ("编号", "登记编号", "申请编号", "受理编号", "序号")),
    Column(
        "received", "收到日期", "2025-03-04", True, ("收到申请日期", "收到时间", "受理日期", "收件日期", "申请日期")
    ),
    Column("applicant", "申请人类型", "自然人", True, ("申请人类别", "申请人情况", "申请主体类型", "申请主体")),
    Column("way", "申请方式", "当面", aliases=("提交方式", "申请渠道")),
    Column("content", "申请内容", "2024年度村级公益事业项目清单", aliases=("所需信息", "申请公开的信息", "信息名称")),
    Column("correction_asked", "补正告知日期", "2025-03-10", aliases=("告知补正日期", "补正通知日期")),
    Column("correction_received", "补正收到日期", "2025-03-17", aliases=("收到补正日期", "补正日期")),
    Column(
        "consulted_from",
        "征求意见开始",
        "2025-03-12",
        aliases=("征求第三方意见开始", "征求意见开始日期", "征求意见日期"),
    ),
    Column(
        "consulted_to",
        "征求意见结束",
        "2025-03-26",
        aliases=("征求第三方意见结束", "征求意见结束日期", "收到意见日期"),
    ),
    Column("extended_on", "延期告知日期", "2025-03-28", aliases=("告知延期日期", "延期日期", "延长答复告知日期")),
    Column("extension", "延长工作日", "20", aliases=("延长天数", "延期天数", "延期工作日")),
    Column("answered_on", "答复日期", "2025-03-28", aliases=("办结日期", "答复时间", "答复（办结）日期", "办理日期")),
    Column("outcome", "办理结果", "予以公开", aliases=("答复类型", "处理结果", "答复结果", "答复情况", "办理情况")),
    Column("unit", "承办单位", "社会事务办公室", aliases=("经办单位", "责任单位", "承办机构")),
    Column(
        "fee", "信息处理费（元）", "0", aliases=("信息处理费", "收费", "收费金额", "收取费用", "收取信息处理费（元）")
    ),
    Column("note", "备注", "", aliases=("说明",)),
)
"""The columns of ``requests/<year>.csv``, in the order of the scaffold."""

REMEDIES = (
    Column("number", "登记号", "SQ2025-001", aliases=("对应登记号", "申请登记号", "编号", "序号")),
    Column("kind", "种类", "行政复议", True, ("案件种类", "类型", "类别")),
    Column("accepted", "受理日期", "2025-06-03", True, ("收到日期", "立案日期", "受理时间")),
    Column("closed", "审结日期", "2025-07-28", aliases=("办结日期", "结案日期", "审结时间")),
    Column("result", "结果", "结果维持", aliases=("审理结果", "办理结果")),
    Column("note", "备注", "", aliases=("说明",)),
)
"""The columns of ``requests/reviews.csv``."""

_APPLICANTS = {
    **{name: name for name in annual.APPLICANTS},
    "个人": "自然人",
    "公民": "自然人",
    "居民": "自然人",
    "村民": "自然人",
    "企业": "商业企业",
    "公司": "商业企业",
    "法人商业企业": "商业企业",
    "社会公益机构": "社会公益组织",
    "公益组织": "社会公益组织",
    "律师事务所": "法律服务机构",
    "法律机构": "法律服务机构",
    "其他组织": "其他",
    "其他法人": "其他",
    "其他法人或组织": "其他",
    "法人或其他组织其他": "其他",
}
_LABEL = regex(r"^(?:[（(]?[一二三四五六七1-8][)）]?[.．、]?)")


def _outcomes() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in annual.RESULTS:
        bare = _LABEL.sub("", row.label)
        group = _LABEL.sub("", row.group)
        words = [row.outcome, row.label, bare, group + bare, row.group + row.label, row.outcome.rpartition("-")[2]]
        for word in words:
            if fold(word) != "其他":  # which 其他?
                table.setdefault(fold(word), row.key)
    for word, key in _OTHER_WORDS.items():
        table[fold(word)] = key
    return table


# The seven answers of Art. 36 and usual short forms, in the rows in which they are counted.
_OTHER_WORDS = {
    "公开": "granted",
    "同意公开": "granted",
    "全部公开": "granted",
    "已主动公开": "granted",
    "告知已主动公开": "granted",
    "区分处理": "partly",
    "部分予以公开": "partly",
    "国家秘密": "withheld-1",
    "三安全一稳定": "withheld-3",
    "第三方合法权益": "withheld-4",
    "商业秘密": "withheld-4",
    "个人隐私": "withheld-4",
    "内部事务信息": "withheld-5",
    "过程性信息": "withheld-6",
    "行政执法案卷": "withheld-7",
    "行政查询事项": "withheld-8",
    "不存在": "unable-1",
    "信息不存在": "unable-1",
    "政府信息不存在": "unable-1",
    "不属于本机关": "unable-1",
    "不属于本机关公开": "unable-1",
    "不属于本机关负责公开": "unable-1",
    "本机关不掌握": "unable-1",
    "没有现成信息": "unable-2",
    "补正后仍不明确": "unable-3",
    "信访": "refused-1",
    "信访投诉举报": "refused-1",
    "重复申请不予重复处理": "refused-2",
    "公开出版物": "refused-3",
    "大量反复申请": "refused-4",
    "确认或重新出具": "refused-5",
    "逾期不补正": "other-1",
    "视为放弃": "other-1",
    "逾期未缴费": "other-2",
    "其他处理": "other-3",
    "撤回申请": "other-3",
    "申请人撤回": "other-3",
}
_OUTCOME = _outcomes()
_KINDS = {
    "行政复议": "行政复议",
    "复议": "行政复议",
    "未经复议直接起诉": "未经复议直接起诉",
    "直接起诉": "未经复议直接起诉",
    "行政诉讼未经复议直接起诉": "未经复议直接起诉",
    "复议后起诉": "复议后起诉",
    "行政诉讼复议后起诉": "复议后起诉",
}
_RESULTS = {
    **{name: name for name in annual.REMEDY_RESULTS},
    "维持": "结果维持",
    "纠正": "结果纠正",
    "撤销": "结果纠正",
    "其他": "其他结果",
    "未审结": annual.PENDING,
    "在审": annual.PENDING,
    "": annual.PENDING,
}


def applicant(text: str) -> str | None:
    """The kind of applicant, or None."""
    return _APPLICANTS.get(fold(text))


def outcome(text: str) -> str | None:
    """The key of the row of part 3 in which an answer is counted, or None."""
    return _OUTCOME.get(fold(text))


def remedy_kind(text: str) -> str | None:
    """The block of part 4, or None."""
    return _KINDS.get(fold(text))


def remedy_result(text: str) -> str | None:
    """The column of part 4, or None; nothing means still pending."""
    return _RESULTS.get(fold(text))
