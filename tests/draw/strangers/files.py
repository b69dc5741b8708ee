"""A copy as a file of Word or of Excel."""

from __future__ import annotations

import io

import docx
from openpyxl import Workbook


def as_docx(copy):
    """Draw a copy in Word."""
    page = docx.Document()
    for text in copy.above:
        page.add_paragraph(text)
    table = page.add_table(copy.height, copy.width, style="Table Grid")
    for c in copy.cells:
        cell = table.cell(c.row - 1, c.column - 1)
        cell.merge(table.cell(c.row + c.tall - 2, c.column + c.wide - 2)).text = c.text
    for text in copy.below:
        page.add_paragraph(text)
    return _saved(page)


def as_xlsx(copy):
    """Retype a copy in Excel; what is only a number is stored as one, mostly."""
    book = Workbook()
    sheet, over = book.active, len(copy.above)
    for row, text in enumerate(copy.above, 1):
        sheet.cell(row, 1, text)
    for c in copy.cells:
        cell = sheet.cell(over + c.row, c.column, c.text)
        if c.text.isdecimal() and c.text.isascii() and copy.dice.random() < 0.7:
            cell.value = int(c.text)
            cell.number_format = copy.dice.choice(("General", "0", "#,##0", "0.00", "@"))
        if c.tall > 1 or c.wide > 1:
            last = (over + c.row + c.tall - 1, c.column + c.wide - 1)
            sheet.merge_cells(None, over + c.row, c.column, *last)
    for row, text in enumerate(copy.below, over + copy.height + 1):
        sheet.cell(row, 1, text)
    return _saved(book)


def _saved(file):
    data = io.BytesIO()
    file.save(data)
    return data.getvalue()
