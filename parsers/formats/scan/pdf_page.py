"""A PDF's page that is only a picture, drawn at 200 dpi and read like any other picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from parsers.formats.pdfium.objects import most_pixels
from parsers.formats.scan.file import read_page
from parsers.formats.scan.picture import MAX_PIXELS
from parsers.formats.scan.strokes import find_table
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from parsers.allowance import Allowance
    from parsers.formats.drawn.layout import Ink

DOTS = 200 / 72  # pixels to a point
LONGEST = 3_000  # pixels of the longer side, whatever size the page says it has
NOTHING: frozenset[str] = frozenset()


def look_at(page: Any, left: Allowance) -> tuple[tuple[float, list[Ink]] | None, frozenset[str]]:
    """Return a page's height and ink (None: no table on it), and flags for the document."""
    _check_pictures(page)
    width, height = page.get_size()
    scale = min(DOTS, LONGEST / max(width, height, 1))
    drawn = page.render(scale=scale, rev_byteorder=True, draw_annots=True)
    picture = np.ascontiguousarray(drawn.to_numpy()[..., :3])
    if picture.ndim != 3 or find_table(picture) is None:
        return None, NOTHING
    if not left.take():
        return None, frozenset({"pages-left-out"})
    seen = read_page(picture)
    return seen, frozenset({"ocr"}) if seen else NOTHING


def _check_pictures(page: Any) -> None:
    """Refuse pictures that would fill the memory when PDFium unpacks them."""
    if most_pixels(page.raw) > MAX_PIXELS:
        raise Unreadable("too-large", "pixels")
