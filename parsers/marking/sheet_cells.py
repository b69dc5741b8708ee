"""Where a cell's element is in a worksheet, made in its right order when there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from parsers.formats.ooxml.xml import Element, integer
from parsers.formats.sheet import refs
from parsers.formats.sheet.stream import S
from parsers.marking.sheet_fills import style_of
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

_CELL = S("c")


class SheetCells:
    """The rows of one worksheet, numbered as readers number them."""

    def __init__(self, root: Element) -> None:
        data = root.find(S("sheetData"))
        if data is None:
            raise Unreadable("damaged", "no sheetData")
        self._root = root
        self._data = data
        self._rows: dict[int, Element] = {}
        number = 0
        for row in data.iterchildren(S("row")):
            number = integer(row.get("r")) or number + 1
            self._rows.setdefault(number, row)

    def restyle(self, row: int, column: int, change: Callable[[int], int]) -> None:
        """Give a cell another style, derived from the one it is shown with."""
        cell = self._cell(row, column)
        cell.set("s", str(change(style_of(cell, "s"))))

    def clear(self, row: int, column: int) -> None:
        """Empty a cell, its style kept."""
        cell = self._cell(row, column)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", "")

    def _row(self, number: int) -> Element:
        if number not in self._rows:
            row = etree.Element(S("row"), r=str(number))
            before = sum(known < number for known in self._rows)
            self._data.insert(before, row)
            self._rows[number] = row
        return self._rows[number]

    def _cell(self, number: int, column: int) -> Element:
        row = self._row(number)
        place = 0
        last = 0
        for index, cell in enumerate(row):
            if cell.tag != _CELL:
                continue
            at = refs.position(cell.get("r", "")) or (number, last + 1)
            last = at[1]
            if last == column:
                return cell
            if last < column:
                place = index + 1
        made = etree.Element(_CELL, r=refs.name(number, column), s=str(self._base(row, column)))
        _spell_out(row, number)
        row.insert(place, made)
        return made

    def _base(self, row: Element, column: int) -> int:
        """Return the style an absent cell has from its row, else its column."""
        if row.get("customFormat") in {"1", "true"}:
            return style_of(row, "s")
        for node in self._root.iterfind(f"{S('cols')}/{S('col')}"):
            if integer(node.get("min")) <= column <= integer(node.get("max")):
                return style_of(node, "style")
        return 0


def _spell_out(row: Element, number: int) -> None:
    """Write the references some programs leave out, before a cell is put between."""
    last = 0
    for cell in row.iterchildren(_CELL):
        last = (refs.position(cell.get("r", "")) or (number, last + 1))[1]
        cell.set("r", refs.name(number, last))
