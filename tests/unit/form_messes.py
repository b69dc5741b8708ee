"""What people do to a form before they send it, as pages drawn from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML

from parsers.document import Cell, Document, Paragraph, Place, Table
from rules.form import Form

FORMS = Path(__file__).parents[2] / "rules/campaigns/2023-neimenggu/forms"


def shipped(name: str) -> Form:
    return Form(**YAML(typ="safe").load(FORMS / f"{name}.yaml"))


STATISTICS, PROJECT = shipped("statistics"), shipped("project")
STATISTICS_TITLE = "2023 年内蒙古科技活动周情况统计表"
PROJECT_TITLE = "2023 年内蒙古科技活动周活动项目备案表"

# key: the label as printed, ways people retype it
ROWS = {
    "units": ("参加单位 (个)", "参加单位数（个）", "参加单位（家）", "参加单位数量"),
    "participants": (
        "参加活动人员 (人)",
        "参加活动人数（人）",
        "参与活动人员（人）",
        "参加活动人员数",
    ),
    "public": ("公众参与 (人次)", "参与公众（人次）", "公众参与人次", "群众参与（人次）"),
    "leaflets": ("资料发放 (份、册)", "发放资料（份）", "资料发放（册）", "资料派发（份、册）"),
    "consultations": ("科技咨询 (人次)", "科技咨询（人次）", "科技咨询人次"),
    "village_visits": ("下 乡 (次)", "下乡（次）", "下乡次数"),
    "farm_supplies": ("农资、物品赠送 (折合元)", "农资物品赠送（元）", "农资、物品捐赠（折合元）"),
    "free_clinics": ("义 诊 (人次)", "义诊（人次）", "义诊人次"),
    "diagnoses": ("企业技术诊断 (项)", "企业技术诊断（个）", "企业技术诊断数"),
    "boards": ("宣传展板 (块)", "宣传展板（张）", "宣传展板数量（块）"),
    "galleries": ("科普画廊 (米)", "科普画廊（延长米）"),
    "bases": ("开放科普基地 (个)", "科普基地开放（个）", "开放科普基地数（个）"),
    "medicines": ("药品赠送 (折合元)", "药品捐赠（折合元）", "赠送药品（元）"),
    "courses": ("培训班 (次)", "举办培训班（期）", "培训班（场）"),
    "lectures": ("科技报告会 (场)", "科技报告会（次）", "科普报告会（场）"),
    "films": ("科普影视 (场)", "科普影视（场次）", "科普影视放映（场）"),
    "messages": ("短信发送科技信息(条)", "短信发送科技信息（条）", "发送科技信息短信（条）"),
    "trainees": ("培训农牧民 (人次)", "农牧民培训（人次）", "培训农牧民人次"),
    "tv_features": ("电视科普宣传栏 (期)", "电视科普宣传栏目（期）"),
    "services": ("提供技术服务 (次)", "技术服务（次）", "提供技术服务次数"),
    "vehicles": ("出动宣传车 (辆)", "出动宣传车（台）", "出动宣传车辆（辆）"),
    "machines": ("展示农机具 (台、套)", "农机具展示（台）", "展示农机具（套）"),
}
ADDED = {
    "科普直播（场）": ("科普直播", "场"),
    "微视频 (部)": ("微视频", "部"),
    "线上答题（人次）": ("线上答题", "人次"),
    "实验室开放(个)": ("实验室开放", "个"),
    "媒体报道（篇）": ("媒体报道", "篇"),
    "科普大篷车进校园（次）": ("科普大篷车进校园", "次"),
    "合 计": ("合计", None),
}
UNIT_LINES = (
    "填报单位:{}",
    "填报单位：{}（盖章）",
    "填报单位（盖章）：{}      填报日期：2023年6月1日",
    "填表单位： {}",
    "填报单位：__{}___",
)
UNITS = ("赤峰市科学技术局", "呼伦贝尔市科技局", "内蒙古农业大学", "二连浩特市教育科技局")

PAIRS = {
    "name": ("项目名称", "活动名称", "项目名称："),
    "organiser": ("主办单位", "举办单位", "主办 单位"),
    "authority": ("主管部门", "主管单位", "主管部门（单位）"),
    "venue": ("举办地点", "活动地点", "举办地点："),
    "period": ("举办时间", "活动时间", "举办日期"),
    "leader": ("项目负责人", "活动负责人", "负责人"),
    "contact": ("联系人", "联 系 人", "联络人"),
    "address": ("地 址", "通讯地址", "地　　址"),
    "postcode": ("邮政编码", "邮编", "邮 编"),
    "phone": ("联系电话", "电话", "手机号码"),
    "fax": ("传 真", "传真号码", "传　真"),
    "email": ("电子邮箱", "邮箱", "E-mail", "电子信箱"),
    "budget": ("活动经费", "活动经费预算", "经费预算"),
    "participants": ("拟参加人数", "预计参加人数", "拟参与人数"),
    "summary": ("项 目 简 介", "活动简介", "项\n目\n简\n介"),
}
HINT = "(主要活动内容、方式、参加人员、宣传方式)"
ANSWERS = {
    "name": (
        "科技咨询进社区",
        "“科学之夜”青少年讲解大赛",
        "农牧民培训（春耕专场）",
        "联系人：科学家的一天",
    ),
    "organiser": UNITS,
    "authority": ("自治区科技厅", "赤峰市人民政府", "教育厅"),
    "venue": ("红山区体育馆", "通辽市政府广场", "线上：科普平台"),
    "period": ("2023年5月20日", "2023-05-25", "2023.5.28"),
    "leader": ("其木格", "王建国", "欧阳娜仁"),
    "contact": ("李四", "巴特尔", "赵小丽"),
    "address": ("新华路8号", "赤峰市新城区玉龙大街1号"),
    "postcode": ("024000", "010010"),
    "phone": ("13900001234", "0476-8800123"),
    "fax": ("0476-8800124", "0471-6000125"),
    "email": ("kepu@example.cn", "nm_kj@example.com"),
    "budget": ("50000元", "3万元", "12000元"),
    "participants": ("300", "1,200", "500人"),
    "summary": (
        "1.主要活动内容：现场咨询。\n2.方式：线下为主。",
        "面向公众开放实验室，参加人员以中小学生为主，通过电视台宣传。",
    ),
}
VALUES = {
    "50000元": 50000.0, "3万元": 30000.0, "12000元": 12000.0,
    "2023-05-25": "2023-05-25", "2023年5月20日": "2023-05-20", "2023.5.28": "2023-05-28",
    "300": 300, "1,200": 1200, "500人": 500,
}  # fmt: skip


@dataclass(slots=True)
class Mess:
    """A page as sent, what it states, and which of its labels are the form's own or near."""

    document: Document
    truth: dict[str, object]
    added: dict[str, object] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)


