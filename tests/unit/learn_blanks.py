"""Blanks as issuing offices draw them, for learning: the campaigns' own, and other habits."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from tests.draw import page as office
from tests.unit.form_grouped import GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document as Page
    from docx.table import Table

CIS_PLATFORMS = (
    "□科普教育基地  □分支机构  □科技志愿团队\n"
    "□会员所在单位 （□理事单位会员   □普通单位会员   □个人会员所在单位）\n"
    "□地方仪器仪表学会\n□与本学会相关的其他组织或科技工作者，\n请注明__________________________"
)
SUMMARY_HINT = (
    "（1.主要活动内容、方式、参加人员、宣传方式。\n"
    "2. 活动内容涉及开放参观活动，请备注开放时间、开放内容、活动地址等。）"
)
LOCAL = {
    "科普活动开展次数": ("举办活动次数",),
    "活动经费投入数量（单位：万元）": (
        "县级(单位)财政经费投入情况",
        "企业赞助经费情况",
        "实物投入情况（如：捐赠图书、光盘、创新操作室等）",
        "其他经费情况",
    ),
    "科普工作人员\n参与数量": (
        "科普专职人员数量",
        "科技工作者参与数量",
        "招募科技志愿者数量",
        "其他人员数量",
    ),
    "科普活动群众\n参与数量": ("线下活动群众参与数量", "线上活动群众参与数量"),
    "宣传报道情况": ("参与媒体数量", "宣传报道数量"),
    "": (
        "活动周期间开放的\n科普场馆数量",
        "活动周期间开放活动\n的科研机构数量",
        "活动周期间开放活动\n的大学数量",
    ),
}


def drawn(draw: Callable[[Page], None]) -> bytes:
    page = office.new_page()
    draw(page)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def grouped_statistics(title: str, above: tuple[str, ...]) -> bytes:
    return drawn(
        lambda page: _grouped(page, title, above, {g: tuple(r.values()) for g, r in GROUPS.items()})
    )


def local_statistics() -> bytes:
    title = "2023年全县科技活动周\n开展情况统计表"
    return drawn(lambda page: _grouped(page, title, ("单位（盖章）：",), LOCAL))


def _grouped(
    page: Page, title: str, above: tuple[str, ...], groups: dict[str, tuple[str, ...]]
) -> None:
    office.line(page, "附件：", font=office.HEI)
    for line in title.split("\n"):
        office.line(page, line, align=ALIGN.CENTER, size=20)
    for line in above:
        office.line(page, line)
    table = office.ruled_table(page, sum(map(len, groups.values())), (45, 65, 40))
    row = 0
    for group, labels in groups.items():
        for offset, label in enumerate(labels):
            if group:
                office.put(table.cell(row + offset, 1), label)
            else:
                table.cell(row + offset, 0).merge(table.cell(row + offset, 1))
                office.put(table.cell(row + offset, 0), label)
        if group:
            if len(labels) > 1:
                table.cell(row, 0).merge(table.cell(row + len(labels) - 1, 0))
            office.put(table.cell(row, 0), group)
        row += len(labels)
    office.line(page, "注：此表请按通知要求填写表格于5月30日前报县科技局")


def cis_registration() -> bytes:
    return drawn(_cis_registration)


def _cis_registration(page: Page) -> None:
    office.heading(page, "附件2", "2023年科技活动周活动备案表")
    rows = (
        ("活动名称", ""),
        ("组织单位名称", ""),
        ("活动拟以中国仪器仪表学会哪类组织平台名义参与开展和宣传", CIS_PLATFORMS),
        ("举办地点", ""),
        ("举办时间", ""),
        ("活动负责人", ""),
        ("联系方式", "（电话/手机/邮箱）"),
        ("拟参加人数", ""),
        ("项目简介", SUMMARY_HINT),
    )  # fmt: skip
    _two_columns(office.ruled_table(page, len(rows), (50, 100)), rows)


def _two_columns(table: Table, rows: tuple[tuple[str, str], ...]) -> None:
    for index, (label, value) in enumerate(rows):
        office.put(table.cell(index, 0), label)
        office.put(table.cell(index, 1), value, align=ALIGN.LEFT)


def cis_statistics() -> bytes:
    above = (
        "单位名称：_________________________________________________________________",
        "组织活动单位是中国仪器仪表学会：",
        "□科普教育基地   □分支机构     □科技志愿团队    □地方仪器仪表学会",
        "□会员所在单位  □与本学会相关的其他组织或科技工作者，请注明_____________",
    )
    return grouped_statistics("2023年全国科技活动周开展情况统计表", above)


def enrolment() -> bytes:
    """Draw a person's form: four columns, boxes, a section row, an opinion to be sealed."""

    def draw(page: Page) -> None:
        office.heading(page, "附件1", "全市青少年科普讲解大赛报名表")
        office.line(page, "参赛单位（盖章）：            填表日期：    年   月   日")
        table = office.ruled_table(page, 7, (30, 45, 30, 45))
        cells = (
            ("姓    名", "", "性    别", "□男  □女"),
            ("出生年月", "", "民    族", ""),
            ("手机号码", "", "电子邮箱", ""),
            ("参赛组别", "□小学组 □初中组 □高中组", "指导教师", ""),
            ("作品名称", "", "", ""),
            ("作品简介\n（300字以内）", "", "", ""),
            ("学校意见", "（盖章）\n    年   月   日", "", ""),
        )
        for row, texts in enumerate(cells):
            if row >= 4:
                table.cell(row, 1).merge(table.cell(row, 3))
            for column, text in enumerate(texts):
                if text:
                    office.put(table.cell(row, column), text)

    return drawn(draw)


