"""Which red ink is a seal's, to be lifted off the print, and which was written: it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from parsers.formats.scan.picture import Colour, Grey

_ANY, _WRITTEN = (
    18,
    50,
)  # how much more red than green and blue: a trace of ink; a pen's or a font's
_TALL = 0.06  # of the table's width: a seal's piece, and any red taller than a line of text
_WIDE = 0.12  # of it: a ruled line, or a row laid out in red
_NEAR = 0.003  # of it: how far apart pieces of one seal may lie
_EDGE = 3  # pixels: a stroke's soft edges


def written_in_red(picture: Colour, wide: float) -> Grey:
    """Return where red was written on a page whose table is so many pixels wide, as 0 and 1."""
    redness = cv2.subtract(picture[..., 0], cv2.max(picture[..., 1], picture[..., 2]))
    soft = cv2.GaussianBlur(redness, (0, 0), 1.0)
    seals = _large((soft > _ANY).astype(np.uint8), _TALL * wide, round(_NEAR * wide))
    red = ((soft > _WRITTEN) & (seals == 0)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(red)
    small = np.zeros(count, np.uint8)
    small[1:] = (stats[1:, cv2.CC_STAT_WIDTH] <= _WIDE * wide) & (
        stats[1:, cv2.CC_STAT_HEIGHT] <= _TALL * wide
    )
    return cv2.dilate(small[labels], np.ones((_EDGE, _EDGE), np.uint8))


def _large(red: Grey, tall: float, near: int) -> Grey:
    """Return the boxes around pieces of red so tall, as 0 and 1."""
    joined = cv2.dilate(red, np.ones((2 * near + 1,) * 2, np.uint8))
    boxes = np.zeros_like(red)
    for x, y, wide, high, _ in cv2.connectedComponentsWithStats(joined)[2][1:].tolist():
        if high >= tall:
            boxes[y : y + high, x : x + wide] = 1
    return boxes
