"""What Word and Excel keep beside the text, by hand: tracked, hidden and struck words, controls, formulas."""

# ruff: noqa: E501, DTZ001 - a table, a file a line; workbooks know no time zone

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

from tests.draw.clerks.answers import ASK, Answer
from tests.draw.clerks.case import CP, CS, NA, NP, NS, SX, TY, XJ, Case, case
from tests.draw.clerks.filled import fill
from tests.draw.clerks.heads import cover
from tests.draw.clerks.page import CENTRE, Break, Cel, Line, Page, Tab, row
from tests.draw.clerks.rows import ROWS

CHIFENG, HOHHOT, ORDOS = (
    ("chifeng", "赤峰市科学技术局"),
    ("hohhot", "呼和浩特市科技局"),
    ("ordos", "鄂尔多斯市科学技术局"),
)
IMU, WUHAI, ALXA = ("imu", "内蒙古大学"), ("wuhai", "乌海市科学技术局"), ("alxa", "阿拉善盟科技局")
URUMQI, HOTAN, SHANXI = (
    ("urumqi", "乌鲁木齐市科技局"),
    ("hotan", "和田地区科学技术局"),
    ("shanxi", "山西省科技厅"),
)
SENSORS, MEDICAL = ("sensors", "传感器分会"), ("medical", "中国仪器仪表学会医疗仪器分会")
QINGXU, SICHENG = ("qingxu", "清徐县科技局"), ("sicheng", "泗城镇人民政府")


def marked(**answers):
    """Write answers with marks: key=(text, meaning)."""
    return lambda filled: filled.changed(**{key: Answer(*value) for key, value in answers.items()})


def stored(**answers):
    """Store values in a sheet: key=(text seen, meaning, value, number format)."""
    return lambda f: f.changed(
        **{
            k: Answer(seen, means, "", value, shown)
            for k, (seen, means, value, shown) in answers.items()
        }
    )


def table_of(page: Page) -> Tab:
    return next(block for block in page.blocks if isinstance(block, Tab))


def with_table(page: Page, table: Tab) -> Page:
    blocks = tuple(table if isinstance(b, Tab) else b for b in page.blocks)
    return replace(page, blocks=blocks)


def controlled(page: Page) -> Page:
    """Make every second cell a content control of its own."""
    table = table_of(page)
    rows = [tuple(replace(c, control=n % 2 == 1) for n, c in enumerate(r)) for r in table.rows]
    return with_table(page, replace(table, rows=tuple(rows)))


def removed(*labels: str):
    """Delete rows, by how their label begins, with changes tracked."""

    def change(page: Page) -> Page:
        table = table_of(page)
        gone = {
            n
            for n, r in enumerate(table.rows)
            if any(r[0].text.startswith(label) for label in labels)
        }
        return with_table(page, replace(table, removed=frozenset(gone)))

    return change


def last_years_rows_hidden(page: Page) -> Page:
    """Keep last year's numbers over this year's, in rows that are hidden."""
    table = table_of(page)
    old = [
        tuple(replace(c, text=str(n * 7 + 3), value=None) if i == 1 else c for i, c in enumerate(r))
        for n, r in enumerate(table.rows[1:8])
    ]
    rows = (table.rows[0], *old, *table.rows[1:])
    return with_table(page, replace(table, rows=rows, hidden=frozenset(range(1, 8))))


def shared_value(first: str):
    """Join the value cell of a row with the one below it."""

    def change(page: Page) -> Page:
        table = table_of(page)
        at = next(n for n, r in enumerate(table.rows) if r[0].text.startswith(first))
        rows = list(table.rows)
        rows[at] = (rows[at][0], replace(rows[at][1], rows=2), *rows[at][2:])
        rows[at + 1] = (rows[at + 1][0], *rows[at + 1][2:])
        return with_table(page, replace(table, rows=tuple(rows)))

    return change


def swapped(page: Page) -> Page:
    """备注 before 数量, and an empty column between."""
    table = table_of(page)
    rows = [(r[0], r[2], Cel(), r[1]) if len(r) == 3 else r for r in table.rows if len(r) == 3]
    return with_table(page, replace(table, rows=tuple(rows), widths=(66, 40, 8, 40)))


def covered(filled, page: Page) -> Page:
    """Set a letter before the form."""
    return replace(page, blocks=(*cover(filled), Break(), *page.blocks)).tagged("cover-letter")