def indicators() -> bytes:
    """Draw serial numbers, units of measure in a column, parts of a whole, rows to be added."""

    def draw(page: Page) -> None:
        office.line(page, "2024 年全省科普活动", align=ALIGN.CENTER, size=20)
        office.line(page, "基本情况汇总表", align=ALIGN.CENTER, size=20)
        office.line(page, "填报单位：                    填报人：          联系电话：")
        rows = (
            ("序号", "指标名称", "计量单位", "数值", "备注"),
            ("1", "举办科普讲座", "场", "", ""),
            ("2", "参加人数", "人次", "", "其中：青少年    人次"),
            ("3", "其中：线上参加人数", "人次", "", ""),
            ("4", "投入经费", "万元", "", ""),
            ("5", "展览面积", "平方米", "", ""),
            ("", "", "", "", ""),
        )
        table = office.ruled_table(page, len(rows), (15, 60, 25, 30, 30))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                office.put(table.cell(row, column), text)

    return drawn(draw)


def roll_of_names() -> bytes:
    """Draw a list with a row for each person."""

    def draw(page: Page) -> None:
        office.heading(page, "附件3", "科普讲解员推荐名单")
        office.line(page, "推荐单位：")
        table = office.ruled_table(page, 5, (15, 35, 40, 40, 30))
        for column, text in enumerate(("序号", "姓名", "职务", "联系电话", "备注")):
            office.put(table.cell(0, column), text)
        for row in range(1, 5):
            office.put(table.cell(row, 0), str(row))

    return drawn(draw)


def two_values() -> bytes:
    """Draw two columns of values under one row of headings."""

    def draw(page: Page) -> None:
        office.heading(page, "附件", "研发投入情况统计表")
        office.line(page, "企业名称：                         （单位：万元）")
        rows = (("指标", "2023年", "2024年"), ("研发人员（人）", "", ""), ("研发经费支出", "", ""))
        table = office.ruled_table(page, len(rows), (60, 40, 40))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                office.put(table.cell(row, column), text)

    return drawn(draw)


BLANKS: dict[str, Callable[[], bytes]] = {
    "cis-registration": cis_registration,
    "cis-statistics": cis_statistics,
    "national-statistics": lambda: grouped_statistics(
        "2023年全国科技活动周开展情况统计表", ("单位名称：__________________",)
    ),
    "xinjiang-statistics": lambda: grouped_statistics(
        "2023年自治区科技活动周开展情况统计表", ("填报单位：",)
    ),
    "taiyuan-statistics": lambda: grouped_statistics(
        "2023年太原市科技活动周开展情况统计表", ("填报单位（盖章）：",)
    ),
    "sixian-statistics": local_statistics,
    "enrolment": enrolment,
    "indicators": indicators,
    "roll-of-names": roll_of_names,
    "two-values": two_values,
}
