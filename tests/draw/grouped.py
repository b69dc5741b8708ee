"""How the 开展情况统计表 of several notices is ruled: rows in groups under merged labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt

from tests.draw import page as office

if TYPE_CHECKING:
    from docx.document import Document as Page
    from docx.table import Table, _Cell

Groups = tuple[tuple[str, tuple[str, ...]], ...]

WIDTHS = (40, 86, 34)  # millimetres: group, row, number
SIZE = 12

# 附件3 of the 中国仪器仪表学会 notice, the one annex that prints the national table in full
NATIONAL: Groups = (
    ("科普活动开展次数", ("举办活动次数", "承接科技部活动任务个数")),
    (
        "活动经费投入数量\n（单位：万元）",
        (
            "中央财政经费投入情况",
            "省级、副省级财政经费投入情况",
            "市级财政经费投入情况",
            "县级财政经费投入情况",
            "企业赞助经费情况",
            "实物投入情况\n（如：捐赠图书、光盘、创新操作室等）",
            "其他经费情况",
        ),
    ),
    (
        "科普工作人员\n参与数量",
        ("科普专职人员数量", "科技工作者参与数量", "招募科技志愿者数量", "其他人员数量"),
    ),
    ("科普活动群众\n参与数量", ("线下活动群众参与数量", "线上活动群众参与数量")),
    ("宣传报道情况", ("参与媒体数量", "宣传报道数量")),
)


def grouped_table(
    page: Page, groups: Groups, *, height: float, widths: tuple[float, float, float] = WIDTHS
) -> Table:
    """Rule one row a label, groups merged down; a group without rows is a label of its own."""
    table = office.ruled_table(page, sum(len(rows) or 1 for _, rows in groups), widths)
    top = 0
    for group, rows in groups:
        label = table.cell(top, 0)
        if rows:
            label.merge(table.cell(top + len(rows) - 1, 0))
        else:
            table.cell(top, 1).merge(table.cell(top, 2))
        lines(label, group)
        for offset, row in enumerate(rows):
            lines(table.cell(top + offset, 1), row)
            office.put(table.cell(top + offset, 2), "")
        top += len(rows) or 1
    for index in range(top):
        office.row_height(table, index, height)
    return table


def lines(cell: _Cell, text: str, *, align: ALIGN = ALIGN.CENTER, size: float = SIZE) -> None:
    """Write a paragraph a line, close together, as forms break their labels."""
    first, *others = text.split("\n")
    office.put(cell, first, align=align, size=size)
    for line in others:
        paragraph = cell.add_paragraph()
        paragraph.alignment = align
        office.write(paragraph, line, size=size)
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.space_after = Pt(0)


def plain_statistics(file: str, annex: str, title: str) -> None:
    """Draw the national table over one 单位（盖章） line, to a whole page."""
    page = office.new_page(top=24, bottom=16, title=title)
    office.heading(page, annex, title)
    office.line(page, "单位（盖章）：", after=6, size=14)
    grouped_table(page, NATIONAL, height=11.5)
    # LibreOffice loses a table that ends the document when it saves it as .doc
    office.line(page, " ", size=1)
    page.save(file)
