"""How a test writes into the column of a roster's sheet."""

from __future__ import annotations

from openpyxl import load_workbook


def write_column(path, heading, value, *, rows=None):
    """Write a value under a heading, in all rows or in the first `rows`."""
    workbook = load_workbook(path)
    sheet = workbook.worksheets[0]
    cells = (cell for row in sheet.iter_rows() for cell in row if cell.value == heading)
    top = next(cells)
    last = sheet.max_row if rows is None else top.row + rows
    for row in range(top.row + 1, last + 1):
        sheet.cell(row, top.column).value = value
    workbook.save(path)
