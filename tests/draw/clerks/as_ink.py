"""A page as ink: each line and text at its place, for OFD and for PDF made by other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.draw.clerks.page import Line, Tab, bare
from tests.unit.drawn_files import HEIGHT, WIDTH, Drawn, ofd, pdf

if TYPE_CHECKING:
    from tests.draw.clerks.page import Page

_POINT = 72 / 25.4
_MARGIN, _SIZE, _PAD = 40.0, 9.5, 4.0


def drawn(page: Page) -> Drawn:
    """Lay a page out on one A4 sheet: rows as high as their text."""
    sheet = Drawn()
    y = _MARGIN
    for block in page.blocks:
        if isinstance(block, Line):
            y += block.size * 1.7
            words = bare(block.text)
            free = WIDTH - 2 * _MARGIN - _wide(words, block.size)
            x = _MARGIN + {"center": free / 2, "right": free}.get(block.align, 0.0)
            sheet.text(max(x, _MARGIN), y - 4, words, block.size)
        elif isinstance(block, Tab):
            y = _table(sheet, block, y + 6)
    if y > HEIGHT - 10:
        raise ValueError("more than a page")
    return sheet


def _table(sheet: Drawn, table: Tab, y: float) -> float:
    scale = min(1.0, (WIDTH - 2 * _MARGIN) / (sum(table.widths) * _POINT))
    xs = [_MARGIN + sum(table.widths[:n]) * _POINT * scale for n in range(table.width + 1)]
    heights = _heights(table, xs)
    tops = [y + sum(heights[:n]) for n in range(len(heights) + 1)]
    for r, c, cell in table.placed():
        box = (xs[c], tops[r], xs[c + cell.cols], tops[r + cell.rows])
        sheet.grid((box[0], box[2]), (box[1], box[3]))
        _text(sheet, bare(cell.text), box, cell.align)
    return tops[-1]


def _heights(table: Tab, xs: list[float]) -> list[float]:
    heights = [18.0] * len(table.rows)
    for r, c, cell in table.placed():
        lines = _wrapped(bare(cell.text), xs[c + cell.cols] - xs[c])
        if cell.rows == 1:
            heights[r] = max(heights[r], len(lines) * _SIZE * 1.35 + 5)
    return heights


def _text(sheet: Drawn, text: str, box: tuple[float, float, float, float], align: str) -> None:
    left, top, right, bottom = box
    lines = _wrapped(text, right - left)
    y = (top + bottom) / 2 - (len(lines) * _SIZE * 1.35) / 2 + _SIZE
    for line in lines:
        x = left + _PAD
        if align == "center":
            x = (left + right - _wide(line, _SIZE)) / 2
        if line.strip():
            sheet.text(x, y, line, _SIZE)
        y += _SIZE * 1.35


def _wide(text: str, size: float) -> float:
    return sum(size * (0.5 if ord(c) < 256 else 1.0) for c in text)


def _wrapped(text: str, width: float) -> list[str]:
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for character in paragraph:
            if _wide(line + character, _SIZE) > width - 2 * _PAD:
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    return lines


def as_ofd(page: Page) -> bytes:
    """Write an OFD."""
    return ofd(drawn(page))


def as_pdf(page: Page) -> bytes:
    """Write a PDF whose every text is set where it stands."""
    return pdf(drawn(page))
