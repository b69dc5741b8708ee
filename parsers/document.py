"""What every format becomes: paragraphs and tables of cells, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class Origin(StrEnum):
    """What a cell's text came from."""

    TYPED = "typed"
    FORMULA = "formula"
    OCR = "ocr"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands, in the words its sender can follow.

    A spreadsheet has `sheet` and `ref` ("B7"). A text document has `table` (1-based), `row`
    and `column` (1-based; `column` counts the cells of that row as a person sees them, a
    vertically merged cell's continuation included), or `paragraph` (1-based, outside tables).
    """

    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    ref: str | None = None
    paragraph: int | None = None

    def __str__(self) -> str:
        if self.sheet is not None:
            return f"{self.sheet}!{self.ref}"
        if self.table is not None:
            return f"表{self.table} 第{self.row}行第{self.column}列"
        return f"第{self.paragraph}段" if self.paragraph else "正文"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, merged cells once.

    `row`, `column` are the 1-based grid position of its top left corner, the spans count grid
    rows and columns. `text` is what a person sees (paragraphs joined by newline, a checkbox as
    ☑ or □). A spreadsheet's stored number or date is in `number` / `moment`, its shown form in
    `text`. `flags` say what the reader left out or decided: "hidden-left-out",
    "struck-left-out", "unfilled-control", "nested-table", "hidden-row", "hidden-column",
    "error-value", "no-cached-value", "deleted-left-out", "precision-lost", "torn" (1,500 that may
    be 1 and 500), "unruled" (of a table drawn without lines), and of a picture
    "readings-disagree" (two readings differ, or the ink does not bear them out: the text is only
    for people) and "unread-ink" (something stands there that nothing was read from).
    """

    row: int
    column: int
    text: str
    place: Place
    row_span: int = 1
    column_span: int = 1
    origin: Origin = Origin.TYPED
    number: Decimal | None = None
    moment: datetime | None = None
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables; `flags`: "readings-disagree", as of a cell."""

    text: str
    place: Place
    flags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Table:
    """Cells in reading order: by row, then column. `number` is 1-based over the document.

    A worksheet is one table that carries its `sheet` name; cells without text are left out
    there unless merged or inside the used block. `flags`: "hidden-sheet".
    """

    number: int
    cells: tuple[Cell, ...]
    sheet: str | None = None
    flags: frozenset[str] = frozenset()

    def grid(self) -> dict[tuple[int, int], Cell]:
        """Every covered grid position → the cell that covers it."""
        covered: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    covered.setdefault((row, column), cell)
        return covered


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text with addresses, its blocks in reading order.

    `kind` is the format it was read as ("docx", "xlsx"). `flags` are document-wide:
    "tracked-changes", "macros", "embedded-objects", "pictures", "scanned-pages", "ocr" (some of
    it was read from pictures), "pages-left-out" (more pictures than are read).
    """

    kind: str
    blocks: tuple[Block, ...]
    flags: frozenset[str] = field(default=frozenset())

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs outside tables, in order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))
