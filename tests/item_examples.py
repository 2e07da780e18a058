"""Items with every key there is, under its English and its Chinese name."""

from __future__ import annotations

ENGLISH = """\
---
title: 2026年第三季度最低生活保障对象公示
entry: 19-02-04
responsible_unit: 社会事务办公室
publisher: 云麓县示范镇人民政府
source: 云麓县民政局
method: 主动公开
disclosure_class: 主动公开
time_limit: 7个工作日
channels: [政府网站, 公开查阅点]
audience: 全社会
formed_on: 2026-09-28
published_on: 2026-10-09
effective_on: 2026-10-09
repealed_on: 2027-10-09
validity: 失效
period: 2026-Q3
notice_period: {start: 2026-10-09, end: 2026-10-15, count: 7, unit: 自然日}
index_number: 11999999MB0000001X/2026-00117
document_number: 示政发〔2026〕12号
subject: 民政、扶贫、救灾
genre: 公示
keywords: [低保, 公示]
summary: 全镇低保对象公示。
review: {by: 党政综合办公室, on: 2026-10-08}
attachments: [{path: 汇总表.xlsx, title: 分村汇总表}]
interprets: 示政发〔2026〕10号
related: [示政发〔2026〕9号]
statement: 本期未发生
elements: {咨询电话: 0666-5550120}
list_until: 2026-12-31
privacy_allow: [{value: 0666-5550120, reason: 办公电话, by: 党政综合办公室}]
draft: false
address: dibao-2026-q3
---
正文。
"""

CHINESE = """\
---
标题: 2026年第三季度最低生活保障对象公示
目录条目: 19-02-04
责任单位: 社会事务办公室
发布机构: 云麓县示范镇人民政府
来源: 云麓县民政局
公开方式: 主动
公开属性: 主动
公开时限: 7个工作日
公开渠道: 门户网站、查询点
公开对象: 全社会
成文日期: 2026年9月28日
发布日期: 2026/10/9
生效日期: 20261009
废止日期: 二〇二七年十月九日
有效性: 已失效
所属期: 2026年第三季度
公示期: {开始: 2026年10月9日, 结束: 2026.10.15, 天数: 7, 单位: 日}
索引号: 11999999MB0000001X/2026-00117
文号: 示政发〔2026〕12号
主题分类: 民政、扶贫、救灾
体裁分类: 公示
主题词: 低保、公示
内容概述: 全镇低保对象公示。
保密审查: {审查人: 党政综合办公室, 审查日期: 2026-10-08}
附件: [{文件: 汇总表.xlsx, 标题: 分村汇总表}]
解读文件: 示政发〔2026〕10号
相关文件: 示政发〔2026〕9号
情况说明: 本期未发生
公开要素: {咨询电话: 0666-5550120}
名单公布至: 2026年12月31日
个人信息放行: [{号码: 0666-5550120, 理由: 办公电话, 决定人: 党政综合办公室}]
草稿: 否
页面地址: dibao-2026-q3
---
正文。
"""