Row = list[tuple[str, int]]  # text and column span


def table(rows: list[Row], number: int = 1, sheet: str | None = None) -> Table:
    """Lay rows of (text, columns) out as a table, or as a worksheet without its empty cells."""
    cells = []
    for r, row in enumerate(rows, 1):
        column = 1
        for c, (text, span) in enumerate(row, 1):
            place = Place(table=number, row=r, column=c)
            if sheet is not None:
                place = Place(sheet=sheet, ref=f"{chr(64 + column)}{r}")
            if text or sheet is None or span > 1:
                cells.append(Cell(r, column, text, place, 1, span))
            column += span
    return Table(number, tuple(cells), sheet)


def paragraphs(*texts: str, first: int = 1) -> list[Paragraph]:
    return [Paragraph(text, Place(paragraph=n)) for n, text in enumerate(texts, first)]


def spaced(rng: random.Random, text: str) -> str:
    """Put blanks of all kinds between letters, or change the brackets' width."""
    how = rng.randrange(6)
    if how == 0:
        return "".join(c + rng.choice(("", "", " ", "　")) for c in text)
    if how == 1:
        return text.replace("(", "（").replace(")", "）")
    if how == 2:
        return text.replace("(", "【").replace(")", "】").replace("（", "〔").replace("）", "〕")
    if how == 3:
        return text.replace(" (", "\n(")
    return text


