"""Ink on white paper: uneven light taken out, red seals lifted, pale and red print made dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from parsers.formats.scan.red_ink import written_in_red

if TYPE_CHECKING:
    from parsers.formats.scan.picture import Colour, Grey

_PAPER = 41  # pixels: more than a stroke, less than a shadow
_RED = 18  # how much more red than green and blue a seal's ink is
INK = 150  # a cleaned pixel darker than this is ink
_TRAIL = 185  # and so is one darker than this that hangs on to one: thin strokes in pale toner


def clean(picture: Colour, wide: float) -> Grey:
    """Return the print of a page whose table is so wide, dark on white, black ink near 0."""
    lifted = _lifted(picture, _even(picture[..., 0]))
    written = written_in_red(picture, wide)
    if written.any():
        green = _even(picture[..., 1])
        lifted[written > 0] = np.minimum(lifted, green)[written > 0]
    return _dark(lifted)


def inked(page: Grey) -> Grey:
    """Return the ink of a piece of a cleaned page as 0 and 1."""
    dark = page < INK
    if not dark.any():
        return dark.astype(np.uint8)
    count, labels = cv2.connectedComponents((page < _TRAIL).astype(np.uint8))
    kept = np.zeros(count, np.uint8)
    kept[labels[dark]] = 1
    return kept[labels]


def _even(channel: Grey) -> Grey:
    """Divide by the paper's own brightness around each pixel."""
    small = cv2.resize(channel, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_PAPER // 4,) * 2, np.uint8))
    paper = cv2.medianBlur(paper, 2 * (_PAPER // 8) + 1)
    whole = cv2.resize(paper, channel.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return cv2.divide(channel, np.maximum(whole, 1), scale=255)


def _lifted(picture: Colour, even: Grey) -> Grey:
    """Bring red ink, pale in the red channel, up to white; print under it stays dark."""
    redness = cv2.subtract(picture[..., 0], cv2.max(picture[..., 1], picture[..., 2]))
    share = cv2.LUT(cv2.GaussianBlur(redness, (0, 0), 1.0), _SHARE)
    gain = cv2.subtract(cv2.LUT(even, _STRETCHED), even)
    return cv2.add(even, cv2.multiply(gain, share, scale=1 / 255))


def _table(values: Any) -> Grey:
    """Return what each of the 256 levels becomes."""
    return np.clip(values, 0, 255).astype(np.uint8)


_LEVELS = np.arange(256, dtype=np.float32)
_SHARE = _table((_LEVELS - _RED) * (255 / 40))
_STRETCHED = _table((_LEVELS - 40) * (255 / 130))


def _dark(even: Grey) -> Grey:
    """Let the print's own darkness be black, and the paper's grain white."""
    inked = even[even < 200]
    level = float(np.percentile(inked, 12)) if inked.size > 200 else 60.0
    level = min(level, 165.0)
    return cv2.LUT(even, _table((_LEVELS - level) * (255 / (238 - level))))
