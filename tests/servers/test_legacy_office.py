"""Forms that a real LibreOffice saved as .doc and .xls read cell for cell as what they were."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from typing import TYPE_CHECKING

import docx
import pytest
from docx.shared import Cm
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from parsers.formats import read_document
from rules.folder.load import SHIPPED, load_campaigns
from rules.reader.fill_form import fill_form
from tests.unit.ooxml_files import document, p, t, tbl, tc, tr

if TYPE_CHECKING:
    from pathlib import Path

    from parsers.document import Document

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
AGAIN = "xlsx:Calc MS Excel 2007 XML"
TEXTS = (
    *("参加单位 (个)", "３６", "1,200", "约500余人", "其中: 科技人员 300人", "☑线下 □线上"),
    *("5月20日—5月27日", "50000元", "无", "—", "13900001234", "𠮷野", "第一行\n第二行", "a\tb", ""),
)
RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
WINGDINGS = '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'
BOX = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="c"/><w:enabled/>'
    '<w:checkBox><w:sizeAuto/><w:default w:val="{}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
    '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> QUOTE "12" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>100</w:delText></w:r></w:del>'
SHAPE = (
    '<w:r><w:pict><v:shape id="s" style="position:absolute;width:80pt;height:30pt"><v:textbox>'
    "<w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
CELLS = {
    "hidden": p(t("88") + t("（内部99）", "<w:vanish/>")),
    "struck": p(t("100", "<w:strike/>") + t("110", "<w:dstrike/>") + t("120")),
    "tracked": p(DELETED + f'<w:ins w:id="2" w:author="a">{t("120")}</w:ins>'),
    "symbol": p('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + t("是")),
    "ticked": p(t("R", WINGDINGS) + t("是") + t("£", WINGDINGS) + t("否")),
    "boxes": p(BOX.format(1) + t("同意 ") + BOX.format(0) + t("不同意")),
    "field": p(FIELD.format(t("12")) + t("个")),
    "raised": p(t("10") + t("2", '<w:vertAlign w:val="superscript"/>') + t("m")),
    "white": p(t("88") + t("ignore", '<w:color w:val="FFFFFF"/>')),
    "style": p(t("划") + t("不划", '<w:strike w:val="0"/>'), '<w:pStyle w:val="Struck"/>'),
    "nested": p(t("外")) + tbl(tr(tc(p(t("甲"))), tc(p(t("乙"))))) + p(t("尾")),
    "framed": p(t("甲") + SHAPE.format(p(t("框内500人")) + p(t("第二")))),
    "breaks": p("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r>") + p(t("d")),
    "surrogates": p(t("𠮷𠮷") + t("120", "<w:strike/>") + t("𠮷")),
}
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Struck"><w:name w:val="Struck"/>'
    '<w:basedOn w:val="Normal"/><w:rPr><w:strike/></w:rPr></w:style>'
)


def bytes_of(file) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def merged_at_random(seed: int) -> bytes:
    """Draw tables whose cells are merged as people do it: any rectangle."""
    chance = random.Random(seed)
    file = docx.Document()
    for _ in range(2):
        rows, columns = chance.randint(2, 8), chance.randint(2, 6)
        table = file.add_table(rows, columns, style="Table Grid")
        widths = [Cm(chance.uniform(1.2, 4)) for _ in range(columns)]
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = width
        _merge(table, chance, rows, columns)
        for cell in {cell._tc: cell for row in table.rows for cell in row.cells}.values():
            cell.text = chance.choice(TEXTS)
        file.add_paragraph(chance.choice(TEXTS) or "说明")
    return bytes_of(file)


def _merge(table, chance: random.Random, rows: int, columns: int) -> None:
    taken: set[tuple[int, int]] = set()
    for _ in range(4):
        top, left = chance.randrange(rows), chance.randrange(columns)
        bottom = min(rows - 1, top + chance.randint(0, 3))
        right = min(columns - 1, left + chance.randint(0, 3))
        area = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if len(area) > 1 and not area & taken:
            taken |= area
            table.cell(top, left).merge(table.cell(bottom, right))


def forms() -> dict[str, bytes]:
    made = {f"merged{seed}": merged_at_random(seed) for seed in range(12)}
    for name, inside in CELLS.items():
        row = tr(tc(p(t("标签"))), tc(inside))
        made[name] = document(p(t("前")) + tbl(row) + p(t("后")), styles=STYLES)
    grouped = (
        tr(tc(p(t("组")), RESTART), tc(p(t("甲"))), tc(p(t("1")))),
        tr(tc(p(""), CONTINUE), tc(p(t("乙"))), tc(p(t("2")))),
        tr(tc(p(t("组二")), RESTART), tc(p(t("丙"))), tc(p(t("3")))),
        tr(tc(p(""), CONTINUE), tc(p(t("丁"))), tc(p(t("4")))),
    )
    made["grouped"] = document(tbl(*grouped) + p(t("后")))
    for campaign in load_campaigns(SHIPPED):
        for form in campaign.forms.values():
            made[f"{campaign.id}-{form.id}"] = campaign.blanks[form.id]
            asked = [field for field in form.fields if field.within is None]
            values = {f.key: f.choices[0] if f.choices else "12" for f in asked}
            made[f"{campaign.id}-{form.id}-filled"] = fill_form(campaign, form, values)
    return made


FORMS = forms()


def convert(home: Path, wanted: str, *files: Path) -> None:
    command = [
        *(SOFFICE, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless"),
        *("--convert-to", wanted, "--outdir", str(home / "out"), *map(str, files)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("soffice")


@pytest.fixture(scope="module")
def saved(home):
    """Return where soffice put every form as .doc, all in one call."""
    for name, data in FORMS.items():
        (home / f"{name}.docx").write_bytes(data)
    convert(home, "doc", *(home / f"{name}.docx" for name in FORMS))
    return home / "out"


def seen(found: Document) -> list[tuple[object, ...]]:
    """Everything that was read; columns by rank, as a .doc has no columns that no cell ends at."""
    out: list[tuple[object, ...]] = [(found.flags,)]
    for table in found.tables:
        edges = sorted({n for c in table.cells for n in (c.column, c.column + c.column_span)})
        for cell in table.cells:
            left, right = edges.index(cell.column), edges.index(cell.column + cell.column_span)
            out.append((cell.row, left, cell.row_span, right, cell.text, cell.place, cell.flags))
    return out + [(paragraph.text, paragraph.place) for paragraph in found.paragraphs]


@pytest.mark.parametrize("name", sorted(FORMS))
def test_a_form_saved_as_doc_reads_as_the_docx_it_was(saved, name):
    found = read_document((saved / f"{name}.doc").read_bytes(), "doc")
    assert seen(found) == seen(read_document(FORMS[name], "docx"))


def sheets() -> bytes:
    book = Workbook()
    page = book.active
    page.title = "统计表"
    rows = [
        ["2023年情况统计表"],
        ["经费", 1234567.5, 0.256, 45066, 10020],
        ["合计", "=SUM(B2:C2)", '=IF(B2>0,"有","无")', "=1/0", True],
        ["电话", 13900001234, "13900001234", -3.5, None],
        [CellRichText("合计", TextBlock(InlineFont(strike=True), "100"), "120"), "一\n二", 99],
    ]
    for row in rows:
        page.append(row)
    formats = ("#,##0.00", "0.0%", 'yyyy"年"m"月"d"日"', "000000")
    for cell, code in zip(page["B2:E2"][0], formats, strict=True):
        cell.number_format = code
    page["D4"].number_format = "#,##0.0;[Red](#,##0.0)"
    page["C5"].font = Font(strike=True)
    for number in range(6, 1500):  # strings over several continuations
        page.append([f"第{number}行内容", number, number + 0.25, "大" * (number % 40)])
    page.merge_cells("A1:C1")
    page.merge_cells("F2:G4")
    page["F2"] = "合并"
    page.row_dimensions[4].hidden = page.column_dimensions["E"].hidden = True
    hidden = book.create_sheet("藏")
    hidden["B2"], hidden.sheet_state = "密", "hidden"
    return bytes_of(book)


def test_a_workbook_saved_as_xls_reads_as_the_xlsx_saved_beside_it(home):
    (home / "book.xlsx").write_bytes(sheets())
    for wanted in ("xls", AGAIN):
        convert(home, wanted, home / "book.xlsx")
    found = read_document((home / "out" / "book.xls").read_bytes(), "xls")
    assert found.tables == read_document((home / "out" / "book.xlsx").read_bytes(), "xlsx").tables
    assert sum(len(table.cells) for table in found.tables) > 6000
    assert "#DIV/0!" in {cell.text for cell in found.tables[0].cells}
