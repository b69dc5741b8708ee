"""How a document lies on the page: lines of slots, and what stands right of or below a slot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.document import Cell, Document, Origin, Paragraph, Place, Table
from rules.reader.across import joined
from rules.reader.pieces import pieces, several

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDEST = 256  # grid columns, and
TALLEST = 1000  # grid rows that one merged cell may cover; what lies beyond is no form
HIDDEN = frozenset({"hidden-row", "hidden-column"})


@dataclass(slots=True, eq=False)  # not frozen: hundreds a page, and that makes each cost four times
class Slot:
    """A place text may stand in: a cell, or a labelled piece of a paragraph (`table` None).

    `line` counts the document's paragraphs and table rows in reading order, from 0. `row` and
    `column` are grid positions within `table`, an index into Page.grids.
    """

    text: str
    place: Place
    line: int
    table: int | None = None
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    cell: Cell | None = None
    hidden: bool = False
    flags: frozenset[str] = frozenset()
    seen: bool = False  # read from a picture
    filled: bool = field(init=False)  # any text or number stands here
    digits: bool = field(init=False)  # nothing but digits does: it is the label of nothing
    right_edge: int = field(init=False)  # the grid column after the slot
    bottom_edge: int = field(init=False)  # the grid row after it

    def __post_init__(self) -> None:
        text = self.text
        self.digits = text.isdigit() and text.isascii()
        self.filled = bool(text and (self.digits or text.strip()))
        if not self.filled:
            self.filled = self.cell is not None and self.cell.number is not None
        self.right_edge = self.column + self.column_span
        self.bottom_edge = self.row + self.row_span


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or one table row; only slots that begin in it."""

    number: int
    slots: tuple[Slot, ...]
    table: int | None = None

    @property
    def first(self) -> Slot | None:
        """The first slot in which anything stands."""
        for slot in self.slots:
            if slot.filled:
                return slot
        return None


@dataclass(slots=True)
class Grid:
    """One table's positions, the line number of each row that has cells, and its width."""

    covered: dict[tuple[int, int], Slot]
    lines: dict[int, int]
    width: int
    sheet: str | None = None
    empty_columns: frozenset[int] = frozenset()


@dataclass(slots=True)
class Page:
    """A document laid out; positions no cell covers answer with an empty slot."""

    lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    heads: frozenset[int] = frozenset()  # lines of a list's labels, whose values stand below
    rivals: frozenset[tuple[int, int]] = frozenset()  # columns of values, none of them preferred

    def slots(self, first: int, last: int) -> list[Slot]:
        """Return the slots of the lines first..last, both included, in reading order."""
        return [slot for line in self.lines[first : last + 1] for slot in line.slots]

    def at(self, table: int, row: int, column: int) -> Slot | None:
        """Return the slot covering a grid position; None outside the table."""
        grid = self.grids[table]
        slot = grid.covered.get((row, column))
        if slot is not None:
            return slot
        if not 1 <= column <= grid.width or row not in grid.lines:
            return None
        return Slot("", _derived_place(grid, row, column), grid.lines[row], table, row, column)

    def right_of(self, slot: Slot, row: int | None = None) -> Slot | None:
        """Return the slot right of this one, in its first row or the named one."""
        if slot.table is None:
            return None
        return self.at(slot.table, slot.row if row is None else row, slot.right_edge)

    def left_of(self, slot: Slot) -> Slot | None:
        """Return the slot left of this one, in its first row."""
        if slot.table is None or slot.column <= 1:
            return None
        return self.at(slot.table, slot.row, slot.column - 1)

    def above(self, slot: Slot) -> Slot | None:
        """Return the slot over this one."""
        if slot.table is None:
            return None
        return self.at(slot.table, slot.row - 1, slot.column)

    def below(self, slot: Slot) -> Slot | None:
        """Return the slot under this one."""
        if slot.table is None:
            return None
        return self.at(slot.table, slot.bottom_edge, slot.column)

    def row_of(self, slot: Slot) -> list[Slot]:
        """Return the distinct slots covering the slot's first row, left to right."""
        if slot.table is None:
            return [slot]
        grid = self.grids[slot.table]
        found: list[Slot] = []
        for column in range(1, min(grid.width, WIDEST) + 1):
            other = grid.covered.get((slot.row, column))
            if other is not None and (not found or found[-1] is not other):
                found.append(other)
        return found


