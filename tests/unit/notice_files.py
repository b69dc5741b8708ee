"""A notice as an office sends it out: a Word file with two annexes; and the same saved as HTML."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from tests.draw import page as office

if TYPE_CHECKING:
    from docx.document import Document as Page

BODY = (
    "各县（区）科学技术局，市科技馆、市青少年宫：",
    "根据《省科技厅关于举办2025年科技活动周的通知》（某科发〔2025〕15号）要求，现将有关事项通知如下。",
    "一、活动时间",
    "2025年5月24日至5月31日",
    "二、报送要求",
    "（一）请于5月16日17:00前将《重点活动备案表》（附件1）发送至邮箱kepu@example.cn。",
    "（二）请于6月13日前将工作总结、《活动情况统计表》（附件2）和活动视频（时长不超过3分钟，MP4格式）发送至上述邮箱。",
    "联系人：王芳，电话：6651234",
    "附件：1.重点活动备案表",
    "2.活动情况统计表",
    "某市科学技术局",
    "2025年4月28日",
)


def notice_docx() -> bytes:
    page = office.new_page()
    for line in ("某市科学技术局关于举办2025年", "某市科技活动周的通知"):
        office.line(page, line, align=ALIGN.CENTER, size=20)
    office.line(page, "某科字〔2025〕8号", align=ALIGN.CENTER)
    for line in BODY:
        office.line(page, line)
    _registration(page)
    section = page.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    _statistics(page)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def _registration(page: Page) -> None:
    office.heading(page, "附件1", "重点活动备案表")
    table = office.ruled_table(page, 4, (30, 48, 30, 48))
    rows = (("活动名称", "主办单位"), ("举办地点", "举办时间"), ("联系人", "联系电话"))
    for row, (left, right) in enumerate(rows):
        office.put(table.cell(row, 0), left)
        office.put(table.cell(row, 2), right)
    table.cell(3, 1).merge(table.cell(3, 3))
    office.put(table.cell(3, 0), "活动简介")
    office.put(table.cell(3, 1), "（主要内容、形式，300字以内）")


def _statistics(page: Page) -> None:
    office.heading(page, "附件2", "2025年科技活动周活动情况统计表")
    office.line(page, "填报单位：")
    rows = (
        ("内容", "数量", "备注"),
        ("举办活动（场）", "", ""),
        ("参与人数（人次）", "", "其中：青少年"),
        ("投入经费（万元）", "", ""),
    )
    table = office.ruled_table(page, len(rows), (66, 40, 50))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            office.put(table.cell(row, column), text)
    office.line(page, "注：可自行增加项目。")


def notice_html() -> bytes:
    """Write the notice as a web page, its second annex as a table."""
    head = "<h1>某市科学技术局关于举办2025年<br>某市科技活动周的通知</h1><p>某科字〔2025〕8号</p>"
    body = "".join(f"<p>{line}</p>" for line in BODY)
    rows = "".join(
        f"<tr><td>{label}</td><td></td></tr>" for label in ("举办活动（场）", "参与人数（人次）")
    )
    annex = "<p>附件2</p><p>2025年科技活动周活动情况统计表</p><p>填报单位：</p>"
    table = f"<table><tr><td>内容</td><td>数量</td></tr>{rows}</table>"
    page = f"<html><head><meta charset=utf-8></head><body>{head}{body}{annex}{table}</body></html>"
    return page.encode()