def under_cover(  # noqa: PLR0917 - as case
    name, form, unit, who, layout, saved, **how
) -> Case:
    made = case(name, form, unit, who, layout, saved, **how)
    return replace(made, pages=(covered(made.forms[0], made.pages[0]),))


def beside(one: Case, *pages: Page, before: bool = False, mess: str = "several-sheets") -> Case:
    """Put other sheets before or behind a case's own."""
    joined = (*pages, *one.pages) if before else (*one.pages, *pages)
    return replace(one, pages=joined, mess=(*one.mess, mess))


def together(name, saved, *cases, mess="several-forms", **more) -> Case:
    """Send several forms in one file."""
    pages = tuple(replace(c.pages[0], sheet=f"表{n}") for n, c in enumerate(cases, 1))
    return Case(name, saved, tuple(c.forms[0] for c in cases), pages, (mess,), **more)


def tabled(text: str, rows: list[list[str]], **how) -> Page:
    cells = tuple(row(*r) for r in rows)
    return Page((Line(text, CENTRE, bold=True, size=16), Tab(cells, (40,) * len(rows[0]))), **how)


ROSTER = [
    ["序号", "姓名", "单位", "联系电话"],
    ["1", "李建华", "科普部", "13900001401"],
    ["2", "王晓岚", "办公室", "13900001402"],
]
GUIDE = Page(
    (
        Line("填表说明", CENTRE, bold=True, size=16),
        Line("一、本表由各盟市科技局填报。"),
        Line("二、数量栏填写阿拉伯数字，没有的填0。"),
    ),
    sheet="填表说明",
)
SIGNED = tabled("活动签到表", ROSTER, sheet="签到表")


def last_year(filled, seed) -> Page:
    """Draw the same unit's form with other numbers on a hidden sheet."""
    old = fill(filled.form, filled.unit, filled.who, seed=seed + 50)
    return replace(ROWS["numbered"](old, random.Random(seed)), sheet="上年数据", hidden=True)


def ticked(how: str, *choices: str, other: str = ""):
    return lambda filled: replace(
        filled, tick=how, ticks=choices, other=other, tags=(*filled.tags, "choices")
    )


_HIDDEN = case("nm-hidden-sheet", NS, *WUHAI, "numbered", "xlsx", seed=61)
_FORMULAS = {
    "participants": ("", 1500, "=1200+300", ""),
    "public": ("", 26000, "=SUM(20000,6000)", ""),
    "boards": ("", 60, "=12*5", ""),
}

