"""How the rows and cells of a Word table lie on its grid, merged cells once."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.formats.ooxml.xml import Element, integer
from parsers.formats.word.controls import members
from parsers.formats.word.names import TC, TR, VAL, W, child, is_on, value

_ROWS, _CELLS = frozenset({TR}), frozenset({TC})
_MAX_SPAN = 63  # Word's own limit of columns
_ROW_PROPERTIES, _CELL_PROPERTIES = W("trPr"), W("tcPr")
_GRID_BEFORE, _HIDDEN, _DELETED = W("gridBefore"), W("hidden"), W("del")
_MERGES = _GRID_SPAN, _V_MERGE, _H_MERGE = W("gridSpan"), W("vMerge"), W("hMerge")


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


def slots(table: Element, said: str | None, notes: set[str]) -> list[Slot]:
    """Return the table's cells by row, then column; deleted rows are gone, and noted."""
    found: list[Slot] = []
    above: dict[int, Slot] = {}
    number = 0
    for row, row_said in members(table, _ROWS, said):
        if child(child(row, _ROW_PROPERTIES), _DELETED) is not None:
            notes.update({"tracked-changes", "deleted-left-out"})
            continue
        number += 1
        above = _lay_row(row, row_said, number, above, found)
    return found


def _lay_row(
    row: Element, said: str | None, number: int, above: dict[int, Slot], found: list[Slot]
) -> dict[int, Slot]:
    """Append the row's cells; return the ones a cell of the next row may continue."""
    properties = child(row, _ROW_PROPERTIES)
    column = 1 + _span(value(properties, _GRID_BEFORE), least=0)
    flags = frozenset({"hidden-row"}) if is_on(properties, _HIDDEN) else frozenset[str]()
    below: dict[int, Slot] = {}
    ordinal = 0
    for element, own in members(row, _CELLS, said):
        slot = Slot(element, own, number, column, ordinal + 1, flags=flags)
        slot.column_span, vertical, horizontal = _merges(element)
        column += slot.column_span
        if horizontal in {"", "continue"} and _widen(found, slot):
            continue
        ordinal += 1
        owner = above.get(slot.column) if vertical in {"", "continue"} else None
        if owner is not None:
            owner.row_span = number - owner.row + 1
            below[slot.column] = owner
        else:
            found.append(slot)
            if vertical is not None:
                below[slot.column] = slot
    return below


def _merges(element: Element) -> tuple[int, str | None, str | None]:
    """Return the columns a cell covers and its w:vMerge and w:hMerge ("" means continue)."""
    properties = child(element, _CELL_PROPERTIES)
    if properties is None:
        return 1, None, None
    told = {e.tag: e.get(VAL, "") for e in properties.iterchildren(*_MERGES, reversed=True)}
    return _span(told.get(_GRID_SPAN), least=1), told.get(_V_MERGE), told.get(_H_MERGE)


def _widen(found: list[Slot], part: Slot) -> bool:
    """Let the cell to the left cover a legacy horizontally merged one."""
    if not found or found[-1].row != part.row:
        return False
    found[-1].column_span += part.column_span
    return True


def _span(text: str | None, least: int) -> int:
    return min(max(integer(text, least), least), _MAX_SPAN)
