"""Nothing that comes from a sender can act in the workbooks we write."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from parsers.document import Origin
from parsers.formats import read_document
from parsers.writing.sheet import Sheet, SheetCell
from parsers.writing.sheet_looks import STYLES
from parsers.writing.workbook import write_workbook


def one(cell: SheetCell) -> bytes:
    return write_workbook([Sheet("汇总", ((cell,),))])


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://example.cn")', "+86", "-1", "@SUM(A1)", "#N/A", "\t=1", "0471"]
)
def test_text_stays_text_whatever_it_starts_with(text: str):
    data = one(SheetCell(text, "text"))
    cell = load_workbook(io.BytesIO(data)).active["A1"]
    assert (cell.data_type, cell.value) == ("s", text)
    assert cell.quotePrefix == (text[0] in "=+-@\t")
    read = read_document(data, "xlsx").tables[0].cells[0]
    assert (read.text, read.origin) == (text.strip(), Origin.TYPED)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=50))
def test_any_text_can_be_written(text: str):
    cell = load_workbook(io.BytesIO(one(SheetCell(text, comment=text)))).active["A1"]
    assert cell.data_type == "s" or cell.value is None


@pytest.mark.parametrize(
    ("value", "style", "shown"),
    [
        (1234567, "number", "1,234,567"),
        (12.5, "number", "12.50"),
        (12.0, "number", "12"),
        (50000, "money", "50,000.00"),
        (Decimal("3.5"), "money", "3.50"),
        (date(2023, 6, 15), "date", "2023-06-15"),
        (datetime(2023, 6, 15, 17, 30, tzinfo=UTC), "date", "2023-06-15 17:30"),
        (150102198001011234, "text", "150102198001011234"),
        (float("nan"), "number", "nan"),
        (None, "good", ""),
    ],
)
def test_values_are_shown_as_people_write_them(value: object, style: str, shown: str):
    rows = ((SheetCell(value, style), SheetCell("末")),)  # type: ignore[arg-type]
    cells = read_document(write_workbook([Sheet("1", rows)]), "xlsx").tables[0].cells
    assert cells[0].text == shown if len(cells) > 1 else not shown


def test_a_sheet_is_set_up_for_reading_and_printing():
    header = tuple(SheetCell(text, "header") for text in ("单位", "人数"))
    rows = ((SheetCell("汇总", "title"), SheetCell()), header, (SheetCell("甲"), SheetCell(1)))
    wanted = Sheet("表", rows, (30, 12), "A3", ("A1:B1",), header_rows=2, autofilter=True)
    page = load_workbook(io.BytesIO(write_workbook([wanted]))).active
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == "A2:B3"
    assert page.print_title_rows == "$1:$2"
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.column_dimensions["A"].width == 30
    assert [str(merged) for merged in page.merged_cells.ranges] == ["A1:B1"]


def test_what_is_merged_keeps_its_frame_to_the_end():
    sheet = Sheet("1", ((SheetCell("截至", "muted"),), (SheetCell("甲"),)), merged=("A1:C1",))
    page = load_workbook(io.BytesIO(write_workbook([sheet]))).active
    assert [page.cell(1, column).border.right.style for column in (1, 2, 3)][-1] == "thin"
    assert page["C2"].border.right.style is None


def test_sheets_that_cannot_be_made_leave_no_file(tmp_path, monkeypatch):
    def sheets():
        yield Sheet("1", ((SheetCell("甲"),),))
        raise LookupError

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(LookupError):
        write_workbook(sheets())
    assert not list(tmp_path.iterdir())


def test_every_style_can_be_used_and_is_wrapped_or_formatted():
    row = tuple(SheetCell(name, name) for name in STYLES)
    page = load_workbook(io.BytesIO(write_workbook([Sheet("1", (row,))]))).active
    assert [cell.style for cell in page[1]] == list(STYLES)


def test_only_harmless_links_are_written():
    links = ("https://example.cn", "mailto:a@example.cn", "#'1'!A1", "javascript:1", "file:///x")
    rows = tuple((SheetCell("看", link=link),) for link in links)
    page = load_workbook(io.BytesIO(write_workbook([Sheet("1", rows)]))).active
    found = [page.cell(n, 1).hyperlink for n in range(1, 6)]
    assert [link and (link.target or f"#{link.location}") for link in found] == [
        *links[:3],
        None,
        None,
    ]


def test_titles_are_made_to_fit_and_differ():
    titles = ["汇总/2023:*", "汇总/2023:*", "", "x" * 40, "x" * 40]
    book = load_workbook(io.BytesIO(write_workbook([Sheet(title, ()) for title in titles])))
    assert book.sheetnames == ["汇总_2023__", "汇总_2023__(2)", "1", "x" * 31, f"{'x' * 28}(2)"]


def test_the_same_sheets_give_the_same_bytes():
    sheets = [Sheet("1", ((SheetCell("甲", comment="来源", link="#'1'!A1"),),))]
    assert write_workbook(sheets) == write_workbook(sheets)


def test_no_sheets_still_open():
    assert load_workbook(io.BytesIO(write_workbook([]))).sheetnames == ["1"]


def test_a_column_is_as_wide_as_its_longest_number_so_that_no_program_shows_hashes():
    rows = ((SheetCell(987654321012.5, "money"), SheetCell(12, "number")),)
    sheet = load_workbook(io.BytesIO(write_workbook((Sheet("x", rows, widths=(14, 12)),))))["x"]
    widths = [sheet.column_dimensions[letter].width for letter in "AB"]
    assert widths[0] > len("987,654,321,012.50")
    assert widths[1] == 12
