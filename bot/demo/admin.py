"""What an admin does during the season: opens the roster in a spreadsheet and writes a day in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats import read_document
from parsers.writing.sheet import Sheet, SheetCell
from parsers.writing.workbook import write_workbook
from rules.folder.load import ROSTER_FILE

if TYPE_CHECKING:
    from pathlib import Path

KEY, EXTENDED = "编号", "展期至"


def extend(campaign: Path, unit: str, until: str) -> None:
    """Write an extension into the campaign's roster; KeyError for a unit it does not list."""
    path = campaign / ROSTER_FILE
    path.write_bytes(edited(path.read_bytes(), unit, EXTENDED, until))


def edited(roster: bytes, unit: str, heading: str, value: str) -> bytes:
    """Return a roster with one cell of one unit typed over."""
    table = read_document(roster, "xlsx").tables[0]
    texts = {(cell.row, cell.column): cell.text for cell in table.cells}
    columns = {text: column for (row, column), text in texts.items() if row == 1}
    rows = {text: row for (row, column), text in texts.items() if column == columns[KEY]}
    texts[rows[unit], columns[heading]] = value
    cells = tuple(
        tuple(SheetCell(texts.get((row, column)) or None, "text") for column in columns.values())
        for row in range(1, max(rows.values()) + 1)
    )
    return write_workbook([Sheet(table.sheet or "", cells)])
