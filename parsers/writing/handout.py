"""How a page of text is written as a Word file that looks like an annex (附件) to a notice.

Sizes and faces are those of official papers (GB/T 9704-2012) made one step smaller, so that what
fits on a page does: title 小二 centred, headings 黑体, text 仿宋 四号 with two characters indented.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as Page
    from docx.table import Table as Drawn
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_WIDTH = 168  # mm between the margins
_SHARES = {2: (48, 120), 3: (44, 60, 64)}  # mm of a table's columns


Kind = Literal["label", "title", "heading", "text"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: the label 附件 at the top, the title, a heading, or text."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table; its first row holds the headings."""

    rows: tuple[tuple[str, ...], ...]


Block = Line | Grid


def write_handout(blocks: Sequence[Block]) -> bytes:
    """Return a .docx on A4."""
    page = docx.Document()
    _set_up(page)
    for block in blocks:
        if isinstance(block, Line):
            _line(page, block)
        else:
            _grid(page, block)
    stream = io.BytesIO()
    page.save(stream)
    return stream.getvalue()


def _set_up(page: Page) -> None:
    section = page.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - _WIDTH) / 2)
    section.top_margin = section.bottom_margin = Mm(17)
    normal = page.styles["Normal"].paragraph_format
    normal.space_before = normal.space_after = Pt(0)


def _line(page: Page, line: Line) -> None:
    paragraph = page.add_paragraph()
    shape = paragraph.paragraph_format
    shape.line_spacing = Pt(18)
    if line.kind == "title":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        shape.line_spacing, shape.space_after = Pt(28), Pt(3)
        _run(paragraph, line.text, "宋体", 18, bold=True)
        return
    if line.kind == "heading":
        shape.space_before, shape.space_after = Pt(5), Pt(2)
        shape.keep_with_next = True
    if line.kind != "label":
        shape.first_line_indent = Pt(28)
    _run(paragraph, line.text, "仿宋" if line.kind == "text" else "黑体", 14)


def _run(paragraph: Paragraph, text: str, face: str, size: float, *, bold: bool = False) -> Run:
    run = paragraph.add_run(text)
    run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Times New Roman"
    run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    return run


def _grid(page: Page, grid: Grid) -> None:
    columns = max(len(row) for row in grid.rows)
    drawn = page.add_table(len(grid.rows), columns, style="Table Grid")
    drawn.alignment, drawn.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    shares = _SHARES.get(columns, (_WIDTH / columns,) * columns)
    for column, share in zip(drawn.columns, shares, strict=True):
        column.width = Mm(share)
    for place, row in enumerate(grid.rows):
        for cell, text, share in zip(drawn.rows[place].cells, row, shares, strict=False):
            cell.width = Mm(share)
            (paragraph,) = cell.paragraphs
            paragraph.paragraph_format.line_spacing = Pt(18)
            _run(paragraph, text, "仿宋" if place else "黑体", 12)
            if not place:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _repeat_headings(drawn)


def _repeat_headings(drawn: Drawn) -> None:
    """Let the headings stand on every page, and no row be parted by a page's end."""
    for place, row in enumerate(drawn.rows):
        known = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no door for it
        known.append(OxmlElement("w:cantSplit"))
        if not place:
            known.append(OxmlElement("w:tblHeader"))
