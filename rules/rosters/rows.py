"""Which rows of a roster's sheet are units: not notes, titles of sections, sums, empty rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.document import Cell
from rules.labels import squeeze
from rules.rosters.cells import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.rosters.headings import Headings

JOINED = ("联系人", "邮箱", "手机", "备注")  # of a unit that stands over several rows
_WIDE = 3  # columns a merged cell covers that is a title or a note
_SECTION = re.compile(r"[(]?[一二三四五六七八九十]{1,3}(?:[)]|、|\.)")
_NOTE = re.compile(r"(?:注|说明|填表|备注|合计|总计|小计|制表|审核|审批|联系电话|共\d)")
_SENTENCE = re.compile(r"[。；!?]|:(?=.)")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One unit's row: heading → cell, further cells of the rows below that belong to it."""

    number: int
    cells: Mapping[str, Cell]
    below: tuple[Mapping[str, Cell], ...] = ()

    def text(self, heading: str) -> str:
        """Return what the row says under a heading; a list where it goes on below."""
        if not self.below or heading not in JOINED:
            return shown(self.cells[heading]) if heading in self.cells else ""
        rows = (self.cells, *self.below)
        texts = (shown(row[heading]) for row in rows if heading in row)
        return "、".join(dict.fromkeys(text for text in texts if text))


def unit_rows(headings: Headings) -> Iterator[SheetRow]:
    """Yield the rows under the headings that are a unit's, or should be."""
    pending: list[tuple[int, dict[str, Cell]]] = []
    for number, cells in _filled(headings):
        if _is_beside(cells):
            continue
        if pending and "单位" in cells and cells["单位"] is pending[0][1].get("单位"):
            pending.append((number, cells))
            continue
        yield from _row(pending)
        pending = [(number, cells)]
    yield from _row(pending)


def _row(rows: list[tuple[int, dict[str, Cell]]]) -> Iterator[SheetRow]:
    if rows:
        yield SheetRow(rows[0][0], rows[0][1], tuple(cells for _, cells in rows[1:]))


def _filled(headings: Headings) -> Iterator[tuple[int, dict[str, Cell]]]:
    grid = headings.table.grid()
    last = max((row for row, _ in grid), default=0)
    for row in range(headings.row + 1, last + 1):
        cells = {
            name: grid[row, column]
            for name, column in headings.columns.items()
            if (row, column) in grid and shown(grid[row, column])
        }
        if cells:
            yield row, cells


def last_row(headings: Headings) -> int:
    """Return the last row of the sheet that holds anything."""
    return max((cell.row for cell in headings.table.cells), default=0)


def _is_beside(cells: Mapping[str, Cell]) -> bool:
    """Say whether the row is no unit's: a merged title, a note, a sum, a title of a section."""
    if any(cell.column_span >= _WIDE for cell in cells.values()):
        return True
    if len({id(cell) for cell in cells.values()}) > 1 and "单位" in cells:
        return _is_sum(shown(cells["单位"]))
    text = squeeze(shown(next(iter(cells.values()))))
    said = _SECTION.match(text) or _NOTE.match(text) or _SENTENCE.search(text)
    return bool(said) or len(text) > _LONGEST_NAME


def _is_sum(name: str) -> bool:
    return squeeze(name) in {"合计", "总计", "小计", "共计"}
