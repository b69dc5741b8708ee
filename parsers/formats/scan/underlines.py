"""Lines drawn to be written on: what of a page's ink is no character but the line under one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import cv2
import numpy as np

from parsers.formats.scan.clean import inked

if TYPE_CHECKING:
    from parsers.formats.scan.picture import Grey
    from parsers.formats.scan.strips import Area

_LONG, _ALONE = 1.3, 2.2  # of a character's height: beside text, and where none tells its foot
_FLAT = 0.2  # of it: how thick such a line may be
_TALL = 0.5  # of it: what is taller is a character
_BESIDE = 2.0  # of it: characters so near tell where the foot of the text is
_FOOT = 0.1  # of it: how far above that foot a line may be drawn


class _Piece(NamedTuple):
    """A connected piece of ink."""

    left: int
    top: int
    wide: int
    high: int

    @property
    def right(self) -> int:
        return self.left + self.wide

    @property
    def bottom(self) -> int:
        return self.top + self.high


def erase_underlines(page: Grey, area: Area, tall: float) -> None:
    """Whiten, on the page itself, an area's lines that text stands on."""
    part = page[area.top : area.bottom, area.left : area.right]
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inked(part))
    pieces = [_Piece(*row[:4]) for row in stats.tolist()]
    for number, piece in enumerate(pieces[1:], start=1):
        if _is_underline(piece, pieces[1:], tall):
            blot = cv2.dilate((labels == number).astype(np.uint8), np.ones((5, 5), np.uint8))
            part[(blot > 0) & ((labels == 0) | (labels == number))] = 255


def _is_underline(piece: _Piece, pieces: list[_Piece], tall: float) -> bool:
    if piece.high > _FLAT * tall or piece.wide < _LONG * tall:
        return False
    feet = [other.bottom for other in pieces if _tells(other, piece, tall)]
    if not feet:
        return piece.wide > _ALONE * tall
    return piece.top >= float(np.median(feet)) - _FOOT * tall


def _tells(other: _Piece, line: _Piece, tall: float) -> bool:
    """Say whether a character stands on the line, or near it at its height."""
    near = other.left < line.right + _BESIDE * tall and other.right > line.left - _BESIDE * tall
    level = line.top - 1.3 * tall < other.bottom < line.bottom + 0.7 * tall
    return other.high >= _TALL * tall and near and level