MARK_CASES = (
    # tracked changes, hidden and struck words
    case("nm-tracked", NS, *CHIFENG, "as-printed", "docx", seed=51, mess="tracked-changes", change=marked(participants=("⟦del:1000⟧⟦ins:1200⟧", 1200), boards=("5⟦ins:8⟧", 58), units=("3⟦del:3⟧6", 36), leaflets=("⟦ins:12000⟧", 12000))),
    case("nm-tracked-office", NS, *HOHHOT, "as-printed", "docx-office", seed=52, mess="tracked-changes", change=marked(participants=("⟦del:1000⟧⟦ins:1200⟧", 1200), public=("⟦ins:2⟧3000⟦del:0⟧", 23000))),
    case("nm-tracked-rows", NS, *ORDOS, "as-printed", "docx", seed=53, mess="tracked-changes", repage=removed("科普影视", "电视科普"), expect={"films": None, "tv_features": None}),
    case("nm-hidden-words", NS, *IMU, "as-printed", "docx", seed=54, mess="hidden-text", change=marked(public=("18500⟦hide:（内部掌握19000）⟧", 18500), courses=("⟦hide:9⟧15", 15))),
    case("nm-hidden-words-doc", NS, *WUHAI, "as-printed", "doc", seed=54, mess="hidden-text", change=marked(public=("18500⟦hide:（内部掌握19000）⟧", 18500), courses=("⟦hide:9⟧15", 15))),
    case("nm-hidden-words-html", NS, *ALXA, "as-printed", "html-as-doc", seed=54, mess="hidden-text", change=marked(public=("18500⟦hide:（内部掌握19000）⟧", 18500))),
    case("nm-struck", NS, *CHIFENG, "as-printed", "docx", seed=55, mess="struck-through", change=marked(public=("⟦strike:17500⟧18500", 18500), courses=("⟦strike:9⟧ 15", 15), units=("⟦strike:40⟧", None))),
    case("nm-struck-xlsx", NS, *HOHHOT, "as-printed", "xlsx", seed=55, mess="struck-through", change=marked(public=("⟦strike:17500⟧18500", 18500), courses=("⟦strike:9⟧15", 15))),
    case("nm-struck-rtf", NS, *ORDOS, "as-printed", "rtf", seed=55, mess="struck-through", change=marked(public=("⟦strike:17500⟧18500", 18500), courses=("⟦strike:9⟧15", 15))),
    case("nm-struck-pdf", NS, *IMU, "as-printed", "pdf", seed=55, mess="struck-through", change=marked(public=("⟦strike:17500⟧ 18500", 18500), courses=("⟦strike:9⟧ 15", 15))),
    # controls, fields, boxes
    case("nm-controls", NS, *WUHAI, "as-printed", "docx", seed=56, mess="content-controls", repage=controlled),
    case("nm-controls-inside", NS, *ALXA, "as-printed", "docx", seed=56, mess="content-controls", change=marked(participants=("⟦sdt:1200⟧", 1200), public=("约⟦sdt:18500⟧", 18500), films=("⟦prompt:单击或点击此处输入文字。⟧", None), boards=("⟦prompt:单击此处输入文字。⟧", None))),
    case("np-form-fields", NP, *CHIFENG, "four-columns", "docx", seed=57, mess="form-fields", change=marked(name=("⟦field:科普大集⟧", "科普大集"), leader=("⟦field:李建华⟧", "李建华"), participants=("⟦field:800⟧人", 800))),
    case("np-form-fields-doc", NP, *HOHHOT, "four-columns", "doc", seed=57, mess="form-fields", change=marked(name=("⟦field:科普大集⟧", "科普大集"), leader=("⟦field:李建华⟧", "李建华"), participants=("⟦field:800⟧人", 800))),
    case("nm-text-boxes", NS, *ORDOS, "as-printed", "docx", seed=58, mess="text-boxes", change=marked(participants=("⟦box:1200人⟧", 1200), boards=("⟦box:58⟧", 58))),
    case("np-text-boxes", NP, *IMU, "two-columns", "docx", seed=58, mess="text-boxes", change=marked(leader=("⟦box:李建华⟧", "李建华"), budget=("⟦box:5万元⟧", 50000))),
    case("cp-boxes-to-click", CP, *SENSORS, "two-columns", "docx", seed=59, change=ticked("check", "分支机构", "科技志愿团队")),
    case("cp-wingdings", CP, *MEDICAL, "two-columns", "docx", seed=59, change=ticked("sym", "分支机构")),
    case("cp-wingdings-doc", CP, *SENSORS, "two-columns", "doc", seed=59, change=ticked("sym", "科普教育基地", "分支机构")),
    case("cp-ticks-in-brackets", CP, *MEDICAL, "two-columns", "docx-breaks", seed=60, change=ticked("brackets", "分支机构", "地方仪器仪表学会")),
    case("cp-ticks-behind", CP, *SENSORS, "two-columns", "xlsx", seed=60, change=ticked("after", "分支机构")),
    case("cp-names-only", CP, *MEDICAL, "two-columns", "doc", seed=60, change=ticked("names", "分支机构", "科技志愿团队")),
    case("cs-boxes-to-click", CS, *SENSORS, "as-printed", "docx", seed=60, change=ticked("check", "分支机构", "会员所在单位")),
    case("cs-black-boxes", CS, *MEDICAL, "as-printed", "rtf", seed=60, change=ticked("black", "分支机构", "与本学会相关的其他组织或科技工作者", other="某市青少年宫")),
    # sheets
    replace(_HIDDEN, pages=(last_year(_HIDDEN.forms[0], 3), *_HIDDEN.pages), mess=("hidden-sheets",)),
    beside(case("nm-guide-before", NS, *CHIFENG, "numbered", "xlsx", seed=62), GUIDE, before=True),
    beside(case("xj-sheets-around", XJ, *URUMQI, "numbered", "xls", seed=62), SIGNED, Page((Line(""),), sheet="Sheet3")),
    beside(case("na-guide-before-ods", NA, *SHANXI, "as-printed", "ods", seed=62), GUIDE, before=True),
    case("nm-hidden-rows", NS, *HOHHOT, "as-printed", "xlsx", seed=63, mess="hidden-rows", repage=last_years_rows_hidden),
    case("nm-hidden-rows-xls", NS, *ORDOS, "as-printed", "xls", seed=63, mess="hidden-rows", repage=last_years_rows_hidden),
    case("nm-formulas", NS, *IMU, "numbered", "xlsx-office", seed=64, mess="formulas", change=stored(**_FORMULAS)),
    case("nm-formulas-xls", NS, *WUHAI, "numbered", "xls", seed=64, mess="formulas", change=stored(**_FORMULAS)),
    case("nm-formulas-uncomputed", NS, *ALXA, "numbered", "xlsx", seed=64, mess="formulas-without-value", change=stored(**{k: (s, ASK, v, f) for k, (s, _, v, f) in _FORMULAS.items()})),
    case("np-stored-dates", NP, *CHIFENG, "two-columns", "xlsx", seed=65, mess="date-serials", change=stored(period=("2023年5月20日", "2023-05-20", datetime(2023, 5, 20), 'yyyy"年"m"月"d"日"'), phone=("13900001501", "13900001501", 13900001501, "0"), postcode=("010020", "010020", 10020, "000000"), participants=("800人", 800, 800, '0"人"'))),
    case("np-stored-dates-xls", NP, *HOHHOT, "four-columns", "xls", seed=65, mess="date-serials", change=stored(period=("2023/5/22", "2023-05-22", datetime(2023, 5, 22), "yyyy/m/d"), phone=("13900001502", "13900001502", 13900001502, "General"), budget=("50,000元", 50000, 50000, '#,##0"元"'))),
    case("np-stored-dates-ods", NP, *ORDOS, "two-columns", "ods", seed=65, mess="date-serials", change=stored(period=("2023-05-26", "2023-05-26", datetime(2023, 5, 26), "yyyy-mm-dd"), postcode=("017000", "017000", 17000, "000000"))),
    case("np-stored-dates-excel-xml", NP, *IMU, "two-columns", "excelml-as-xls", seed=65, mess="date-serials", change=stored(period=("2023-05-26", "2023-05-26", datetime(2023, 5, 26), ""))),
    case("ty-formats-with-units", TY, *QINGXU, "numbered", "xlsx", seed=66, mess="number-formats", change=stored(held=("26场", 26, 26, '0"场"'), city=("3.50万元", 3.5, 3.5, '0.00"万元"'), offline=("12,600", 12600, 12600, "#,##0"), online=("1.2E+05", 120000, 120000, "#,##0_ "))),
    case("nm-notes-in-odd-cells", NS, *WUHAI, "numbered", "xlsx-moved", seed=67),
    case("nm-too-narrow", NS, *ALXA, "numbered", "xlsx-narrow", seed=67),
    case("nm-too-narrow-xls", NS, *CHIFENG, "numbered", "xls-narrow", seed=67),
    case("nm-phantom-rows", NS, *HOHHOT, "as-printed", "xlsx-phantom", seed=68),
    case("nm-wrong-dimension", NS, *ORDOS, "as-printed", "xlsx-misdimensioned", seed=68),
    case("nm-named-xls", NS, *IMU, "numbered", "xlsx-as-xls", seed=68, mess="wrong-ending"),
    case("nm-named-doc", NS, *WUHAI, "as-printed", "docx-as-doc", seed=68, mess="wrong-ending"),
    case("nm-rtf-named-doc", NS, *ALXA, "as-printed", "rtf-as-doc", seed=68, mess="wrong-ending"),
    case("nm-excel-web-archive", NS, *CHIFENG, "numbered", "mhtml-as-xls", seed=68),
    case("nm-xlsm", NS, *HOHHOT, "numbered", "xlsm", seed=69),
    case("sx-xlsm", SX, *SICHENG, "as-printed", "xlsm", seed=69),
    case("nm-excel-xml-texts", NS, *ORDOS, "as-printed", "excelml", seed=69),
    case("nm-writer-html", NS, *IMU, "as-printed", "html-writer", seed=69),
    case("nm-tabs", NS, *WUHAI, "numbered", "tsv-gb", seed=69),
    case("xj-csv", XJ, *HOTAN, "with-measures", "csv-plain", seed=69),
    # other messes
    under_cover("nm-cover", NS, *CHIFENG, "as-printed", "docx", seed=70),
    under_cover("nm-cover-doc", NS, *HOHHOT, "numbered", "doc", seed=70),
    under_cover("nm-cover-pdf", NS, *ORDOS, "as-printed", "pdf", seed=70),
    under_cover("na-cover-rtf", NA, *SHANXI, "as-printed", "rtf", seed=70),
    under_cover("np-cover", NP, *IMU, "four-columns", "docx-by-odt", seed=70),
    under_cover("xj-cover-html", XJ, *HOTAN, "across", "html-as-doc", seed=70),
    together("nm-both-forms", "docx", case("", NS, *WUHAI, "as-printed", "docx", seed=71), case("", NP, *WUHAI, "four-columns", "docx", seed=71)),
    together("nm-both-forms-xlsx", "xlsx", case("", NP, *ALXA, "two-columns", "xlsx", seed=71), case("", NS, *ALXA, "numbered", "xlsx", seed=71)),
    together("np-three-projects", "doc", *(case("", NP, *CHIFENG, "four-columns", "doc", seed=n, change=marked(name=(f"{name}进校园", f"{name}进校园"))) for n, name in ((72, "机器人"), (73, "天文"), (74, "气象")))),
    together("nm-two-units", "docx", case("", NS, *HOHHOT, "as-printed", "docx", seed=75), case("", NS, *ORDOS, "numbered", "docx", seed=75)),
    together("cs-both-forms-pdf", "pdf", case("", CP, *SENSORS, "two-columns", "pdf", seed=76), case("", CS, *SENSORS, "as-printed", "pdf", seed=76)),
    case("nm-one-number-for-two", NS, *WUHAI, "as-printed", "docx", seed=77, mess="shared-cell", repage=shared_value("宣传展板"), expect={"boards": ASK, "galleries": ASK}),
    case("nm-columns-swapped", NS, *ALXA, "as-printed", "docx", seed=78, mess="columns-swapped", repage=swapped),
    case("nm-columns-swapped-xlsx", NS, *CHIFENG, "as-printed", "xlsx", seed=78, mess="columns-swapped", repage=swapped),
    case("nm-contradicting-units", NS, *HOHHOT, "as-printed", "docx", seed=79, mess="contradicting-units", change=marked(public=("500人", ASK), participants=("1200人次", ASK), galleries=("300平方米", ASK), leaflets=("2000份", 2000), vehicles=("3台", 3))),
    case("xj-contradicting-units", XJ, *HOTAN, "as-printed", "doc", seed=79, mess="contradicting-units", change=marked(city=("50000元", 5.0), county=("12人", ASK), sponsors=("8000", 8000.0), other_money=("0.5亿元", 5000.0))),
    case("xj-one-row", XJ, *URUMQI, "one-row", "xlsx", seed=80),
    case("na-one-row-xls", NA, *SHANXI, "one-row", "xls", seed=80),
    case("xj-one-row-html", XJ, *HOTAN, "one-row", "html-as-xls", seed=80),
    case("nm-number-in-label-brackets", NS, *IMU, "as-printed", "docx", seed=81, mess="value-in-label-cell", change=lambda f: replace(f, entries=tuple(replace(e, label="参加活动人员 (1200人)", answer=Answer("", 1200)) if e.key == "participants" else e for e in f.entries))),
    case("nm-html-mail-of-a-sheet", NS, *WUHAI, "with-measures", "mail", seed=82),
    case("nm-text-mail", NS, *ALXA, "headless", "text-mail", seed=83, habits="unit plain"),
    case("nm-msg", NS, *ALXA, "as-printed", "doc", seed=87, archive="msg", inner="统计表"),
    case("np-winmail", NP, *CHIFENG, "four-columns", "docx", seed=87, archive="winmail", inner="备案表"),
    case("nm-forwarded", NS, *HOHHOT, "numbered", "xls", seed=87, archive="mail-in-mail", inner="统计表"),
    case("np-in-lines-doc", NP, *HOHHOT, "in-lines", "doc", seed=84),
    case("np-in-lines-pdf", NP, *ORDOS, "in-lines", "pdf", seed=85),
    case("cp-nested", CP, *MEDICAL, "nested", "docx", seed=86),
)  # fmt: skip

# files that hold none of the forms, and blanks
_EMPTY = fill(NS, "chifeng", "赤峰市科学技术局", seed=1)
BLANKS = (
    Case("none-roster", "xlsx", (), (SIGNED,), ("no-form",)),
    Case("none-letter", "docx", (), (Page((*cover(_EMPTY), Line("附：总结报告（略）"))),), ("no-form",)),
    Case("none-other-table", "doc", (), (tabled("2023年科普经费决算表", [["科目", "预算数（万元）", "决算数（万元）"], ["培训费", "3", "2.8"], ["宣传费", "5", "5.1"], ["合计", "8", "7.9"]]),), ("no-form",)),
)  # fmt: skip
