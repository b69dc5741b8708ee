"""What office suites make of a filled Word form: a sheet, a web page, a printed page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from bot.demo.printing import print_pdf
from parsers.document import Paragraph, Table
from parsers.formats import read_document
from parsers.formats.sheet.refs import name
from parsers.writing.sheet import Sheet, SheetCell
from parsers.writing.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.document import Cell, Document

WORD_PAGE = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:w="urn:schemas-microsoft-com:office:word"><head>'
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>{}</body></html>'
)


def as_sheet(form: bytes) -> bytes:
    """Return the form as somebody copies it into Excel, merged cells and all."""
    rows: list[list[str]] = []
    merged: list[str] = []
    for block in read_document(form, "docx").blocks:
        if isinstance(block, Table):
            merged += [_ref(cell, len(rows)) for cell in block.cells if _spans(cell)]
            rows += _rows(block)
        elif block.text.strip():
            rows.append([block.text])
    cells = tuple(tuple(SheetCell(text or None, "text") for text in row) for row in rows)
    return write_workbook([Sheet("Sheet1", cells, (24, 34, 18, 18), merged=tuple(merged))])


def _rows(table: Table) -> list[list[str]]:
    """Return the table's rows; a merged cell's text stands in its first place only."""
    grid = table.grid()
    last_row, last_column = max(r for r, _ in grid), max(c for _, c in grid)
    first = {(cell.row, cell.column): cell.text for cell in table.cells}
    return [
        [first.get((row, column), "") for column in range(1, last_column + 1)]
        for row in range(1, last_row + 1)
    ]


def _spans(cell: Cell) -> bool:
    return cell.row_span > 1 or cell.column_span > 1


def _ref(cell: Cell, above: int) -> str:
    top, last = above + cell.row, cell.column + cell.column_span - 1
    return f"{name(top, cell.column)}:{name(top + cell.row_span - 1, last)}"


def as_html(form: bytes) -> str:
    """Return the form as a mail's body, pasted from Word."""
    return "".join(_html(read_document(form, "docx")))


def as_word_page(form: bytes) -> bytes:
    """Return what Word saves as a web page and people call .doc."""
    return WORD_PAGE.format(as_html(form)).encode()


def _html(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield f"<p>{_broken(block.text)}</p>"
        else:
            yield f'<table border="1" cellspacing="0">{"".join(_html_rows(block))}</table>'


def _html_rows(table: Table) -> Iterator[str]:
    for row in sorted({cell.row for cell in table.cells}):
        cells = "".join(_html_cell(cell) for cell in table.cells if cell.row == row)
        yield f"<tr>{cells}</tr>"


def _html_cell(cell: Cell) -> str:
    down = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    across = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return f"<td{down}{across}>{_broken(cell.text)}</td>"


def _broken(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def as_pdf(form: bytes) -> bytes:
    """Return the form printed to PDF."""
    return print_pdf(read_document(form, "docx"))
