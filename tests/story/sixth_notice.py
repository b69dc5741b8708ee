"""A notice of a trade union, written for today: another office, style and year than the five."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta

from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN

from tests.draw import page as office

MAILBOX = "zgjscx@qinghe.example.cn"
UNITS = (
    ("dongcheng", "东城区总工会", "dongcheng@example.cn"),
    ("xicheng", "西城区总工会", "xicheng@example.cn"),
)
INDICATORS = (
    ("1", "开展劳动竞赛", "场"),
    ("2", "参赛职工", "人次"),
    ("3", "技术革新成果", "项"),
    ("4", "投入奖励资金", "万元"),
)
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class Days:
    """The days of a notice sent out three days ago."""

    issued: object
    entry: object
    report: object

    @classmethod
    def around(cls, today):
        return cls(
            today - timedelta(days=3), today + timedelta(days=12), today + timedelta(days=33)
        )


def said(day):
    return f"{day.year}年{day.month}月{day.day}日"


def notice_docx(days):
    """Draw the notice with its two annexes."""
    page = office.new_page()
    office.line(page, "清河市总工会办公室", align=ALIGN.CENTER, font=office.HEI, size=26)
    office.line(page, f"清工办函〔{days.issued.year}〕27号", align=ALIGN.CENTER)
    office.line(page, "关于报送“当好主人翁”职工技术创新", align=ALIGN.CENTER, size=20)
    office.line(page, "竞赛有关材料的函", align=ALIGN.CENTER, size=20)
    for text in _body(days):
        office.line(page, text)
    _entry(page, days)
    _statistics(page)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def _body(days):
    weekday = _WEEKDAYS[days.entry.weekday()]
    return (
        "东城区总工会、西城区总工会：",
        (
            "按照省总工会《关于深化产业工人队伍建设改革的意见》（省工发〔2021〕14号，2021年6月30日印发）要求，"
            "市总工会组织开展职工技术创新竞赛，截至去年年底已有300余家企业参加。现就报送材料的有关事项函告如下："
        ),
        (
            "一、报名。参赛项目请填写《职工技术创新项目登记表》（附件1），"
            f"{days.entry.month}月{days.entry.day}日（星期{weekday}）17:30前发至指定邮箱。"
        ),
        (
            "二、总结。竞赛情况总结（不少于300字）和《职工技术创新竞赛统计表》（附件2）"
            f"报送时间不迟于{said(days.report)}，逾期不予受理。"
        ),
        f"邮箱：{MAILBOX}；联系人：经济工作部  穆青  0531-8600 1122",
        "附件：1. 职工技术创新项目登记表",
        "2. 职工技术创新竞赛统计表",
        "清河市总工会办公室",
        said(days.issued),
    )


def _entry(page, days):
    office.heading(page, "附件1", "职工技术创新项目登记表")
    table = office.ruled_table(page, 5, (32, 46, 32, 46))
    rows = (("项目名称", "申报单位"), ("负责人", "联系电话"), ("参与职工（人）", "完成时间"))
    for row, (left, right) in enumerate(rows):
        office.put(table.cell(row, 0), left)
        office.put(table.cell(row, 2), right)
    table.cell(3, 1).merge(table.cell(3, 3))
    office.put(table.cell(3, 0), "创新类别")
    office.put(table.cell(3, 1), "□工艺改进  □设备改造  □软件开发  □其他", align=ALIGN.LEFT)
    table.cell(4, 1).merge(table.cell(4, 3))
    office.put(table.cell(4, 0), "主要内容")
    office.line(page, f"注：{days.entry.month}月{days.entry.day}日前报送。")


def _statistics(page):
    office.heading(page, "附件2", "职工技术创新竞赛统计表")
    office.line(page, "填报单位（盖章）：")
    rows = (("序号", "指标", "计量单位", "数量", "备注"), *((*row, "", "") for row in INDICATORS))
    table = office.ruled_table(page, len(rows), (16, 56, 26, 30, 30))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            office.put(table.cell(row, column), text)
    office.line(page, "填表人：          联系电话：          填表日期：    年  月  日")
