"""The 开展情况统计表 of several campaigns: groups of rows under vertically merged labels."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from parsers.document import Cell, Document, Place, Table
from rules.campaign import Campaign, CampaignFile, Requirement
from rules.form import Form
from rules.roster import Roster
from tests.unit.form_messes import PROJECT, STATISTICS, paragraphs

MONEY = "活动经费投入数量\n（单位：万元）"
GROUPS = {
    "科普活动开展次数": {"held": "举办活动次数", "tasks": "承接科技部活动任务个数"},
    MONEY: {
        "central": "中央财政经费投入情况",
        "province": "省级、副省级财政经费投入情况",
        "city": "市级财政经费投入情况",
        "county": "县级财政经费投入情况",
        "sponsors": "企业赞助经费情况",
        "kind": "实物投入情况\n（如：捐赠图书、光盘、创新操作室等）",
        "other_money": "其他经费情况",
    },
    "科普工作人员\n参与数量": {
        "full_time": "科普专职人员数量",
        "workers": "科技工作者参与数量",
        "volunteers": "招募科技志愿者数量",
        "other_people": "其他人员数量",
    },
    "科普活动群众\n参与数量": {
        "offline": "线下活动群众参与数量",
        "online": "线上活动群众参与数量",
    },
    "宣传报道情况": {"media": "参与媒体数量", "reports": "宣传报道数量"},
}
PLATFORMS = ("科普教育基地", "分支机构", "科技志愿团队", "地方仪器仪表学会", "会员所在单位")
VALUES = {key: str(n * 10 + 5) for n, key in enumerate(k for rows in GROUPS.values() for k in rows)}


def grouped_form(title: str, *, platforms: bool = False) -> Form:
    fields: list[dict[str, object]] = [
        {"key": "unit", "label": "单位名称", "type": "text", "where": "inside"}
    ]
    if platforms:
        label = "组织活动单位是中国仪器仪表学会"
        fields.append(
            {"key": "platform", "label": label, "type": "choice", "where": "inside",
             "choices": PLATFORMS, "many": True}
        )  # fmt: skip
    for group, rows in GROUPS.items():
        for key, row in rows.items():
            kind = "text" if key == "kind" else "money" if group == MONEY else "count"
            fields.append({"key": key, "label": row, "type": kind, "group": group})
    return Form(id="statistics", title=title, blank="s.docx", unit_field="unit", fields=fields)


def campaign(name: str, **forms: Form) -> Campaign:
    due = Requirement(key="statistics", title="统计表", due=date(2023, 6, 15), form="statistics")
    return Campaign(
        CampaignFile(id=name, title=name, requirements=(due,)), forms, Roster(()), {}, Path()
    )


NATIONAL_TITLE = "2023年全国科技活动周开展情况统计表"
TAIYUAN_TITLE = "2023年太原市科技活动周开展情况统计表"
CAMPAIGNS = (
    campaign("2023-neimenggu", statistics=STATISTICS, project=PROJECT),
    campaign("2023-cis", statistics=grouped_form(NATIONAL_TITLE, platforms=True)),
    campaign("2023-national", statistics=grouped_form(NATIONAL_TITLE)),
    campaign("2023-taiyuan", statistics=grouped_form(TAIYUAN_TITLE)),
    campaign("2023-xinjiang", statistics=grouped_form("2023年自治区科技活动周开展情况统计表")),
)


def grouped(
    title: str,
    *,
    groups: dict[str, dict[str, str]] = GROUPS,
    values: dict[str, str] = VALUES,
    above: tuple[str, ...] = ("单位名称：太原市科技局________",),
) -> Document:
    """Draw the form as printed: group, label, value."""
    cells: list[Cell] = []
    row = 1
    for group, labels in groups.items():
        cells.append(_cell(row, 1, group, len(labels)))
        for offset, (key, label) in enumerate(labels.items()):
            cells.append(_cell(row + offset, 2, label))
            cells.append(_cell(row + offset, 3, values.get(key, "")))
        row += len(labels)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    head = paragraphs("附件3：", *([title] if title else []), *above)
    return Document("docx", (*head, Table(1, tuple(cells))))


def _cell(row: int, column: int, text: str, row_span: int = 1) -> Cell:
    return Cell(row, column, text, Place(table=1, row=row, column=column), row_span)
