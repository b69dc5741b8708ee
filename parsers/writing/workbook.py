"""How a workbook of ours is written: every string stays a string, whatever it starts with.

openpyxl takes text that begins with = for a formula (facts/reliability.md finding 10), so a cell's
type is set by hand. The bytes depend only on the arguments: no clock goes in. A formula of ours
carries the value it had when it was written, so that readers which compute nothing show it too.
"""

from __future__ import annotations

import math
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from parsers.writing.charting import write_chart
from parsers.writing.sheet import Sheet, SheetCell, Value, clean, title_of
from parsers.writing.sheet_looks import STYLES, named_style, row_height, set_up_print, with_room
from parsers.writing.workbook_package import settled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet
    from openpyxl.worksheet.worksheet import Worksheet

Looks = dict[str, Any]  # style name → openpyxl's array of its parts
_MAX_DIGITS = 10**15
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LINKS = ("http://", "https://", "mailto:", "#")


def write_workbook(sheets: Iterable[Sheet]) -> bytes:
    """Return the .xlsx; a workbook without sheets gets an empty one.

    A sheet may have a million cells: each is asked for when those before it are written, and its
    rows go to disk one by one.
    """
    book = Workbook(write_only=True)
    for name in STYLES:
        book.add_named_style(named_style(name))
    looks, known = _looks(book), []
    try:
        for sheet in sheets:
            _write_sheet(_added(book, sheet), sheet, looks)
            known.append(_known(sheet))
        if not known:
            _write_sheet(_added(book, Sheet("1", ())), Sheet("1", ()), looks)
        return settled(book, known)
    finally:
        _sweep(book)


def _sweep(book: Workbook) -> None:
    """Delete the rows on disk that no package took: openpyxl would when the program ends."""
    for sheet in cast("Any", book):
        writer = sheet._writer  # noqa: SLF001 - openpyxl has no other way
        if writer is not None and Path(writer.out).exists():
            writer.cleanup()


def _added(book: Workbook, sheet: Sheet) -> Worksheet:
    """Add a sheet that takes our cells as they are: openpyxl would try each for a value first."""
    added: Any = book.create_sheet(title_of(sheet.title, book.sheetnames))
    added._values_to_row = lambda cells, _row: cells  # noqa: SLF001 - as in _looks
    return cast("Worksheet", added)


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
    for name in STYLES:
        cell: Any = WriteOnlyCell(sheet)
        cell.style = name
        looks[name] = cell._style  # noqa: SLF001 - openpyxl's own way to give a style on
    book.remove(sheet)
    return looks


def _write_sheet(worksheet: Worksheet, sheet: Sheet, looks: Looks) -> None:
    widths = with_room(sheet.widths, map(_shown, sheet.rows))
    _set_up_view(worksheet, sheet, widths)
    _set_up_typing(worksheet, sheet, looks)
    set_up_print(worksheet, sheet.header_rows if sheet.rows else 0)
    ends: dict[int, int] = {}
    for span in map(CellRange, sheet.merged):
        worksheet.merged_cells.add(span.coord)
        ends[span.min_row] = span.max_col
    for chart in sheet.charts:
        write_chart(worksheet, chart)
    for number, row in enumerate(sheet.rows, 1):
        height = row_height(_shown(row), widths)
        if height is not None or not row:
            worksheet.row_dimensions[number].height = height
        behind = [SheetCell(style=row[0].style)] * (ends.get(number, 0) - len(row)) if row else []
        cells = enumerate((*row, *behind), 1)  # to the end of a merged one: its frame is theirs
        worksheet.append([_cell(worksheet, one, (number, at), looks) for at, one in cells])
    cast("WriteOnlyWorksheet", worksheet).close()


def _shown(row: Sequence[SheetCell]) -> list[tuple[Value, str]]:
    return [(cell.value, cell.style) for cell in row]


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
        worksheet.data_validations.append(offered)


def _cell(worksheet: Worksheet, wanted: SheetCell, at: tuple[int, int], looks: Looks) -> Cell:
    cell = Cell(worksheet, *at)
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
    return cell


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
