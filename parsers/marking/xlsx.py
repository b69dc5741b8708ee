"""How a workbook is marked: the cell is filled and a comment hangs on it.

The package's own XML is changed, not rewritten by openpyxl, which would drop the stored results of
formulas, pictures and shapes: the sender gets back what they sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats.ooxml.package import opened
from parsers.formats.ooxml.xml import Element, is_strict
from parsers.formats.sheet import refs
from parsers.formats.sheet.stream import S
from parsers.formats.xlsx import workbook, worksheets
from parsers.marking.copy import Copy
from parsers.marking.marks import joined
from parsers.marking.sheet_cells import SheetCells
from parsers.marking.sheet_comments import add_comments
from parsers.marking.sheet_fills import Fills
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.mark import Mark

_Target = tuple[str, int, int, bool]


def mark_xlsx(data: bytes, marks: Sequence[Mark]) -> bytes:
    """Return a copy with the marks; Unreadable when the file cannot be opened."""
    with opened(data) as package:
        part, root = workbook(package)
        copy = Copy(package, strict=is_strict(package.read(part)))
        sheets = {title: target for title, target, _ in worksheets(package, part, root)}
        if not sheets:
            raise Unreadable("damaged", "no worksheet")
        texts = joined(_targets(copy, sheets, marks))
        _fill(copy, package.related(part, "styles"), list(texts))
        for target in {target: None for target, *_ in texts}:
            add_comments(
                copy, target, {key[1:3]: text for key, text in texts.items() if key[0] == target}
            )
        return copy.save()


def _targets(
    copy: Copy, sheets: dict[str, str], marks: Sequence[Mark]
) -> Iterator[tuple[_Target, str]]:
    """Yield (part, row, column, whether to fill); an unknown place is A1 of the first sheet."""
    for mark in marks:
        target = sheets.get(mark.place.sheet or "")
        at = refs.position(mark.place.ref or "")
        if target is None or at is None:
            yield (next(iter(sheets.values())), 1, 1, False), mark.comment
        else:
            yield (target, *_top_left(copy.tree(target), *at), True), mark.comment


def _top_left(root: Element, row: int, column: int) -> tuple[int, int]:
    for node in root.iterfind(f"{S('mergeCells')}/{S('mergeCell')}"):
        corners = refs.corners(node.get("ref", ""))
        if corners is not None:
            top, left, bottom, right = corners
            if top <= row <= bottom and left <= column <= right:
                return top, left
    return row, column


def _fill(copy: Copy, styles: str | None, targets: Sequence[_Target]) -> None:
    if styles is None:
        return
    fills = Fills(copy.tree(styles))
    sheets: dict[str, SheetCells] = {}
    for target, row, column, wanted in targets:
        if wanted:
            cells = sheets.setdefault(target, SheetCells(copy.tree(target)))
            cells.restyle(row, column, fills.filled)
