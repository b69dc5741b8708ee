"""How the rows and cells of a Word table lie on its grid, merged cells once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from parsers.formats.ooxml.xml import Element, integer, switch
from parsers.formats.word.controls import members
from parsers.formats.word.names import TC, TR, VAL, W, child, marks_in, marks_of, stated

_ROWS, _CELLS = frozenset({TR}), frozenset({TC})
_MAX_SPAN = 63  # Word's own limit of columns
_ROW_PROPERTIES, _CELL_PROPERTIES = W("trPr"), W("tcPr")
_GRID_BEFORE, _HIDDEN, _DELETED = W("gridBefore"), W("hidden"), W("del")
_GRID_SPAN, _V_MERGE, _H_MERGE = W("gridSpan"), W("vMerge"), W("hMerge")
_ROW_MARKS = frozenset({_GRID_BEFORE, _HIDDEN, _DELETED})
_MERGES = frozenset({_GRID_SPAN, _V_MERGE, _H_MERGE})
_NOT_HIDDEN, _HIDDEN_ROW = frozenset[str](), frozenset({"hidden-row"})
_MERGED = frozenset({"", "continue"})


@dataclass(slots=True)
class Slot:
    """One cell on the grid; `ordinal` counts the cells of its row as a person does."""

    element: Element
    said: str | None
    row: int
    column: int
    ordinal: int
    row_span: int = 1
    column_span: int = 1
    flags: frozenset[str] = frozenset()


class _Row(NamedTuple):
    element: Element
    said: str | None
    number: int
    marks: dict[str, Element]

    @property
    def is_hidden(self) -> bool:
        mark = self.marks.get(_HIDDEN) if self.marks else None
        return mark is not None and switch(mark.get(VAL))


def slots(table: Element, said: str | None, notes: set[str]) -> list[Slot]:
    """Return the table's cells by row, then column; deleted rows are gone, and noted."""
    found: list[Slot] = []
    above: dict[int, Slot] = {}
    number = 0
    for row, row_said in members(table, _ROWS, said):
        marks = marks_of(row, _ROW_PROPERTIES, _ROW_MARKS)
        if _DELETED in marks:
            notes.update({"tracked-changes", "deleted-left-out"})
            continue
        number += 1
        above = _lay_row(_Row(row, row_said, number, marks), above, found)
    return found


def _lay_row(row: _Row, above: dict[int, Slot], found: list[Slot]) -> dict[int, Slot]:
    """Append the row's cells; return the ones a cell of the next row may continue."""
    column = 1 + _span(stated(row.marks.get(_GRID_BEFORE)), least=0) if row.marks else 1
    flags = _HIDDEN_ROW if row.is_hidden else _NOT_HIDDEN
    below: dict[int, Slot] = {}
    ordinal = 0
    for element, own in members(row.element, _CELLS, row.said):
        span, vertical, horizontal = _merges(element)
        slot = Slot(element, own, row.number, column, ordinal + 1, 1, span, flags)
        column += span
        if horizontal in _MERGED and _widen(found, slot):
            continue
        ordinal += 1
        owner = above.get(slot.column) if vertical in _MERGED else None
        if owner is not None:
            owner.row_span = row.number - owner.row + 1
            below[slot.column] = owner
        else:
            found.append(slot)
            if vertical is not None:
                below[slot.column] = slot
    return below


def _merges(element: Element) -> tuple[int, str | None, str | None]:
    """Return the columns a cell covers and its w:vMerge and w:hMerge ("" means continue)."""
    properties = child(element, _CELL_PROPERTIES)
    marks = marks_in(properties, _MERGES) if properties is not None and len(properties) else None
    if not marks:
        return 1, None, None
    span = _span(stated(marks.get(_GRID_SPAN)), least=1)
    return span, stated(marks.get(_V_MERGE)), stated(marks.get(_H_MERGE))


def _widen(found: list[Slot], part: Slot) -> bool:
    """Let the cell to the left cover a legacy horizontally merged one."""
    if not found or found[-1].row != part.row:
        return False
    found[-1].column_span += part.column_span
    return True


def _span(text: str | None, least: int) -> int:
    return min(max(integer(text, least), least), _MAX_SPAN)
