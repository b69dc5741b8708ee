"""Characters that something was painted over: they still stand in the file, and nobody sees them.

Programs put a white box over a number and type another on it; others lay a scan over the words
that were recognised on it.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import numpy as np
import pypdfium2.raw as pdfium

from parsers.formats.pdfium.objects import address, most_pixels, walk

if TYPE_CHECKING:
    from parsers.formats.pdfium.objects import Drawn

MAX_PIXELS = 64_000_000  # of a picture on it, which would be unpacked
LONGEST = 1_600  # pixels a page is drawn with
_SCALE = 1.5  # of them to a point
_BESIDE = 0.2  # of a character's width: there its neighbour may reach into its box
_Box = tuple[int, int, int, int]


def covered(page: Any, text: Any, count: int, drawn: Drawn) -> frozenset[int]:
    """Return the numbers of the characters under what was painted later that cannot be seen.

    Only those are looked for, and only then is the page drawn, with its text and without: what
    shines through, or was cut away, covers nothing.
    """
    if not drawn.covers or most_pixels(page.raw) > MAX_PIXELS:
        return frozenset()
    order = {address(item): number for number, (item, _) in enumerate(walk(page.raw))}
    under: dict[int, _Box] = {}
    words: dict[int, Any] = {}
    for number in range(count):
        item = pdfium.FPDFText_GetTextObject(text, number)
        box = _under(page, text, number, order.get(address(item)), drawn)
        if box is not None:
            under[number], words[address(item)] = box, item
    if not under:
        return frozenset()
    shown, bare = _drawn(page), _without(page, list(words.values()))
    return frozenset(number for number, box in under.items() if _is_unseen(shown, bare, box))


def _under(page: Any, text: Any, number: int, place: int | None, drawn: Drawn) -> _Box | None:
    """Return where on the drawn page a character stands that lies under something; else None."""
    box = pdfium.FS_RECTF()
    if place is None or not pdfium.FPDFText_GetLooseCharBox(text, number, box):
        return None
    if not chr(pdfium.FPDFText_GetUnicode(text, number) & 0xFFFF).strip():
        return None
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    for at, (left, bottom, right, top) in drawn.covers:
        if at > place and left <= x <= right and bottom <= y <= top:
            return _pixels(page, box)
    return None


def _scale(page: Any) -> float:
    return float(min(_SCALE, LONGEST / max(1.0, *page.get_size())))


def _drawn(page: Any) -> Any:
    picture = page.render(scale=_scale(page), grayscale=True, draw_annots=False)
    return np.array(picture.to_numpy())


def _without(page: Any, words: list[Any]) -> Any:
    """Return the page drawn without these objects, which are as they were afterwards."""
    shown = [item for item in words if pdfium.FPDFPageObj_SetIsActive(item, False)]  # noqa: FBT003
    try:
        return _drawn(page)
    finally:
        for item in shown:
            pdfium.FPDFPageObj_SetIsActive(item, True)  # noqa: FBT003


def _pixels(page: Any, box: Any) -> _Box:
    """Return where a box of the page lies in its picture."""
    scale = _scale(page)
    size = [max(1, round(scale * side)) for side in page.get_size()]
    x, y = ctypes.c_int(), ctypes.c_int()
    points, less = [], _BESIDE * (box.right - box.left)
    for across, up in ((box.left + less, box.bottom), (box.right - less, box.top)):
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, across, up, x, y)
        points.append((x.value, y.value))
    (x0, y0), (x1, y1) = points
    left, right = sorted((x0, x1))
    top, bottom = sorted((y0, y1))
    return max(0, left), max(0, top), right + 1, bottom + 1


def _is_unseen(shown: Any, bare: Any, box: _Box) -> bool:
    left, top, right, bottom = box
    one, other = shown[top:bottom, left:right], bare[top:bottom, left:right]
    return bool(one.size) and np.array_equal(one, other)
