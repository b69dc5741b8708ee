"""What else clerks do: other headings, more columns, tables of their own before the form, odd exports."""

# ruff: noqa: E501 - a table, a file a line

from __future__ import annotations

from dataclasses import replace

from tests.draw.clerks import as_text
from tests.draw.clerks.answers import ASK
from tests.draw.clerks.as_docx import docx, merged
from tests.draw.clerks.as_sheet import edited, xlsx
from tests.draw.clerks.case import CP, NA, NP, NS, SX, TY, XJ, Case, case
from tests.draw.clerks.cases_marks import marked, table_of, tabled, together, with_table
from tests.draw.clerks.filled import ADDED
from tests.draw.clerks.page import CENTRE, Cel, Line, Page, Tab, row

CHIFENG, HOHHOT, ORDOS = (
    ("chifeng", "赤峰市科学技术局"),
    ("hohhot", "呼和浩特市科技局"),
    ("ordos", "鄂尔多斯市科学技术局"),
)
BAOTOU, WUHAI, XINGAN = (
    ("baotou", "包头市科学技术局"),
    ("wuhai", "乌海市科技局"),
    ("xingan", "兴安盟科学技术局"),
)
URUMQI, HAMI, LIAONING = (
    ("urumqi", "乌鲁木齐市科技局"),
    ("hami", "哈密市科学技术局"),
    ("liaoning", "辽宁省科技厅"),
)
SENSORS = ("sensors", "传感器分会")
YINGZE, TOWN = ("yingze", "迎泽区科技局"), ("caogou", "泗县草沟镇人民政府")


def headed(*texts: str):
    """Retype the heading row."""

    def change(page: Page) -> Page:
        table = table_of(page)
        first = tuple(replace(c, text=t) for c, t in zip(table.rows[0], texts, strict=True))
        return with_table(page, replace(table, rows=(first, *table.rows[1:])))

    return change


def line(old: str, new: str):
    """Write a line over the table otherwise; "" takes it out."""

    def change(page: Page) -> Page:
        blocks = []
        for b in page.blocks:
            hit = isinstance(b, Line) and old in b.text
            if not hit:
                blocks.append(b)
            elif new:
                blocks.append(replace(b, text=new))
        return replace(page, blocks=tuple(blocks))

    return change


def untitled(page: Page) -> Page:
    """Leave only the table and the line that says whose it is."""
    kept = tuple(b for b in page.blocks if isinstance(b, Tab) or "科技局" in getattr(b, "text", ""))
    return replace(page, blocks=kept)


def of_two_kinds(page: Page) -> Page:
    """Split each number into 线上 and 线下, and give their sum."""
    table = table_of(page)
    top = (
        table.rows[0][0],
        *(Cel(t, align=CENTRE) for t in ("线上", "线下", "合计")),
        table.rows[0][2],
    )
    rows = [top]
    for r in table.rows[1:]:
        if len(r) < 3 or not r[1].text.isdigit():
            rows.append(
                (r[0], Cel(), Cel(), *r[1:]) if len(r) == 3 else (r[0], replace(r[1], cols=4))
            )
            continue
        number = int(r[1].text)
        part = number // 3
        rows.append((r[0], Cel(str(part)), Cel(str(number - part)), r[1], r[2]))
    return with_table(page, replace(table, rows=tuple(rows), widths=(60, 20, 20, 24, 40)))


def by_county(page: Page) -> Page:
    """Give each county a column before the sum."""
    table = table_of(page)
    top = (table.rows[0][0], *(Cel(t, align=CENTRE) for t in ("红山区", "松山区", "合计")))
    rows = [top]
    for r in table.rows[1:]:
        if len(r) < 3:
            continue
        if not r[1].text.isdigit():
            rows.append((r[0], Cel(), Cel(), r[1]))
            continue
        number = int(r[1].text)
        part = number // 4
        rows.append((r[0], Cel(str(part)), Cel(str(number - part)), r[1]))
    return with_table(page, replace(table, rows=tuple(rows), widths=(60, 28, 28, 28)))


def starred(page: Page) -> Page:
    """Mark what has to be filled in with a star."""
    table = table_of(page)
    rows = [
        (replace(r[0], text=f"*{r[0].text}"), *r[1:]) if len(r) == 3 and n else r
        for n, r in enumerate(table.rows)
    ]
    return with_table(page, replace(table, rows=tuple(rows)))


def circled(page: Page) -> Page:
    table = table_of(page)
    rows = [
        (replace(r[0], text=f"{chr(0x2460 + n - 1)}{r[0].text}"), *r[1:])
        if len(r) == 3 and 0 < n <= 20
        else r
        for n, r in enumerate(table.rows)
    ]
    return with_table(page, replace(table, rows=tuple(rows)))


