"""Copies of the two shipped forms as people retype them: tables of rows, lines around them."""

from __future__ import annotations

from parsers.document import Cell, Document, Paragraph, Place, Table
from rules.reading import FieldReading, Status
from tests.unit.form_messes import PROJECT_TITLE, STATISTICS_TITLE

Typed = str | tuple[str, int, int] | None  # text, or text with columns and rows, None: covered

HEAD = ("内容", "数量", "备注")
REPORTER = "赤峰市科学技术局"
LABELS = {
    "units": "参加单位 (个)", "participants": "参加活动人员 (人)", "public": "公众参与 (人次)",
    "leaflets": "资料发放 (份、册)", "consultations": "科技咨询 (人次)",
    "village_visits": "下 乡 (次)",
    "farm_supplies": "农资、物品赠送 (折合元)", "free_clinics": "义 诊 (人次)",
    "diagnoses": "企业技术诊断 (项)", "boards": "宣传展板 (块)", "galleries": "科普画廊 (米)",
    "bases": "开放科普基地 (个)", "medicines": "药品赠送 (折合元)", "courses": "培训班 (次)",
    "lectures": "科技报告会 (场)", "films": "科普影视 (场)", "messages": "短信发送科技信息(条)",
    "trainees": "培训农牧民 (人次)", "tv_features": "电视科普宣传栏 (期)",
    "services": "提供技术服务 (次)", "vehicles": "出动宣传车 (辆)",
    "machines": "展示农机具 (台、套)",
}  # fmt: skip
NUMBERS = {key: 1009 + 101 * n for n, key in enumerate(LABELS)}  # no two alike
PAIRS = {
    "name": ("项目名称", "科技咨询进社区"), "organiser": ("主办单位", REPORTER),
    "authority": ("主管部门", "赤峰市人民政府"), "venue": ("举办地点", "红山区体育馆"),
    "period": ("举办时间", "2023年5月20日"), "leader": ("项目负责人", "王建国"),
    "contact": ("联系人", "其木格"), "address": ("地 址", "玉龙大街1号"),
    "postcode": ("邮政编码", "024000"), "phone": ("联系电话", "13900001234"),
    "fax": ("传 真", "0476-8800124"), "email": ("电子邮箱", "kepu@example.cn"),
    "budget": ("活动经费", "50000元"), "participants": ("拟参加人数", "321"),
    "summary": ("项目简介", "现场咨询，面向居民。"),
}  # fmt: skip


def grid(rows: list[list[Typed]], number: int = 1) -> Table:
    """Lay rows of texts out as a table."""
    cells = []
    for row, typed in enumerate(rows, 1):
        column = 1
        for one in typed:
            text, wide, high = one if isinstance(one, tuple) else (one, 1, 1)
            if text is not None:
                place = Place(table=number, row=row, column=column)
                cells.append(Cell(row, column, text, place, high, wide))
            column += wide
    return Table(number, tuple(cells))


def document(*parts: str | list[list[Typed]]) -> Document:
    """Put lines and tables under each other."""
    blocks = []
    tables = 0
    for number, part in enumerate(parts, 1):
        tables += not isinstance(part, str)
        place = Place(paragraph=number)
        blocks.append(Paragraph(part, place) if isinstance(part, str) else grid(part, tables))
    return Document("docx", tuple(blocks))


def numbers(**typed: str) -> list[list[Typed]]:
    """Return rows of the 统计表, each with a number of its own unless told otherwise."""
    return [[LABELS[k], typed.get(k, str(n)), ""] for k, n in NUMBERS.items()]


def statistics(rows: list[list[Typed]], *lines: str) -> Document:
    """Return a 统计表 under its title and unit line."""
    return document(STATISTICS_TITLE, f"填报单位：{REPORTER}", *lines, rows)


def pairs(*skipped: str, **typed: str) -> list[list[Typed]]:
    """Return rows of the 备案表, label and value, two pairs a row."""
    kept = [(label, typed.get(k, v)) for k, (label, v) in PAIRS.items() if k not in skipped]
    return [[*kept[n], *(kept[n + 1] if n + 1 < len(kept) else ("", ""))]
            for n in range(0, len(kept), 2)]  # fmt: skip


def project(rows: list[list[Typed]]) -> Document:
    """Return a 备案表 under its title."""
    return document("附件1", PROJECT_TITLE, rows)


def values(answers: tuple[FieldReading, ...]) -> dict[str, object]:
    """Return what was found, by field."""
    return {a.key: a.value for a in answers if a.status is Status.FOUND}