def lay_out(document: Document) -> Page:
    """Lay a document out in lines."""
    page = Page()
    for block in joined(document).blocks:
        if isinstance(block, Paragraph):
            _add_paragraph(page, block)
        else:
            _add_table(page, block)
    return page


def _add_paragraph(page: Page, paragraph: Paragraph) -> None:
    for text in paragraph.text.splitlines():
        if not text.strip():
            continue
        number = len(page.lines)
        slots = tuple(
            Slot(piece, paragraph.place, number, flags=paragraph.flags) for piece in pieces(text)
        )
        page.lines.append(Line(number, slots))


def _add_table(page: Page, table: Table) -> None:
    if not table.cells:
        return
    index, start = len(page.grids), len(page.lines)
    rows: dict[int, list[Slot]] = {row: [] for row in sorted({cell.row for cell in table.cells})}
    lines = {row: start + offset for offset, row in enumerate(rows)}
    grid = Grid({}, lines, 0, table.sheet)
    hidden = "hidden-sheet" in table.flags
    for cell in table.cells:
        row = cell.row
        slot = _slot(cell, lines[row], index, hidden=hidden)
        rows[row].append(slot)
        if cell.row_span == cell.column_span == 1:
            grid.covered.setdefault((row, cell.column), slot)
        else:
            _cover(grid, slot)
    _measure(grid, rows.values())
    page.grids.append(grid)
    for row, line in lines.items():
        page.lines.append(Line(line, _banner(rows[row]) or tuple(rows[row]), index))


def _banner(slots: list[Slot]) -> tuple[Slot, ...]:
    """Take a row of one text with several labels (填报单位：… 填报日期：…) as a paragraph."""
    filled = [slot for slot in slots if slot.filled]
    if len(filled) != 1:
        return ()
    first = filled[0]
    return tuple(
        Slot(p, first.place, first.line, hidden=first.hidden, flags=first.flags, seen=first.seen)
        for p in several(first.text)
    )


def _slot(cell: Cell, line: int, table: int, *, hidden: bool) -> Slot:
    flags, tall, wide = cell.flags, cell.row_span, cell.column_span
    if tall > TALLEST or wide > WIDEST:
        tall, wide = min(tall, TALLEST), min(wide, WIDEST)
    return Slot(
        cell.text,
        cell.place,
        line,
        table,
        cell.row,
        cell.column,
        tall,
        wide,
        cell,
        hidden or (bool(flags) and not HIDDEN.isdisjoint(flags)),
        flags,
        cell.origin is Origin.OCR,
    )


def _cover(grid: Grid, slot: Slot) -> None:
    for row in range(slot.row, slot.bottom_edge):
        for column in range(slot.column, slot.right_edge):
            grid.covered.setdefault((row, column), slot)


def _measure(grid: Grid, rows: Iterable[list[Slot]]) -> None:
    """Learn how wide a grid is, and in which of its columns nothing stands."""
    spans = {(slot.column, slot.right_edge, slot.filled) for row in rows for slot in row}
    used = {column for first, after, filled in spans if filled for column in range(first, after)}
    grid.width = max(after for _, after, _ in spans) - 1
    grid.empty_columns = frozenset(range(1, grid.width + 1)) - used


def _derived_place(grid: Grid, row: int, column: int) -> Place:
    """Return the address of a position whose cell the reader left out."""
    if grid.sheet is not None:
        return Place(sheet=grid.sheet, ref=f"{_letters(column)}{row}")
    known = next((s.place for (r, _), s in grid.covered.items() if r == row), None)
    table = known.table if known else None
    return Place(table=table, row=row, column=column)


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
