"""Which formulas' results nobody computed: programs store 0 or nothing in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.formats.sheet.cells import Sheet, Stored


def distrust(sheets: Iterable[Sheet]) -> None:
    """Take the results away when none says anything: the workbook was never calculated.

    For workbooks without the mark of the program that calculated them ([MS-XLS] §2.4.226).
    """
    formulas = [cell for sheet in sheets for cell in sheet.cells if cell.formula]
    if not any(_says_something(cell) for cell in formulas):
        for cell in formulas:
            cell.type, cell.value = "n", None


def _says_something(cell: Stored) -> bool:
    return cell.value not in {None, "", "0", "0.0", "-0.0"}
