"""Forms that a real LibreOffice saved, in any of its formats, read as the forms they were."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from parsers.document import Document, Place
from parsers.formats import read_document
from parsers.marking import Mark, mark
from parsers.writing.sheet import Sheet, SheetCell
from parsers.writing.workbook import write_workbook

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
WORD_FILTER = "docx:MS Word 2007 XML"
EXCEL_FILTER = "xlsx:Calc MS Excel 2007 XML"
ROWS = [
    ("内 容", "数 量", "备 注"),
    ("参加单位 (个)", "３６", "约"),
    ("参加活动人员 (人)", "1,200", "其中: 科技人员 300人"),
    ("科普讲座\n（场）", "☑线下 □线上", "5月20日—5月27日"),
    ("说明", "可自行增加相关项目", ""),
]


@pytest.fixture(scope="module")
def convert(tmp_path_factory):
    """Return a function that converts bytes through soffice, by a profile of its own."""
    home = tmp_path_factory.mktemp("soffice")

    def run(data: bytes, source: str, wanted: str) -> bytes:
        (home / "out").mkdir(exist_ok=True)
        (home / f"form.{source}").write_bytes(data)
        command = [
            *(SOFFICE, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless"),
            *("--convert-to", wanted, "--outdir", str(home / "out"), str(home / f"form.{source}")),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return Path(home / "out" / f"form.{wanted.partition(':')[0]}").read_bytes()

    return run


def word_form() -> bytes:
    file = docx.Document()
    file.add_paragraph("2023年内蒙古科技活动周情况统计表")
    file.add_paragraph("填报单位：赤峰市科学技术局")
    table = file.add_table(len(ROWS), 3, style="Table Grid")
    for row, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(4, 1).merge(table.cell(4, 2))
    table.cell(1, 2).merge(table.cell(2, 2)).text = "其中: 科技人员 300人"
    file.add_paragraph("填表人：王芳")
    return saved(file)


def sheet_form() -> bytes:
    workbook = Workbook()
    page = workbook.active
    page.title = "统计表"
    page.append(["2023年情况统计表"])
    page.merge_cells("A1:C1")
    for row in ROWS:
        page.append(row)
    page.append(["经费", 1234567.5, 0.256])
    page["B7"].number_format, page["C7"].number_format = "#,##0.00", "0.0%"
    page.append(["邮编", 10020, 45066])
    page["B8"].number_format, page["C8"].number_format = "000000", 'yyyy"年"m"月"d"日"'
    page.append(["合计", "=SUM(B7:B8)", '=IF(B8>0,"有","无")'])
    return saved(workbook)


def saved(file) -> bytes:
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def seen(document: Document) -> list[tuple[object, ...]]:
    cells = [cell for table in document.tables for cell in table.cells if cell.text]
    return [
        *((c.row, c.column, c.text, c.row_span, c.column_span) for c in cells),
        *(paragraph.text for paragraph in document.paragraphs),
    ]


@pytest.mark.parametrize("middle", ["docx", "odt", "doc", "rtf"])
def test_a_word_form_saved_by_libreoffice_reads_the_same(convert, middle):
    original = word_form()
    data = convert(original, "docx", "docx" if middle == "docx" else middle)
    if middle != "docx":
        data = convert(data, middle, WORD_FILTER)
    assert seen(read_document(data, "docx")) == seen(read_document(original, "docx"))


@pytest.mark.parametrize("middle", ["xlsx", "ods", "xls"])
def test_a_workbook_saved_by_libreoffice_reads_the_same_and_has_its_sums(convert, middle):
    original = sheet_form()
    data = convert(original, "xlsx", middle)
    if middle != "xlsx":
        data = convert(data, middle, EXCEL_FILTER)
    found = seen(read_document(data, "xlsx"))
    typed = [cell for cell in found if cell[0] != 9 or cell[1] == 1]
    assert typed == seen(read_document(original, "xlsx"))
    assert (9, 3, "有", 1, 1) in found
    (total,) = [cell for cell in found if cell[:2] == (9, 2)]
    assert total[2].replace(",", "").rstrip("0") == "1244587.5"


def test_libreoffice_shows_the_marks_in_a_word_form(convert):
    places = [cell.place for cell in read_document(word_form(), "docx").tables[0].cells]
    marked = mark(word_form(), "docx", [Mark(place, f"看{place}") for place in places])
    xml = content(convert(marked, "docx", "odt"))
    assert xml.count("<office:annotation ") == len(places)
    assert "#ffe699" in xml
    again = read_document(convert(marked, "docx", WORD_FILTER), "docx")
    assert seen(again) == seen(read_document(word_form(), "docx"))


def test_libreoffice_shows_the_marks_in_a_workbook(convert):
    marks = [Mark(Place(sheet="统计表", ref=ref), f"看{ref}") for ref in ("B3", "C1", "E9")]
    xml = content(convert(mark(sheet_form(), "xlsx", marks), "xlsx", "ods"))
    assert xml.count("<office:annotation ") == 3
    assert "#ffe699" in xml


def test_libreoffice_takes_no_text_of_ours_for_a_formula(convert):
    row = tuple(SheetCell(text, "text") for text in ("=1+1", "+1", "-1", "@a", "#N/A"))
    data = convert(write_workbook([Sheet("表", (row,))]), "xlsx", "ods")
    assert "table:formula" not in content(data)
    assert "=1+1" in content(data)


def content(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("content.xml").decode()
