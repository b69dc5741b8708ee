"""The blanks of 2023-cis as 附件2 and 附件3 of its notice print them, and its roster.

The boxes before the platforms got lost in the notice's text; they are drawn here.
Run from the repository: `python -m tests.draw.cis`.
"""

from __future__ import annotations

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Pt

from tests.draw import page as office
from tests.draw.grouped import NATIONAL, grouped_table, lines
from tests.draw.roster import CAMPAIGNS, Listed, draw, invented

FORMS = CAMPAIGNS / "2023-cis/forms"
WIDTHS = (44, 116)
PLATFORMS = """\
□科普教育基地      □分支机构       □科技志愿团队
□会员所在单位 （□理事单位会员   □普通单位会员     □个人会员所在单位）
□地方仪器仪表学会
□与本学会相关的其他组织或科技工作者，
请注明__________________________"""
ROWS = (
    ("活动名称", "", 13),
    ("组织单位名称", "", 13),
    ("活动拟以中国仪器仪表学会哪类组织平台名义参与开展和宣传", PLATFORMS, 42),
    ("举办地点", "", 13),
    ("举办时间", "", 13),
    ("活动负责人", "", 13),
    ("联系方式", "（电话/手机/邮箱）", 13),
    ("拟参加人数", "", 13),
)
SUMMARY = """\
（1.主要活动内容、方式、参加人员、宣传方式。
2. 活动内容涉及开放参观活动，请备注开放时间、开放内容、活动地址等。）"""
ABOVE = (
    "单位名称：_______________________________________________________",
    "组织活动单位是中国仪器仪表学会：",
    "□科普教育基地    □分支机构      □科技志愿团队     □地方仪器仪表学会",
    "□会员所在单位    □与本学会相关的其他组织或科技工作者，请注明_____________",
)
NOTES = (
    "注：附件2提交截止日期和邮箱：2023年5月15日前提交邮箱Lsh@cis.org.cn。",
    "注：附件3提交截止日期和邮箱：2023年6月15日前提交邮箱Lsh@cis.org.cn 。",
)


def draw_project() -> None:
    """附件2: label and answer, the platforms as boxes, the tall 项目简介 at the foot."""
    title = "2023年科技活动周活动备案表"
    page = office.new_page(title=title)
    office.heading(page, "附件2：", title)
    table = office.ruled_table(page, len(ROWS) + 1, WIDTHS)
    for index, (label, printed, height) in enumerate(ROWS):
        lines(table.cell(index, 0), label, size=14)
        small = 10.5 if "\n" in printed else 12
        lines(table.cell(index, 1), printed, align=ALIGN.LEFT, size=small)
        office.row_height(table, index, height)
    foot = len(ROWS)
    lines(table.cell(foot, 0), "项目简介", size=14)
    table.cell(foot, 1).vertical_alignment = VERTICAL.TOP
    lines(table.cell(foot, 1), SUMMARY, align=ALIGN.LEFT)
    table.cell(foot, 1).paragraphs[0].paragraph_format.space_before = Pt(4)
    office.row_height(table, foot, 70)
    office.line(page, NOTES[0], before=6, size=10.5)
    page.save(FORMS / "project.docx")


def draw_statistics() -> None:
    """附件3: whose name and which platform over the national table."""
    title = "2023年全国科技活动周开展情况统计表"
    page = office.new_page(top=20, bottom=14, title=title)
    office.heading(page, "附件3：", title)
    for text in ABOVE:
        office.line(page, text, after=2, size=12)
    office.line(page, "", size=4)
    grouped_table(page, NATIONAL, height=10.2)
    office.line(page, NOTES[1], before=6, size=10.5)
    page.save(FORMS / "statistics.docx")


SOCIETY = "中国仪器仪表学会"
BRANCHES = (
    ("analytical", "分析仪器分会"),
    ("sensors", "传感器分会"),
    ("microscopes", "显微仪器分会"),
    ("imaging", "图像科学与工程分会"),
    ("nir", "近红外光谱分会"),
    ("control", "过程检测控制仪表分会"),
    ("agriculture", "农业仪器应用技术分会"),
    ("medical", "医疗仪器分会"),
    ("optoelectronics", "光机电技术与系统集成分会"),
    ("earth", "地球科学仪器专业委员会"),
    ("popular-science", "科学普及工作委员会"),
    ("youth", "青年工作委员会"),
)
PLACES = (
    ("beijing", "北京"),
    ("tianjin", "天津市"),
    ("shanghai", "上海市"),
    ("chongqing", "重庆"),
    ("liaoning", "辽宁省"),
    ("jiangsu", "江苏省"),
    ("zhejiang", "浙江省"),
    ("shandong", "山东"),
    ("henan", "河南省"),
    ("hubei", "湖北省"),
    ("guangdong", "广东省"),
    ("shaanxi", "陕西省"),
    ("sichuan", "四川省"),
)
MUNICIPALITIES = frozenset({"北京", "重庆"})
BASES = (
    ("base-precision", "精密测量科普教育基地", "精密测量基地"),
    ("base-microscopy", "显微世界科普教育基地", "显微世界基地"),
    ("base-instruments", "仪器仪表博物展陈科普教育基地", "仪器仪表展陈基地"),
    ("base-sensing", "智能传感科普教育基地", "智能传感基地"),
)
TEAMS = (
    ("team-campus", "仪器科学进校园科技志愿服务队", "进校园志愿队"),
    ("team-metrology", "计量与生活科技志愿服务队", "计量志愿队"),
)


def units() -> list[Listed]:
    """Every kind of platform the form lists; bases and teams are invented."""
    found = [
        Listed(key, f"{SOCIETY}{name}", f"{name}、学会{name}", "分支机构", SOCIETY)
        for key, name in BRANCHES
    ]
    found += [
        Listed(key, f"{place}仪器仪表学会", _short(place), "地方学会") for key, place in PLACES
    ]
    found += [
        Listed(key, f"{SOCIETY}{name}", f"{name}、{short}", "科普教育基地", SOCIETY)
        for key, name, short in BASES
    ]
    found += [
        Listed(key, f"{SOCIETY}{name}", f"{name}、{short}", "科技志愿团队", SOCIETY)
        for key, name, short in TEAMS
    ]
    return found


def _short(place: str) -> str:
    return (
        f"{place[:2]}仪器仪表学会、{place[:2]}仪表学会"
        if len(place) > 2
        else f"{place}{'市' if place in MUNICIPALITIES else '省'}仪器仪表学会"
    )


if __name__ == "__main__":
    draw_project()
    draw_statistics()
    draw("2023-cis", invented(units(), "cis", 101))
