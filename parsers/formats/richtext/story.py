"""Where text goes while RTF is read: paragraphs, cells of tables inside cells, text boxes."""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.formats.page.blocks import Blocks, nested_text
from parsers.formats.page.lattice import Box
from parsers.formats.page.looks import Pen
from parsers.formats.richtext.table import Row, RowShape, grid
from parsers.unreadable import Unreadable

MAX_LEVELS = 20
MAX_CELLS = 100_000

Piece = str | list[Box]  # a paragraph, or a table


@dataclass(slots=True)
class _Table:
    """A table that is open: its rows, the finished cells of the row at hand, its last cell."""

    rows: list[Row] = field(default_factory=list)
    cells: list[Pen] = field(default_factory=list)
    pen: Pen = field(default_factory=Pen)
    shape: RowShape = field(default_factory=RowShape)


@dataclass(slots=True)
class Story:
    """The document's body, or a text box; `after` is what follows the paragraph at hand."""

    pieces: list[Piece] = field(default_factory=list)
    tables: list[_Table] = field(default_factory=list)
    line: Pen = field(default_factory=Pen)
    after: list[Piece] = field(default_factory=list)
    _cells: int = 0

    def pen(self, level: int) -> Pen:
        """Return where text of a table level goes; 0 is outside tables."""
        self._to(level)
        return self.tables[-1].pen if self.tables else self.line

    def _to(self, level: int) -> None:
        level = min(level, MAX_LEVELS)
        while len(self.tables) > level:
            self._close_table()
        while len(self.tables) < level:
            self.tables.append(_Table())

    def _close_table(self) -> None:
        table = self.tables.pop()
        boxes = grid(table.rows)
        if not self.tables:
            self.pieces.append(boxes)
        elif boxes:
            outer = self.tables[-1].pen
            outer.tables[len(outer.parts)] = boxes
            outer.parts.append(nested_text(boxes) + "\n")
            outer.flags.update({"nested-table"}, *(box.flags for box in boxes))

    def end_line(self, level: int) -> None:
        """Take a paragraph's end."""
        pen = self.pen(level)
        if self.tables:
            self._write_after(pen)
            pen.parts.append("\n")
            return
        self.pieces += [pen.text, *self.after]
        self.line, self.after = Pen(), []

    def _write_after(self, pen: Pen) -> None:
        """Write what text boxes say under the paragraph they are tied to."""
        for piece in self.after:
            if pen.parts and not pen.parts[-1].endswith("\n"):
                pen.parts.append("\n")
            pen.parts.append(piece if isinstance(piece, str) else nested_text(piece))
        self.after = []

    def end_cell(self, level: int) -> None:
        """Take a cell's end; text before it that was not said to be in a table is its text."""
        loose = self.line if not self.tables else None
        self._to(max(level, 1))
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise Unreadable("too-large", f"over {MAX_CELLS} cells")
        table = self.tables[-1]
        if loose is not None:
            table.pen, self.line = loose, Pen()
        self._write_after(table.pen)
        table.cells.append(table.pen)
        table.pen = Pen()

    def shape(self, level: int) -> RowShape:
        """Return the shape of rows at a level; the table is opened if it is not."""
        self._to(max(level, 1))
        return self.tables[-1].shape

    def begin_row(self, level: int) -> None:
        r"""Take \\trowd: a new shape."""
        if self.line.text.strip() and not self.tables:
            self.end_line(0)
        self._to(max(level, 1))
        self.tables[-1].shape = RowShape()

    def end_row(self, level: int) -> None:
        """Take a row's end."""
        self._to(max(level, 1))
        table = self.tables[-1]
        if table.cells:
            table.rows.append(Row(table.cells, table.shape))
        table.cells, table.pen = [], Pen()

    def close(self) -> list[Piece]:
        """Return everything, in order."""
        self._to(0)
        self.end_line(0)
        return self.pieces


def number(pieces: list[Piece]) -> Blocks:
    """Return a document's pieces as numbered blocks."""
    blocks = Blocks()
    for piece in pieces:
        if isinstance(piece, str):
            blocks.add_paragraph(piece)
        else:
            blocks.add_table(piece)
    return blocks
