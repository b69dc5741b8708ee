"""How a workbook of ours is written: every string stays a string, whatever it starts with.

openpyxl takes text that begins with = for a formula (facts/reliability.md finding 10), so a cell's
type is set by hand. The bytes depend only on the arguments: no clock goes in. A formula of ours
carries the value it had when it was written, so that readers which compute nothing show it too.
"""

from __future__ import annotations

import io
import math
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from parsers.writing.charting import write_chart
from parsers.writing.sheet import Sheet, SheetCell, Value, clean, title_of
from parsers.writing.sheet_looks import STYLES, named_style, row_height, set_up_print, with_room
from parsers.writing.workbook_package import settled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Looks = dict[str, Any]  # style name → openpyxl's array of its parts
_MAX_DIGITS = 10**15
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LINKS = ("http://", "https://", "mailto:", "#")


def write_workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return the .xlsx; a workbook without sheets gets an empty one."""
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    for name in STYLES:
        book.add_named_style(named_style(name))
    looks = _looks(book)
    for sheet in sheets or (Sheet("1", ()),):
        _write_sheet(book.create_sheet(title_of(sheet.title, book.sheetnames)), sheet, looks)
    buffer = io.BytesIO()
    book.save(buffer)
    return settled(buffer.getvalue(), [_known(sheet) for sheet in sheets])


def _known(sheet: Sheet) -> dict[str, str]:
    """Return what each formula of a sheet comes to, by cell."""
    return {
        f"{get_column_letter(column)}{number}": repr(cell.value)
        for number, row in enumerate(sheet.rows, 1)
        for column, cell in enumerate(row, 1)
        if cell.formula and isinstance(cell.value, int | float)
    }


def _looks(book: Workbook) -> Looks:
    """Return what openpyxl makes of each style; asked of it for every cell, it takes long."""
    sheet = book.create_sheet()
    looks = {}
    for column, name in enumerate(STYLES, 1):
        cell: Any = sheet.cell(1, column)
        cell.style = name
        looks[name] = cell._style  # noqa: SLF001 - openpyxl's own way to give a style on
    book.remove(sheet)
    return looks


def _write_sheet(worksheet: Worksheet, sheet: Sheet, looks: Looks) -> None:
    shown = [[(cell.value, cell.style) for cell in row] for row in sheet.rows]
    widths = with_room(sheet.widths, shown)
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row, 1):
            _write_cell(cast("Cell", worksheet.cell(number, column)), cell, looks)
        height = row_height(shown[number - 1], widths)
        if height is not None or not row:
            worksheet.row_dimensions[number].height = height
    for ref in sheet.merged:
        worksheet.merge_cells(ref)
    for chart in sheet.charts:
        write_chart(worksheet, chart)
    _set_up_view(worksheet, sheet, widths)
    _set_up_typing(worksheet, sheet, looks)
    set_up_print(worksheet, sheet.header_rows if sheet.rows else 0)


def _set_up_view(worksheet: Worksheet, sheet: Sheet, widths: Sequence[float]) -> None:
    for column, width in enumerate(widths, 1):
        worksheet.column_dimensions[get_column_letter(column)].width = width
    if sheet.freeze:
        worksheet.freeze_panes = sheet.freeze
    if sheet.autofilter and sheet.rows:
        last = get_column_letter(max(1, *(len(row) for row in sheet.rows)))
        worksheet.auto_filter.ref = f"A{max(sheet.header_rows, 1)}:{last}{len(sheet.rows)}"


def _set_up_typing(worksheet: Worksheet, sheet: Sheet, looks: Looks) -> None:
    """Offer the lists, and give what will be typed below its style."""
    if sheet.hidden:
        worksheet.sheet_state = "hidden"
    for column, name in enumerate(sheet.typed, 1):
        dimension: Any = worksheet.column_dimensions[get_column_letter(column)]
        dimension._style = copy(looks[name])  # noqa: SLF001 - as in _looks
    for choice in sheet.choices:
        offered = DataValidation(type="list", formula1=choice.source, allow_blank=True)
        offered.showErrorMessage = False
        offered.add(choice.cells)
        worksheet.add_data_validation(offered)


def _write_cell(cell: Cell, wanted: SheetCell, looks: Looks) -> None:
    if wanted.style:
        cast("Any", cell)._style = looks[wanted.style]  # noqa: SLF001 - as in _looks
    _write_value(cell, _storable(wanted.value), wanted.style)
    if wanted.formula:
        cell.value = f"={wanted.formula}"
    if wanted.link.startswith(_LINKS):
        _write_link(cell, wanted.link)
    if wanted.comment:
        text = clean(wanted.comment)
        height = 24 * (2 + text.count("\n") + len(text) // 16)
        cell.comment = Comment(text, "收表", height=height, width=260)


def _storable(value: Value) -> Value:
    """Turn what a sheet cannot hold exactly into text."""
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        return str(value)
    if isinstance(value, int) and abs(value) >= _MAX_DIGITS:
        return str(value)
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _write_value(cell: Cell, value: Value, style: str) -> None:
    if isinstance(value, str):
        text = clean(value)
        cell.value = text
        cell.data_type = "s"
        if text.startswith(_FORMULA_STARTS):
            _apart(cell).quotePrefix = True
        return
    cell.value = value
    if isinstance(value, datetime):
        _apart(cell).number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        _apart(cell).number_format = "yyyy-mm-dd"
    elif isinstance(value, float | Decimal) and style == "number" and value % 1:
        _apart(cell).number_format = "#,##0.00"


def _apart(cell: Cell) -> Cell:
    """Give a cell a style of its own, before it is changed: cells of one look share theirs."""
    styled: Any = cell
    styled._style = copy(styled._style)  # noqa: SLF001 - as in _looks
    return cell


def _write_link(cell: Cell, link: str) -> None:
    ref = cell.coordinate
    if link.startswith("#"):
        cell.hyperlink = Hyperlink(ref=ref, location=link[1:])
        if not isinstance(cell.value, str) or cell.data_type == "f":
            return  # a table of numbers stays readable: only words are blue
    else:
        cell.hyperlink = link
    _apart(cell).font = Font(name="宋体", size=11, color="0563C1", underline="single")
