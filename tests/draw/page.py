"""How an issuing office sets a page: A4, its fonts, its ruled tables; drawn with python-docx."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from docx.document import Document as Page
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

SONG, FANGSONG, HEI, LATIN = "宋体", "仿宋", "黑体", "Times New Roman"


def new_page(*, top: float = 25, bottom: float = 20, title: str = "") -> Page:
    """Open an empty A4 page with the margins of an official document; millimetres."""
    page = Document()
    section = page.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    _font(page.styles["Normal"].element.get_or_add_rPr(), FANGSONG)
    page.styles["Normal"].paragraph_format.space_after = Pt(0)
    page.styles["Normal"].font.size = Pt(12)  # what an answer typed into an empty cell looks like
    properties = page.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.created = properties.modified = datetime(2023, 5, 9, 1)  # noqa: DTZ001 - OOXML has no zone
    return page


def write(
    paragraph: Paragraph, text: str, *, font: str = FANGSONG, size: float = 14, bold: bool = False
) -> None:
    """Set one run in a Chinese font at a size in points."""
    run = paragraph.add_run(text)
    run.font.size, run.font.bold = Pt(size), bold
    # an empty box is in Latin fonts too, smaller: a line with boxes is set in one font
    _font(run._r.get_or_add_rPr(), font, latin=font if "□" in text else LATIN)


def line(
    page: Page,
    text: str,
    *,
    align: ALIGN = ALIGN.LEFT,
    before: float = 0,
    after: float = 0,
    font: str = FANGSONG,
    size: float = 14,
    bold: bool = False,
) -> None:
    """Add one paragraph of one run; spacing in points."""
    paragraph = page.add_paragraph()
    paragraph.alignment = align
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = (
        Pt(before),
        Pt(after),
    )
    write(paragraph, text, font=font, size=size, bold=bold)


def heading(page: Page, annex: str, title: str, *, size: float = 20) -> None:
    """附件 number at the left in 黑体, the title centred under it."""
    line(page, annex, font=HEI, size=16)
    line(page, title, align=ALIGN.CENTER, before=10, after=12, font=SONG, size=size, bold=True)


def ruled_table(page: Page, rows: int, widths: tuple[float, ...]) -> Table:
    """Add a centred table with single rules and fixed column widths in millimetres."""
    table = page.add_table(rows, len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
            cell.vertical_alignment = VERTICAL.CENTER
    return table


def row_height(table: Table, index: int, millimetres: float) -> None:
    """At least this high, so a long answer still grows the row."""
    table.rows[index].height = Mm(millimetres)
    table.rows[index].height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST


def put(
    cell: _Cell, text: str, *, align: ALIGN = ALIGN.CENTER, font: str = FANGSONG, size: float = 14
) -> None:
    """Write into a cell's first paragraph; an empty text only sets how an answer will look."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = align
    if text:
        write(paragraph, text, font=font, size=size)


def stand_upright(cell: _Cell, column: float) -> None:
    """Break a spaced label after each character, as forms do with 项目简介; column in millimetres.

    Indents do it, not a text direction: every office suite and reader sees the same plain text.
    """
    indent = Mm((column - 3.8 - 8) / 2)
    for paragraph in cell.paragraphs:
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = indent
        paragraph.paragraph_format.line_spacing = 1.6


def _font(run_properties: object, name: str, *, latin: str = LATIN) -> None:
    fonts = run_properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), name)
    for script in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(script), latin)