def upright(page: Page) -> Page:
    """Put narrow empty columns between label and number."""
    table = table_of(page)
    rows = [
        (r[0], Cel(), r[1], Cel(), *r[2:]) if len(r) == 3 else (r[0], replace(r[1], cols=4))
        for r in table.rows
    ]
    return with_table(page, replace(table, rows=tuple(rows), widths=(60, 4, 36, 4, 50)))


CONTACTS = Tab(
    (
        row("填报人", "王秀芳", "职务", "科员"),
        row("办公电话", "0476-8330000", "手机", "13900001601"),
        row("单位地址", Cel("新城区科技路18号", cols=3)),
    ),
    (30, 50, 30, 50),
)


def contacts_first(page: Page) -> Page:
    """Set a table of who fills it in before the form's own."""
    at = next(n for n, b in enumerate(page.blocks) if isinstance(b, Tab))
    blocks = (*page.blocks[:at], CONTACTS, Line(""), *page.blocks[at:])
    return replace(page, blocks=blocks).tagged("other-table-first")


def contacts_after(page: Page) -> Page:
    return replace(page, blocks=(*page.blocks, Line(""), CONTACTS)).tagged("other-table-after")


def strict(data: bytes, *parts: str) -> bytes:
    """Save as Strict Open XML does: other namespaces."""
    pairs = (
        (
            r"http://schemas\.openxmlformats\.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        (
            r"http://schemas\.openxmlformats\.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
    )
    for part in parts:
        data = edited(data, pairs[0] if part.startswith("word") else pairs[1], part=part)
    return data


def guarded(pages) -> bytes:
    """Write CSV as programs do that keep digits: every number as ="36"."""
    text = as_text.table(merged(pages), charset="utf-8").decode()
    lines = [
        ",".join(f'"=""{p}"""' if p.isdigit() else p for p in one.split(","))
        for one in text.split("\r\n")
    ]
    return "\r\n".join(lines).encode("utf-8-sig")


def utf16(pages) -> bytes:
    """Write what Excel calls Unicode text."""
    return as_text.table(merged(pages), charset="utf-16", delimiter="\t")


def typed_text(pages) -> bytes:
    return as_text.typed(merged(pages)).encode("gb18030")


def vertical(pages) -> bytes:
    """Turn the labels' text upright."""
    data = docx(merged(pages))
    return edited(
        data,
        (
            r'<w:vAlign w:val="center"/></w:tcPr>',
            '<w:vAlign w:val="center"/><w:textDirection w:val="tbRlV"/></w:tcPr>',
        ),
        part="word/document.xml",
    )


SPOKEN = marked(
    units=("共计36个单位", 36), participants=("1200余名", 1200), public=("近2万人次", 20_000), leaflets=("12000余份", 12_000),
    consultations=("860人次左右", 860), village_visits=("24次。", 24), boards=("58块（含电子屏6块）", {"any": [58, ASK]}), courses=("15期", {"any": [15, ASK]}),
    lectures=("11场；", 11), messages=("30000余条", 30_000), trainees=("一千三百余人次", 1300), vehicles=("8辆/次", {"any": [8, ASK]}),
)  # fmt: skip


def counties(name: str, saved: str) -> Case:
    """Send the city's sum and its counties' own forms as sheets of one book."""
    whole = case("", NS, *CHIFENG, "numbered", saved, seed=121)
    parts = [
        case("", NS, "chifeng", who, "numbered", saved, seed=n)
        for n, who in ((122, "红山区科技局"), (123, "松山区科技局"))
    ]
    made = together(name, saved, whole, *parts, mess="counties-forms")
    return replace(made, unscored=True)


HABIT_CASES = (
    case("nm-spoken", NS, *CHIFENG, "as-printed", "docx", seed=101, mess="words-around-numbers", change=SPOKEN),
    case("nm-spoken-xls", NS, *HOHHOT, "numbered", "xls", seed=101, mess="words-around-numbers", change=SPOKEN),
    case("nm-other-headings", NS, *ORDOS, "as-printed", "docx", seed=102, mess="headings-reworded", repage=headed("项目", "数量（请填数字）", "说明")),
    case("nm-other-headings-xlsx", NS, *BAOTOU, "as-printed", "xlsx", seed=102, mess="headings-reworded", repage=headed("统计内容", "数  量", "备  注")),
    case("nm-untitled", NS, *WUHAI, "as-printed", "docx", seed=103, mess="no-title", repage=untitled),
    case("nm-annex-in-title", NS, *XINGAN, "as-printed", "doc", seed=104, mess="title-retyped", repage=line("情况统计表", "附件2：2023年内蒙古自治区科技活动周情况统计表")),
    case("nm-title-of-the-unit", NS, *CHIFENG, "as-printed", "docx", seed=105, mess="title-retyped", repage=line("情况统计表", "赤峰市2023年科技活动周情况统计表")),
    case("xj-title-of-the-unit", XJ, *URUMQI, "as-printed", "docx", seed=105, mess="title-retyped", mailbox="2023-xinjiang", repage=line("情况统计表", "乌鲁木齐市2023年科技活动周开展情况统计表")),
    case("nm-date-before-unit", NS, *HOHHOT, "as-printed", "docx", seed=106, mess="unit-line-retyped", repage=line("单位", "填报日期：2023年6月8日            填报单位：呼和浩特市科技局")),
    case("nm-two-kinds", NS, *ORDOS, "as-printed", "docx", seed=107, mess="columns-added", repage=of_two_kinds),
    case("nm-two-kinds-xls", NS, *BAOTOU, "as-printed", "xls", seed=107, mess="columns-added", repage=of_two_kinds),
    case("nm-by-county", NS, *CHIFENG, "as-printed", "xlsx", seed=108, mess="columns-added", repage=by_county),
    case("nm-starred", NS, *WUHAI, "as-printed", "docx", seed=109, mess="marks-before-labels", repage=starred),
    case("nm-circled", NS, *XINGAN, "as-printed", "odt", seed=110, mess="marks-before-labels", repage=circled),
    case("nm-narrow-columns-between", NS, *CHIFENG, "as-printed", "doc", seed=111, mess="columns-added", repage=upright),
    case("nm-contacts-first", NS, *HOHHOT, "as-printed", "docx", seed=112, repage=contacts_first),
    case("nm-contacts-after-pdf", NS, *ORDOS, "numbered", "pdf", seed=112, repage=contacts_after),
    case("na-contacts-first-xlsx", NA, *LIAONING, "as-printed", "xlsx", seed=112, repage=contacts_first),
    case("np-contacts-after", NP, *BAOTOU, "four-columns", "docx", seed=112, repage=contacts_after),
    case("nm-strict-docx", NS, *WUHAI, "as-printed", "docx", seed=113, mess="strict-xml", after=lambda d: strict(d, "word/document.xml", "word/styles.xml")),
    case("xj-strict-xlsx", XJ, *HAMI, "numbered", "xlsx", seed=113, mess="strict-xml", write=lambda p: strict(xlsx(p), "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml")),
    case("nm-guarded-csv", NS, *XINGAN, "numbered", "csv", seed=114, mess="digits-guarded", write=guarded),
    case("ty-unicode-text", TY, *YINGZE, "numbered", "txt", seed=114, write=utf16),
    case("nm-typed-text", NS, *CHIFENG, "headless", "txt", seed=115, write=typed_text),
    case("np-typed-text", NP, *HOHHOT, "in-lines", "txt", seed=115, write=typed_text),
    case("nm-upright-text", NS, *ORDOS, "as-printed", "docx", seed=116, mess="text-upright", write=vertical),
    case("nm-flat-odt", NS, *BAOTOU, "as-printed", "fodt", seed=117),
    case("sx-flat-ods", SX, *TOWN, "as-printed", "fods", seed=117),
    counties("nm-counties", "xlsx"),
    case("np-values-over-lines", NP, *WUHAI, "four-columns", "docx", seed=118, mess="values-over-lines", change=marked(organiser=("乌海市\n科学技术局", "乌海市科学技术局"), period=("2023年5月20日\n至5月26日", "2023-05-20/2023-05-26"), phone=("0473-2990000\n13900001701", "0473-2990000、13900001701"), address=("海勃湾区\n新华大街5号", "海勃湾区新华大街5号"))),
    case("np-values-over-lines-xls", NP, *XINGAN, "two-columns", "xls", seed=118, mess="values-over-lines", change=marked(period=("5月22日\n5月24日", {"any": ["2023-05-22,2023-05-24", ASK]}), budget=("3万元\n（自筹）", {"any": [30000, ASK]}), participants=("350人\n（每天）", ASK))),
    case("nm-scientists-in-the-number", NS, *CHIFENG, "as-printed", "docx", seed=119, mess="sub-value-in-value", change=marked(participants=("1200（其中科技人员130）", 1200)), expect={"scientists": {"any": [130, "missing"]}}),
    case("sx-roman", SX, *TOWN, "across", "docx", seed=120, mess="marks-before-labels", change=lambda f: replace(f, entries=tuple(replace(e, label=f"（{n}）{e.label}") for n, e in enumerate(f.entries, 1)))),
)  # fmt: skip


def labelled(**labels: str):
    """Retype some labels."""
    return lambda filled: replace(
        filled, entries=tuple(replace(e, label=labels.get(e.key, e.label)) for e in filled.entries)
    )


def then(*changes):
    """Do one change after the other."""

    def change(filled):
        for one in changes:
            filled = one(filled)
        return filled

    return change


_TELEPHONE = then(labelled(phone="联系人电话"), marked(phone=("0470 8200018", "0470-8200018")))
_MOBILE = then(labelled(phone="联系人电话"), marked(phone=("139 0000 1202", "13900001202")))
_CONTACT = marked(
    contact=(
        "电话：139-0000-1203\n邮箱：liu-siyu@example.cn",
        "电话：139-0000-1203\n邮箱：liu-siyu@example.cn",
    )
)
_PLATFORM = then(
    labelled(platform="拟以学会哪类组织平台名义参与开展和宣传"),
    marked(contact=("13900001801", "13900001801")),
)

# what a sweep over thousands of random copies found
SWEPT_CASES = (
    case("np-telephone-in-lines", NP, *CHIFENG, "in-lines", "xlsx", seed=131, change=_TELEPHONE),
    case("np-mobile-in-lines", NP, *HOHHOT, "in-lines", "docx", seed=131, change=_MOBILE),
    case("np-mobile-beside", NP, *ORDOS, "in-groups", "xlsx", seed=132, change=_MOBILE),
    case("cp-contact-in-label-cell", CP, *SENSORS, "in-label-cell", "mhtml-as-xls", seed=133, change=_CONTACT),
    case("cp-contact-in-label-cell-xlsm", CP, *SENSORS, "in-label-cell", "xlsm", seed=134, change=_CONTACT),
    case("np-summary-last", NP, *BAOTOU, "in-label-cell", "html-as-doc", seed=135, style="mixed"),
    case("np-summary-last-xlsm", NP, *WUHAI, "in-label-cell", "xlsm", seed=136),
    case("np-summary-last-docx", NP, *XINGAN, "in-label-cell", "docx", seed=137),
    case("cp-platform-in-lines", CP, *SENSORS, "in-lines", "html-as-xls", seed=138, change=_PLATFORM),
    case("cp-platform-in-lines-xlsx", CP, *SENSORS, "in-lines", "xlsx", seed=139, change=_PLATFORM),
    case("nm-numbered-rows-added", NS, *CHIFENG, "headless", "xlsx", seed=140, style="broken", change=lambda f: f.with_rows(*ADDED[:2])),
    case("cp-groups", CP, *SENSORS, "in-groups", "html-as-xls", seed=141, style="colons"),
    case("sx-flat-labels-csv", SX, *TOWN, "numbered", "tsv-gb", seed=142),
    case("sx-flat-labels-split-csv", SX, *TOWN, "split", "csv-plain", seed=143),
    case("na-nil-behind-labels", NA, *LIAONING, "in-label-cell", "xlsx", seed=144, habits="nil-words"),
    case("sx-nil-behind-labels", SX, *TOWN, "in-label-cell", "docx", seed=145, habits="nil-words"),
    case("nm-nil-behind-labels-tsv", NS, *HOHHOT, "in-label-cell", "tsv-gb", seed=146, habits="nil-words"),
    case("ty-joined-reworded", TY, *YINGZE, "joined", "docx", seed=147, style="reworded"),
    case("na-joined-reworded-mail", NA, *LIAONING, "joined", "mail", seed=148, style="reworded"),
    case("ty-measures-reworded", TY, *YINGZE, "with-measures", "mhtml-as-doc", seed=149, style="reworded", habits="unit"),
    case("np-stacked-csv", NP, *ORDOS, "stacked", "csv-plain", seed=150),
    case("cp-stacked-xlsx", CP, *SENSORS, "stacked", "xlsx-moved", seed=151, style="broken"),
    case("sx-one-row-csv", SX, *TOWN, "one-row", "tsv-gb", seed=152),
)  # fmt: skip

SHEETS_OF_OTHERS = (
    Case("none-last-years-summary", "docx", (), (Page((Line("2022年科技活动周工作总结", CENTRE, bold=True, size=16), Line("一、参加活动人员1200人，发放资料3000份，举办科技报告会5场。"), Line("二、公众参与2万人次。"))),), ("no-form",)),
    Case("none-price-list", "xls", (), (tabled("物资采购清单", [["序号", "品名", "单位", "数量", "备注"], ["1", "宣传展板", "块", "20", ""], ["2", "资料发放袋", "个", "500", ""], ["3", "药品赠送箱", "箱", "3", ""]]),), ("no-form",)),
)  # fmt: skip
