"""A table as lines of text: each cell between two blanks, folded where there is too little room."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

BESIDE = 2  # the blanks of a cell
LEAST = 2  # one Chinese character


def table_lines(rows: Sequence[Sequence[str]], room: int) -> list[list[str]]:
    """Return the lines of each row, no wider than `room` columns of a terminal."""
    widths = [max(map(cell_len, cells)) for cells in zip(*rows, strict=True)]
    fitting = _fitted(widths, room - BESIDE * len(widths))
    return [_lines(row, fitting) for row in rows]


def _fitted(widths: Sequence[int], room: int) -> list[int]:
    """Cut the widest columns down, all to the same width, until there is room for all."""
    if sum(widths) <= room:
        return list(widths)
    tried = range(LEAST, room + 1)
    most = max((w for w in tried if sum(min(w, one) for one in widths) <= room), default=LEAST)
    return [min(most, one) for one in widths]


def _lines(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = (folded(cell, width) for cell, width in zip(row, widths, strict=True))
    return ["".join(map(_padded, line, widths)) for line in zip_longest(*cells, fillvalue="")]


def _padded(text: str, width: int) -> str:
    return f" {text}{' ' * (width - cell_len(text))} "


def folded(text: str, width: int) -> list[str]:
    """Return a text in lines, broken between words, and within one that is too long for a line."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines += chop_cells(word, width)
    return lines if lines[0] else lines[1:] or lines
