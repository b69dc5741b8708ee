"""The two blanks of 2023-neimenggu as the annexes of 内科发〔2023〕44号 print them.

Run from the repository: `python -m tests.draw.neimenggu`. It rewrites forms/*.docx.
"""

from __future__ import annotations

from pathlib import Path

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt

from tests.draw import page as office

FORMS = Path(__file__).parents[2] / "rules/campaigns/2023-neimenggu/forms"

PAIRS = (
    ("主办单位", "主管部门"),
    ("举办地点", "举办时间"),
    ("项目负责人", "联系人"),
    ("地 址", "邮政编码"),
    ("联系电话", "传 真"),
    ("电子邮箱", "活动经费"),
)
WIDTHS = (31, 47, 31, 47)
HINT = "(主要活动内容、方式、参加人员、宣传方式)"
NOTE = "注：请按通知要求填写表格，于 5 月 12 日前将材料上报至邮箱：nmkepu@126.com"

ROWS = (
    "参加单位 (个)",
    "参加活动人员 (人)",
    "公众参与 (人次)",
    "资料发放 (份、册)",
    "科技咨询 (人次)",
    "下 乡 (次)",
    "农资、物品赠送 (折合元)",
    "义 诊 (人次)",
    "企业技术诊断 (项)",
    "宣传展板 (块)",
    "科普画廊 (米)",
    "开放科普基地 (个)",
    "药品赠送 (折合元)",
    "培训班 (次)",
    "科技报告会 (场)",
    "科普影视 (场)",
    "短信发送科技信息(条)",
    "培训农牧民 (人次)",
    "电视科普宣传栏 (期)",
    "提供技术服务 (次)",
    "出动宣传车 (辆)",
    "展示农机具 (台、套)",
)


def draw_project() -> None:
    """附件 1: four columns of label and answer, the tall 项目简介 at the foot."""
    title = "2023 年内蒙古科技活动周活动项目备案表"
    page = office.new_page(title=title)
    office.heading(page, "附件 1", title)
    table = office.ruled_table(page, len(PAIRS) + 3, WIDTHS)
    _wide(table, 0, "项目名称")
    for index, (left, right) in enumerate(PAIRS, start=1):
        office.put(table.cell(index, 0), left)
        office.put(table.cell(index, 2), right)
    _wide(table, len(PAIRS) + 1, "拟参加人数")
    for index in range(len(PAIRS) + 2):
        office.row_height(table, index, 12.5)
    _summary(table, len(PAIRS) + 2)
    office.line(page, NOTE, before=6, size=10.5)
    page.save(FORMS / "project.docx")


def draw_statistics() -> None:
    """附件 2: 内容, 数量, 备注 under a 填报单位 line, 说明 across the last row."""
    title = "2023 年内蒙古科技活动周情况统计表"
    page = office.new_page(top=22, bottom=16, title=title)
    office.heading(page, "附件 2", title)
    office.line(page, "填报单位:", after=4)
    table = office.ruled_table(page, len(ROWS) + 2, (66, 40, 50))
    for column, text in enumerate(("内 容", "数 量", "备 注")):
        office.put(table.cell(0, column), text, font=office.HEI)
    for index, label in enumerate(ROWS, start=1):
        office.put(table.cell(index, 0), label, align=ALIGN.LEFT)
        office.put(table.cell(index, 1), "")
    office.put(table.cell(2, 2), "其中: 科技人员", align=ALIGN.LEFT)
    _explanation(table, len(ROWS) + 1)
    for index in range(len(ROWS) + 2):
        office.row_height(table, index, 8.8)
    office.row_height(table, len(ROWS) + 1, 12)
    # LibreOffice loses a table that ends the document when it saves it as .doc
    office.line(page, " ", size=1)
    page.save(FORMS / "statistics.docx")


def _wide(table, index, label):
    table.cell(index, 1).merge(table.cell(index, 3))
    office.put(table.cell(index, 0), label)


def _summary(table, index):
    answer = table.cell(index, 1).merge(table.cell(index, 3))
    answer.vertical_alignment = VERTICAL.TOP
    office.put(answer, HINT, align=ALIGN.LEFT)
    answer.paragraphs[0].paragraph_format.space_before = Pt(4)
    office.put(table.cell(index, 0), "项 目 简 介")
    office.stand_upright(table.cell(index, 0), WIDTHS[0])
    office.row_height(table, index, 95)


def _explanation(table, index):
    office.put(table.cell(index, 0), "说明")
    words = table.cell(index, 1).merge(table.cell(index, 2))
    office.put(words, "“内容” 栏内不限于上述内容, 可自行增加相关项目", align=ALIGN.LEFT, size=12)


if __name__ == "__main__":
    draw_project()
    draw_statistics()
