"""Blanks whose tables are easily mistaken: units beside labels, feet under headings, two rows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl

from parsers.formats import read_document
from rules.campaign import Campaign, CampaignFile, Requirement
from rules.learn import learn
from rules.recognise import read_forms
from rules.roster import Roster

if TYPE_CHECKING:
    from rules.learn import DraftForm

Rows = Sequence[Sequence[str]]


def workbook(rows: Rows, merged: Sequence[str] = ()) -> bytes:
    """Draw a sheet, a row a line, as spreadsheets of offices are drawn."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append([text or None for text in row])
    for cells in merged:
        sheet.merge_cells(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def learned(rows: Rows, merged: Sequence[str] = ()) -> DraftForm:
    return learn(read_document(workbook(rows, merged), "xlsx"), "form")


def read_copies(kind: str, blank: bytes, typed: bytes) -> list[str]:
    """Learn the blank, read the filled copy with the proposal, say each copy on a line."""
    form = learn(read_document(blank, kind), "form").form
    due = Requirement(key="form", title="表", due=date(2025, 6, 15), form="form")
    file = CampaignFile(id="learned", title="learned", requirements=(due,))
    campaign = Campaign(file, {"form": form}, Roster(()), {"form": blank}, Path())
    found = read_forms(read_document(typed, kind), (campaign,))
    return [" ".join(map(said(form), one.reading.fields)) for one in found]


def said(form):
    def of(field) -> str:
        asked = form.field(field.key)
        under = asked.group or asked.column
        value = "、".join(field.value) if isinstance(field.value, tuple) else field.value
        text = str(value).replace("\n", "|")
        return f"{under}/{asked.label}={text}" if under else f"{asked.label}={text}"

    return of


UNITS_BESIDE: Rows = (
    ("隐患排查整治情况报告表", "", "", ""),
    ("单位名称", "", "法定代表人", ""),
    ("单位类型", "□生产企业 □经营企业 □其他：______", "", ""),
    ("占地面积", "平方米", "从业人数", "人"),
    ("最大储量", "吨", "储罐容积", "m³"),
    ("发现隐患", "处", "已整改", "处"),
    ("整改措施", "", "", ""),
)  # fmt: skip
MONTHLY: Rows = (
    ("医疗服务月报表", "", "", ""),
    ("科室：", "", "", "单位：人次、万元"),
    ("指标", "本月合计", "门诊", "住院"),
    ("诊疗人次（人次）", "", "", ""),
    ("其中：预约（人次）", "", "", ""),
    ("收入", "", "", ""),
    ("平均住院日（天）", "", "", ""),
    ("审核人：", "", "填报人：", ""),
    ("注：按月报送。", "", "", ""),
)  # fmt: skip
BY_COUNTY: Rows = (
    ("学生资助情况汇总表", "", "", "", ""),
    ("填报单位：", "", "", "", "单位：人、万元"),
    ("旗县区", "在校生数", "", "资助金额", ""),
    ("", "小学", "初中", "小学", "初中"),
    ("海东区", "", "", "", ""),
    ("扎赉市", "", "", "", ""),
)  # fmt: skip
BY_COUNTY_MERGED = ("A1:E1", "A3:A4", "B3:C3", "D3:E3")

# `blank=>typed`, `<` merges with the cell left of it, as in typed_blanks.py
REPLY = (
    "研讨会参会回执",
    (
        ("单位名称", "=>理工大学", "<", "<", "<"),
        ("地址", "=>学府路1号", "<", "邮编", "=>010010"),
        ("姓名", "性别", "手机", "住宿", "到达航班（车次）及时间"),
        ("=>魏宁", "=>男", "=>13911110000", "=>单间", "=>8月19日 CA1101 14:20"),
        ("=>蒋昕", "=>女", "=>13911112222", "=>合住", "=>自驾"),
        ("", "", "", "", ""),
    ),
)
TEACHERS = (
    ("教师信息表",),
    ("填报部门：", "=>数学组", "填表人：=>填表人：江月", "联系电话：=>联系电话：13900008888"),
    ("序号", "姓名", "出版时间", "联系电话"),
    ("1", "=>史册", "=>2020年3月", "=>13911110000"),
    ("2", "=>童瑶", "=>2021.06", "=>13911112222"),
    ("3",),
)
SIZED = (
    "科普日统计表",
    "填报单位：=>填报单位：古城区科协",
    (
        ("项目", "单位", "数量"),
        ("参与公众", "万人次", "=>1.25万人次"),
        ("参观公众", "万人次", "=>12500人次"),
        ("培训公众", "万人次", "=>1.2"),
        ("经济效益", "万元/年", "=>120.5万元/年"),
    ),
)
CHOSEN = (
    "应急演练情况表",
    (
        ("单位名称", "=>东街道"),
        ("项目起止时间", "    年  月 至    年  月=>2025年3月至2026年12月"),
        ("是否开展演练", "□是（    次）  □否=>☑是（ 2 次）  □否"),
        ("是否有台账", "□有（    本）  □无=>□有（    本）  ☑无"),
    ),
)
FACILITIES = (
    "养老服务设施统计表",
    "填报街道：=>填报街道：东街道",
    (
        ("设施类型", "数量", "<", "<", "床位数（张）", "工作人员数（人）"),
        ("^", "合计", "公办", "民办", "^", "^"),
        ("日间照料中心（个）", "=>5", "=>3", "=>2", "=>60", "=>12"),
        ("老年食堂（个）", "=>4", "=>4", "=>0", "=>0", "=>9"),
        ("合    计", "=>9", "=>7", "=>2", "=>60", "=>21"),
    ),
)
SURVEY = (
    "企业经营状况调查问卷",
    "企业名称：__________    填表日期：    年   月   日",
    "1. 所属行业：□制造业 □批发业 □其他________",
    "2. 目前从业人员______人，其中大专以上______人。",
    "3. 营业收入      万元，同比增长      %",
    "4. 是否享受过减免：□是 □否  如是，累计减免______元",
    "5. 占地面积：________平方米",
    "6. 您的意见和建议：",
    "______________________",
    "注：金额保留两位小数，____年以后的不填。",
)
