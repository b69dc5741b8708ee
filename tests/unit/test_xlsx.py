"""A workbook reads as its sender saw it, whatever stands in its XML."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from parsers.document import Cell, Origin
from parsers.formats import read_document
from parsers.unreadable import Unreadable
from tests.unit.ooxml_files import PLAIN_STYLES, book, document, packed, strict

GENERAL = "General"
SHOWN = [
    (8432, "#,##0", "8,432"),
    (1256780, "#,##0", "1,256,780"),
    (15, "0.00", "15.00"),
    (0.256, "0.0%", "25.6%"),
    (0.256, "0%", "26%"),
    (10020, "000000", "010020"),
    (1256780, '0!.0,"万"', "125.7万"),
    (1256780, r'0\.0,"万"', "125.7万"),
    (1256780, '0.0,,"百万"', "1.3百万"),
    (300, '0"人"', "300人"),
    (300, 'General"人"', "300人"),
    (12345678, '[>=10000]0!.0,"万";0', "1234.6万"),
    (123, '[>=10000]0!.0,"万";0', "123"),
    (13847162059, GENERAL, "13847162059"),
    (0.1 + 0.2, GENERAL, "0.3"),
    (386.7, GENERAL, "386.7"),
    (1 / 3, GENERAL, "0.333333333"),
    (-5, GENERAL, "-5"),
    (-5, "0;[Red]-0", "-5"),
    (-1234.5, "#,##0.00;(#,##0.00)", "(1,234.50)"),
    (-0.4, "0", "0"),
    (2.5, "0", "3"),
    (0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    (1234.5, '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ', "¥1,234.50"),
    (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
    (1234567.891, "#,##0.##", "1,234,567.89"),
    (0.5, "#.##", ".5"),
    (12345, "0.00E+00", "1.23E+04"),
    (12.5, "# ?/?", "12.5"),
    (4713208711, "0000-0000000", "0471-3208711"),
    (date(2023, 5, 20), 'yyyy"年"m"月"d"日"', "2023年5月20日"),
    (date(2023, 5, 20), "yyyy/m/d", "2023/5/20"),
    (date(2023, 5, 20), '[$-804]yyyy"年"m"月"d"日";@', "2023年5月20日"),
    (date(2023, 5, 20), "mm-dd-yy", "2023/5/20"),
    (date(2023, 5, 20), r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy", "2023年5月20日"),
    (date(2023, 5, 20), "[$-804]aaaa", "星期六"),
    (date(2023, 5, 20), "[$-804]mmmd", "五月20"),
    (date(2023, 5, 20), "d-mmm-yy", "20-May-23"),
    (datetime(2023, 5, 20, 18, 5), "yyyy-mm-dd hh:mm", "2023-05-20 18:05"),  # noqa: DTZ001
    (datetime(2023, 5, 20, 18, 5), '上午/下午h"时"mm"分"', "下午6时05分"),  # noqa: DTZ001
    (1.25, "[h]:mm", "30:00"),
    (True, GENERAL, "TRUE"),
    ("  赤峰市 ", GENERAL, "赤峰市"),
    ("12", '@"人"', "12人"),
    (1212, "@", "1212"),
    (13804710001, "@", "13804710001"),
    (1212, '@"人"', "1212"),
    (-3, "0;@", "-3"),
    (0, "0;-0;@", "0"),
    (0, "0;-0;;@", ""),
    ("=SUM(", "@", "=SUM("),
]


@pytest.mark.parametrize(("value", "code", "text"), SHOWN)
def test_a_value_is_shown_by_its_number_format(value: object, code: str, text: str):
    workbook = Workbook()
    cell = workbook.active.cell(1, 1)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.number_format = code
    buffer = io.BytesIO()
    workbook.save(buffer)
    assert read_document(buffer.getvalue(), "xlsx").tables[0].cells[0].text == text


def cells(*sheets: str, **more: str) -> dict[str, Cell]:
    found = read_document(book(*sheets, **more), "xlsx")  # type: ignore[arg-type]
    return {str(cell.place): cell for table in found.tables for cell in table.cells}


def only(inside: str, **more: str) -> Cell:
    return cells(f'<row r="1">{inside}</row>', **more)["Sheet1!A1"]


def test_a_number_is_kept_exactly_beside_its_text():
    cell = only('<c r="A1"><v>0.25600000000000001</v></c>')
    assert (cell.text, cell.number) == ("0.256", Decimal("0.256"))


def test_an_eighteen_digit_number_is_flagged_as_having_lost_digits():
    assert only('<c r="A1"><v>1.50102198001011E+17</v></c>').flags == {"precision-lost"}


def test_a_date_is_kept_as_a_moment_in_both_systems():
    dated = PLAIN_STYLES.replace('<cellXfs><xf numFmtId="0"', '<cellXfs><xf numFmtId="31"')
    cell = only('<c r="A1"><v>45066</v></c>', styles=dated)
    assert (cell.text, cell.moment) == ("2023年5月20日", _day(2023, 5, 20))
    properties = '<workbookPr date1904="1"/>'
    later = only('<c r="A1"><v>43604</v></c>', styles=dated, properties=properties)
    assert (later.text, later.moment) == ("2023年5月20日", _day(2023, 5, 20))
    early = only('<c r="A1"><v>1</v></c>', styles=dated)
    assert early.moment == _day(1900, 1, 1)
    assert only('<c r="A1"><v>60</v></c>', styles=dated).moment is None


def _day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, tzinfo=UTC).replace(tzinfo=None)


def test_an_iso_date_is_a_moment():
    dated = PLAIN_STYLES.replace('<cellXfs><xf numFmtId="0"', '<cellXfs><xf numFmtId="31"')
    cell = only('<c r="A1" t="d"><v>2023-05-20T00:00:00</v></c>', styles=dated)
    assert (cell.text, cell.moment) == ("2023年5月20日", _day(2023, 5, 20))


def test_a_formula_gives_its_stored_result():
    cell = only('<c r="A1"><f>SUM(B1:B9)</f><v>120</v></c>')
    assert (cell.text, cell.origin, cell.flags) == ("120", Origin.FORMULA, frozenset())


@pytest.mark.parametrize("stored", ["", "<v/>", "<v></v>"])
def test_a_formula_without_result_is_flagged_not_guessed(stored: str):
    cell = only(f'<c r="A1"><f>1+1</f>{stored}</c>')
    assert (cell.text, cell.number, cell.flags) == ("", None, {"no-cached-value"})


def test_a_formula_that_gives_empty_text_is_an_empty_cell():
    formula = '<c r="B1" t="str"><f>IF(1,"")</f><v/></c>'
    row = f'<row r="1"><c r="A1"><v>1</v></c>{formula}<c r="C1"><v>2</v></c></row>'
    found = cells(row)
    assert (found["Sheet1!B1"].text, found["Sheet1!B1"].flags) == ("", frozenset())


def test_an_error_value_is_flagged():
    cell = only('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>')
    assert (cell.text, cell.flags) == ("#DIV/0!", {"error-value"})


STRUCK = "<si><r><t>合计</t></r><r><rPr><strike/></rPr><t>100</t></r><r><t>120</t></r></si>"
PHONETIC = '<si><t>乌云</t><rPh sb="0" eb="2"><t>ウユン</t></rPh></si>'


def test_struck_text_is_left_out_with_a_flag():
    cell = only('<c r="A1" t="s"><v>0</v></c>', strings=STRUCK)
    assert (cell.text, cell.flags) == ("合计120", {"struck-left-out"})
    inline = STRUCK.replace("<si>", "<is>").replace("</si>", "</is>")
    again = only(f'<c r="A1" t="inlineStr">{inline}</c>')
    assert (again.text, again.flags) == ("合计120", {"struck-left-out"})


def test_a_raised_digit_is_no_digit_of_the_number_before_it():
    raised = "<r><rPr><vertAlign val='superscript'/></rPr><t>1</t></r>"
    strings = f"<si><r><t>120</t></r>{raised}<r><t>个</t></r></si>"
    cell = only('<c r="A1" t="s"><v>0</v></c>', strings=strings)
    assert (cell.text, cell.flags) == ("120¹个", {"superscript"})
    inline = strings.replace("<si>", "<is>").replace("</si>", "</is>")
    assert only(f'<c r="A1" t="inlineStr">{inline}</c>').text == "120¹个"
    lowered = inline.replace("superscript", "subscript")
    assert only(f'<c r="A1" t="inlineStr">{lowered}</c>').text == "120₁个"


def test_a_cell_in_a_struck_font_is_left_out_with_a_flag():
    styles = PLAIN_STYLES.replace("<font/>", "<font><strike/></font>")
    cell = only('<c r="A1"><v>100</v></c>', styles=styles)
    assert (cell.text, cell.number, cell.flags) == ("", None, {"struck-left-out"})


def test_phonetic_hints_are_not_text():
    assert only('<c r="A1" t="s"><v>0</v></c>', strings=PHONETIC).text == "乌云"


def test_escaped_characters_are_decoded():
    strings = "<si><t>第一行_x000D_\n第二行_x005F_</t></si>"
    assert only('<c r="A1" t="s"><v>0</v></c>', strings=strings).text == "第一行\n第二行_"


def test_a_string_index_out_of_range_is_an_empty_cell():
    assert not cells('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')


def test_a_format_that_hides_the_value_is_flagged():
    styles = f'<numFmts><numFmt numFmtId="200" formatCode=";;;"/></numFmts>{PLAIN_STYLES}'
    styles = styles.replace('<cellXfs><xf numFmtId="0"', '<cellXfs><xf numFmtId="200"')
    cell = only('<c r="A1"><v>5</v></c>', styles=styles)
    assert (cell.text, cell.number, cell.flags) == ("", Decimal(5), {"hidden-left-out"})


def test_hidden_rows_columns_and_sheets_are_flagged():
    rows = '<row r="1" hidden="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
    sheet = f'<cols><col min="2" max="3" hidden="1"/></cols><sheetData>{rows}</sheetData>'
    data = book(sheet, rows, states=("visible", "veryHidden"))
    shown, hidden = read_document(data, "xlsx").tables
    assert [cell.flags for cell in shown.cells] == [{"hidden-row"}, {"hidden-row", "hidden-column"}]
    assert (hidden.number, hidden.sheet, hidden.flags) == (2, "Sheet2", {"hidden-sheet"})


def test_rows_and_cells_without_references_are_counted():
    found = cells("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>")
    texts = {place: cell.text for place, cell in found.items() if cell.text}
    assert texts == {"Sheet1!A1": "1", "Sheet1!B1": "2", "Sheet1!A2": "3"}


MERGED = (
    '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>99</v></c></row>'
    '<row r="3"><c r="C3"><v>2</v></c></row></sheetData>'
    '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="bad"/></mergeCells>'
)


def test_merged_cells_are_read_once_with_spans_and_blanks_have_places():
    (table,) = read_document(book(MERGED), "xlsx").tables
    found = [(c.place.ref, c.text, c.row_span, c.column_span) for c in table.cells]
    assert found == [
        ("A1", "1", 2, 2),
        ("C1", "", 1, 1),
        ("C2", "", 1, 1),
        ("A3", "", 1, 1),
        ("B3", "", 1, 1),
        ("C3", "2", 1, 1),
    ]


def test_strict_workbooks_read_the_same():
    data = book(MERGED)
    assert read_document(strict(data), "xlsx").blocks == read_document(data, "xlsx").blocks


def test_one_real_cell_in_the_last_corner_is_read_alone():
    row = '<row r="1048576"><c r="XFD1048576"><v>7</v></c></row>'
    sheet = f'<dimension ref="A1:B2"/><sheetData>{row}</sheetData>'
    assert [(p, c.text) for p, c in cells(sheet).items()] == [("Sheet1!XFD1048576", "7")]


def test_merges_over_whole_sheets_do_not_make_huge_grids():
    ranges = "".join(f'<mergeCell ref="A{n}:XFD1048576"/>' for n in range(1, 400))
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="C9"><v>2</v></c></row>'
    sheet = f"<sheetData>{rows}</sheetData><mergeCells>{ranges}</mergeCells>"
    (table,) = read_document(book(sheet), "xlsx").tables
    assert len(table.grid()) < 1000


def test_a_million_formatted_empty_rows_cost_no_memory():
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(2, 200_000))
    data = book(f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}')
    tracemalloc.start()
    (table,) = read_document(data, "xlsx").tables
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(table.cells) == 1
    assert peak < 5_000_000


@pytest.mark.parametrize(
    ("sheet", "problem"),
    [
        ('<c r="A1"><v>1</v></c>' * 200_001, "too-large"),
        ("<row><c><v>1</v>", "damaged"),
        ("<a>" * 300, "damaged"),
    ],
    ids=["cells", "cut", "deep"],
)
def test_a_hostile_sheet_gets_a_typed_answer(sheet: str, problem: str):
    with pytest.raises(Unreadable) as caught:
        read_document(book(f"<sheetData>{sheet}</sheetData>"), "xlsx")
    assert caught.value.problem == problem


def test_a_sheet_of_too_many_tags_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("parsers.formats.sheet.stream.MAX_TAGS", 1000)
    with pytest.raises(Unreadable, match="too-large"):
        read_document(book("<row/>" * 1000), "xlsx")


@pytest.mark.parametrize("padding", [0, 65_530, 70_000])
def test_a_document_type_is_refused_wherever_it_stands(padding: int):
    data = book("<row/>")
    bomb = f'<!--{"x" * padding}--><!DOCTYPE a [<!ENTITY b "cc">]><worksheet/>'
    with pytest.raises(Unreadable, match="document type"):
        read_document(_with_sheet(data, bomb), "xlsx")


def _with_sheet(data: bytes, sheet: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    return packed({**parts, "xl/worksheets/sheet1.xml": sheet})


@pytest.mark.parametrize("stored", ["1E+999999999", "9" * 5000, "NaN", "Infinity", "x"])
def test_a_number_no_double_can_hold_is_text(stored: str):
    assert only(f'<c r="A1"><v>{stored}</v></c>').number is None


def test_a_word_file_is_no_workbook():
    with pytest.raises(Unreadable, match="damaged"):
        read_document(document(""), "xlsx")