def retyped(rng: random.Random, spellings: tuple[str, ...], how_often: float) -> str:
    label = rng.choice(spellings) if rng.random() < how_often else spellings[0]
    return spaced(rng, label)


def number(rng: random.Random) -> tuple[str, int]:
    value = rng.choice((0, 1, 7, 30, 45, 300, 1200, 8432, 56000))
    shown = (
        str(value),
        f"{value:,}",
        str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    )
    return rng.choice(shown), value


def statistics(seed: int) -> Mess:
    """Draw a 情况统计表 as people send it."""
    rng = random.Random(seed)
    truth: dict[str, object] = {"reporter": rng.choice(UNITS)}
    added: dict[str, object] = {}
    told: list[str] = []
    lines: list[tuple[str, str, str]] = []
    how_often = rng.choice((0.0, 0.3, 1.0))
    numbered = rng.choice(("", "", "{}.", "{}、", "（{}）"))
    inside = rng.random() < 0.15
    for n, (key, spellings) in enumerate(ROWS.items(), 1):
        if rng.random() < 0.05:
            told.append(f"dropped {key}")
            continue
        label = numbered.format(n) + retyped(rng, spellings, how_often)
        text, value = number(rng) if rng.random() < 0.94 else ("", None)
        if value is not None:
            truth[key] = value
        remark = _remark(rng, key, truth)
        lines.append((f"{label}：{text}", "", remark) if inside else (label, text, remark))
    for label in rng.sample(sorted(ADDED), rng.choice((0, 0, 1, 3))):
        text, value = number(rng)
        added[ADDED[label][0]] = value
        lines.insert(rng.randrange(len(lines) + 1), (spaced(rng, label), text, ""))
    if rng.random() < 0.3:
        rng.shuffle(lines)
        told.append("shuffled")
    return _statistics_page(
        rng, lines, truth, added, [*told, f"retyped {how_often}", f"inside {inside}"]
    )


def _remark(rng, key, truth):
    """Write 备注: beside 参加活动人员 what the blank prints there, filled in or not."""
    if key != "participants":
        return rng.choice(("含线上", "5月20日至21日", "详见总结")) if rng.random() < 0.1 else ""
    if rng.random() < 0.3:
        return "其中: 科技人员"
    truth["scientists"] = rng.choice((3, 12, 40))
    return "其中: 科技人员" + rng.choice((" {}", "{}人", "：{}名")).format(truth["scientists"])


def _statistics_page(rng, lines, truth, added, told):
    heading = [spaced(rng, word) for word in ("内 容", "数 量", "备 注")]
    rows: list[list[str]] = [list(line) for line in lines]
    headed = rng.random() < 0.85
    if headed:
        rows.insert(0, heading)
    if rng.random() < 0.2 and headed:
        rows = [[row[0], row[2], row[1]] for row in rows]
        told.append("columns swapped")
    if rng.random() < 0.25:
        first = "序号" if headed else "1"
        rows = [[first if n == 0 else str(n), *row] for n, row in enumerate(rows)]
        told.append("numbered column")
    if rng.random() < 0.15:
        rows = [[*row[:-1], "", row[-1]] for row in rows]
        told.append("empty column")
    halves = rng.random() < 0.15 and headed
    if halves:
        middle = (len(rows) + 1) // 2
        left, right = rows[:middle], [rows[0], *rows[middle:]]
        blank = [""] * len(rows[0])
        right += [blank] * (len(left) - len(right))
        left += [blank] * (len(right) - len(left))
        rows = [[*a, *b] for a, b in zip(left, right, strict=True)]
        told.append("halves")
    end = [[("说明", 1), ("“内容”栏内不限于上述内容,可自行增加相关项目", len(rows[0]) - 1)]]
    sheet = "Sheet1" if rng.random() < 0.3 else None
    told.append(f"headed {headed} sheet {sheet}")
    drawn: list[Row] = [[(text, 1) for text in row] for row in rows]
    unit = rng.choice(UNIT_LINES)
    unit = unit.format(truth["reporter"])
    if sheet is not None:
        width = len(rows[0])
        return Mess(
            Document(
                "xlsx",
                (table([[(STATISTICS_TITLE, width)], [(unit, width)], *drawn, *end], 1, sheet),),
            ),
            truth,
            added,
            told,
        )
    before = ["附件 2", STATISTICS_TITLE, unit]
    if rng.random() < 0.2:
        before = [
            "各位老师：",
            "现将我单位科技活动周情况统计表报上，请查收。",
            "联系人：张三 电话：13900009999",
            *before,
        ]
    if rng.random() < 0.2 and not halves:
        told.append("split")
        middle = rng.randrange(4, len(drawn) - 3)
        second = [*(drawn[:1] if rng.random() < 0.5 and headed else []), *drawn[middle:], *end]
        between = paragraphs(*(["（续表）"] if rng.random() < 0.3 else []), first=9)
        blocks = (*paragraphs(*before), table(drawn[:middle], 1), *between, table(second, 2))
    else:
        blocks = (*paragraphs(*before), table([*drawn, *end], 1))
    return Mess(Document("docx", blocks), truth, added, told)


