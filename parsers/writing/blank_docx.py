"""How a blank that came as text, PDF or a spreadsheet is drawn as a Word file to hand out."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from parsers.document import Paragraph

if TYPE_CHECKING:
    from docx.document import Document as Page

    from parsers.document import Cell, Document, Table

FONT = "仿宋"
WIDEST = 60  # columns Word still lays out


def write_blank_docx(document: Document, title: str) -> bytes:
    """Return a .docx with the paragraphs and ruled tables; `title` is centred where it stands."""
    page = docx.Document()
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    normal = page.styles["Normal"]
    normal.font.size = Pt(12)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    flat = "".join(title.split())
    for block in document.blocks:
        if isinstance(block, Paragraph):
            _paragraph(page, block.text, flat)
        else:
            _table(page, block)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def _paragraph(page: Page, text: str, title: str) -> None:
    flat = "".join(text.split())
    paragraph = page.add_paragraph(text)
    if len(flat) >= 4 and flat in title:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(16), True


def _table(page: Page, table: Table) -> None:
    rows = max(cell.row + cell.row_span - 1 for cell in table.cells)
    columns = max(cell.column + cell.column_span - 1 for cell in table.cells)
    drawn = page.add_table(rows, min(columns, WIDEST), style="Table Grid")
    for cell in table.cells:
        if cell.column + cell.column_span - 1 <= WIDEST:
            _cell(drawn, cell)


def _cell(drawn: docx.table.Table, cell: Cell) -> None:
    first = drawn.cell(cell.row - 1, cell.column - 1)
    last = drawn.cell(cell.row + cell.row_span - 2, cell.column + cell.column_span - 2)
    whole = first.merge(last) if (cell.row_span, cell.column_span) != (1, 1) else first
    lines = cell.text.split("\n")
    whole.paragraphs[0].text = lines[0]
    for line in lines[1:]:
        whole.add_paragraph(line)
