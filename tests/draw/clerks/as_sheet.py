"""A page as a workbook: numbers or texts, hidden rows and sheets, wrong dimensions, phantom rows."""

# ruff: noqa: E501 - tables of what people write and how it is laid out

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from tests.draw.clerks.page import Line, Tab, bare, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.draw.clerks.page import Cel, Page

_THIN = Side(style="thin")
_EDGES = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


@dataclass(frozen=True)
class Sheets:
    """How a clerk's workbook is kept."""

    numbers: bool = True  # plain digits are stored as numbers
    top: int = 0  # empty rows above
    left: int = 0  # empty columns at the left
    notes: tuple[tuple[str, str], ...] = ()  # (reference, text) anywhere on the first sheet
    narrow: bool = False  # columns too narrow for what they show: ####
    macros: bool = False


def xlsx(pages: Sequence[Page], how: Sheets = Sheets()) -> bytes:
    """Write one sheet a page."""
    book = Workbook()
    book.remove(book.active)
    for page in pages:
        sheet = book.create_sheet(page.sheet)
        _draw(sheet, page, how)
        sheet.sheet_state = "hidden" if page.hidden else "visible"
    for reference, text in how.notes:
        book.worksheets[0][reference] = text
    book.active = next(n for n, page in enumerate(pages) if not page.hidden)
    buffer = io.BytesIO()
    book.save(buffer)
    return _with_macros(buffer.getvalue()) if how.macros else buffer.getvalue()


def _draw(sheet: Worksheet, page: Page, how: Sheets) -> None:
    width = max((b.width for b in page.blocks if isinstance(b, Tab)), default=4)
    at = how.top + 1
    for block in page.blocks:
        if isinstance(block, Line):
            cell = sheet.cell(at, how.left + 1, bare(block.text) or None)
            cell.alignment = Alignment(horizontal=block.align, wrap_text=True)
            cell.font = Font(bold=block.bold, size=block.size)
            if block.text and width > 1:
                sheet.merge_cells(
                    start_row=at, end_row=at, start_column=how.left + 1, end_column=how.left + width
                )
            at += 1
        elif isinstance(block, Tab):
            _table(sheet, block, at, how)
            at += len(block.rows)


def _table(sheet: Worksheet, table: Tab, top: int, how: Sheets) -> None:
    for r, c, cell in table.placed():
        row, column = top + r, how.left + 1 + c
        put = sheet.cell(row, column)
        put.value = _stored(cell, how)
        if cell.shown:
            put.number_format = cell.shown
        elif isinstance(put.value, str) and not how.numbers:
            put.number_format = "@"
        put.alignment = Alignment(horizontal=cell.align, vertical="center", wrap_text=True)
        put.border = _EDGES
        if cell.rows > 1 or cell.cols > 1:
            sheet.merge_cells(
                start_row=row,
                start_column=column,
                end_row=row + cell.rows - 1,
                end_column=column + cell.cols - 1,
            )
    for number, wide in enumerate(table.widths, how.left + 1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 3 if how.narrow and number > 2 else wide / 2
    for number in table.hidden:
        sheet.row_dimensions[top + number].hidden = True


def _stored(cell: Cel, how: Sheets) -> Any:
    if cell.value is not None:
        return cell.value
    if "⟦strike" in cell.text or "⟦del" in cell.text:
        return CellRichText(*(_block(mark, words) for mark, words in pieces(cell.text)))
    text = bare(cell.text)
    if how.numbers and re.fullmatch(r"[1-9][0-9]{0,9}|0|[0-9]{1,9}\.[0-9]{1,4}", text):
        return float(text) if "." in text else int(text)
    return text or None


def _block(mark: str, words: str) -> Any:
    return TextBlock(InlineFont(strike=True), words) if mark in {"strike", "del"} else words


def edited(data: bytes, *changes: tuple[str, str], part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """Return a package with one part's text changed by (pattern, replacement)s."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == part:
                text = content.decode()
                for pattern, put in changes:
                    text, count = re.subn(pattern, put, text, count=1)
                    if not count:
                        raise ValueError(f"nothing to change: {pattern}")
                content = text.encode()
            new.writestr(name, content)
    return out.getvalue()


def phantom(data: bytes) -> bytes:
    """Add what dragging a format down leaves: empty rows to the end of the sheet."""
    rows = "".join(
        f'<row r="{n}" spans="1:9" ht="18"><c r="A{n}" s="1"/></row>'
        for n in (400, 9000, 65536, 1048576)
    )
    return edited(
        data,
        (r"</sheetData>", f"{rows}</sheetData>"),
        (r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"'),
    )


def misdimensioned(data: bytes) -> bytes:
    """Say, as WPS does at times, that the sheet is one cell."""
    return edited(data, (r'<dimension ref="[^"]*"', '<dimension ref="A1"'))


def _with_macros(data: bytes) -> bytes:
    workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    return edited(
        data,
        (re.escape(workbook), "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        part="[Content_Types].xml",
    )