def project(seed: int) -> Mess:
    """Draw a 活动项目备案表 as people send it."""
    rng = random.Random(seed)
    truth: dict[str, object] = {}
    told: list[str] = []
    pairs: list[tuple[str, str]] = []
    how_often = rng.choice((0.0, 0.3, 1.0))
    for key, spellings in PAIRS.items():
        if rng.random() < 0.04:
            told.append(f"dropped {key}")
            continue
        text = rng.choice(ANSWERS[key]) if rng.random() < 0.9 else ""
        if text:
            truth[key] = VALUES.get(text, text)
        if key == "summary" and rng.random() < 0.5:
            text = rng.choice(
                (f"{HINT}\n{text}", f"{text}\n{HINT.replace('(', '（').replace(')', '）')}")
            )
        label = retyped(rng, spellings, how_often) if key != "summary" else rng.choice(spellings)
        pairs.append((label, text))
    told.append(f"retyped {how_often}")
    if rng.random() < 0.2:
        rng.shuffle(pairs)
        told.append("shuffled")
    added = {}
    if rng.random() < 0.3:
        pairs.insert(rng.randrange(1, len(pairs)), ("职务", "副主任"))
        added["职务"] = "副主任"
    return _project_page(rng, pairs, truth, added, told)


def _project_page(rng, pairs, truth, added, told):
    how = rng.choice(("four", "four", "two", "paragraphs", "inside", "stacked"))
    told.append(how)
    note = paragraphs(
        "注：请按通知要求填写表格，于 5 月 12 日前将材料上报至邮箱：nmkepu@126.com", first=30
    )
    head = paragraphs("附件 1", PROJECT_TITLE)
    if how == "paragraphs":
        lines = [f"{label.replace(chr(10), '').rstrip('：')}：{text}" for label, text in pairs]
        return Mess(
            Document("text", (*head, *paragraphs(*lines, first=3), *note)), truth, added, told
        )
    rows: list[Row] = []
    if how == "two":
        rows = [[(label, 1), (text, 1)] for label, text in pairs]
    elif how == "inside":
        rows = [[(f"{label.rstrip('：')}：{text}", 1)] for label, text in pairs]
    elif how == "stacked":
        pairs = [pair for pair in pairs if pair[0] not in added]
        added = {}
        rows = [cell for label, text in pairs for cell in ([(label, 1)], [(text, 1)])]
    else:
        rest = list(pairs)
        while rest:
            wide = (
                len(rest) == 1 or len(rest[0][1]) > 16 or len(rest[1][1]) > 16 or rng.random() < 0.2
            )
            if wide:
                label, text = rest.pop(0)
                rows.append([(label, 1), (text, 3)])
            else:
                (a, b), (c, d) = rest.pop(0), rest.pop(0)
                rows.append([(a, 1), (b, 1), (c, 1), (d, 1)])
    sheet = "备案表" if rng.random() < 0.3 else None
    if sheet is not None:
        width = max(sum(span for _, span in row) for row in rows)
        rows.insert(0, [(PROJECT_TITLE, width)])
        return Mess(Document("xlsx", (table(rows, 1, sheet),)), truth, added, told)
    return Mess(Document("docx", (*head, table(rows), *note)), truth, added, told)
