"""Blanks whose tables are easily mistaken: units beside labels, feet under headings, two rows."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import openpyxl

from parsers.formats import read_document
from rules.learn import learn

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
