"""The objects of a PDF page: lines drawn, pictures, and what kinds of text there are."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from parsers.formats.drawn.matrix import Matrix
from parsers.formats.drawn.outline import filled, stroked
from parsers.formats.drawn.page import Rule
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.formats.pdfium.view import View

MAX_OBJECTS = 200_000  # of one page, forms in forms included
MAX_DEPTH = 6
MAX_SEGMENTS = 2_000  # of one path; more is a drawing
MAX_COVERS = 64  # of a page, then they are taken as one
_THICK = 4.0  # points: less is a line
_OPAQUE = 250  # of 255
_INVISIBLE = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
_Points = list[tuple[float, float]]
_Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Drawn:
    """What stands on a page besides glyphs."""

    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    fonts: set[str] = field(default_factory=set)
    invisible: bool = False  # some text is there only to be searched, as under a scan
    pictured: float = 0.0  # the largest picture's share of the page
    covers: list[tuple[int, _Box]] = field(default_factory=list)
    # what is painted after some text, in the order of painting: left, bottom, right, top
    hidden: frozenset[int] = frozenset()  # characters that nobody sees under it


def read_objects(page: Any, view: View) -> Drawn:
    """Walk a page's objects; Unreadable("too-large") when there are too many."""
    drawn = Drawn()
    if pdfium.FPDFPage_CountObjects(page) > MAX_OBJECTS:
        raise Unreadable("too-large", "objects")
    for number, (item, matrix) in enumerate(walk(page)):
        if number >= MAX_OBJECTS:
            raise Unreadable("too-large", "objects")
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _path(item, matrix.then(view.matrix), drawn)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            drawn.fonts.add(font_name(item))
            drawn.invisible |= is_invisible(item)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawn.pictured = max(drawn.pictured, _share(matrix, view))
        if drawn.fonts and (box := _cover(item, kind, matrix)):
            _add_cover(drawn.covers, number, box)
    return drawn


def walk(page: Any) -> Iterator[tuple[Any, Matrix]]:
    """Yield a page's objects in the order of painting, each with the map it stands in."""
    return _walk(page, Matrix(), 0)


def address(item: Any) -> int:
    """Return what tells an object from all others while its page is open."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0


def _cover(item: Any, kind: int, matrix: Matrix) -> _Box | None:
    """Return the box of what may hide what was painted before it."""
    if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
        return matrix.box(0, 0, 1, 1)
    if kind != pdfium.FPDF_PAGEOBJ_PATH or not _is_laid_on(item):
        return None
    points = [point for outline, _ in _outlines(item, matrix) for point in outline]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if not points or min(max(xs) - min(xs), max(ys) - min(ys)) <= _THICK:
        return None
    return min(xs), min(ys), max(xs), max(ys)


def _is_laid_on(item: Any) -> bool:
    """Say whether a path is filled, and nothing shines through."""
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    return bool(
        pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
        and mode.value
        and pdfium.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
        and alpha.value >= _OPAQUE
    )


def _add_cover(covers: list[tuple[int, _Box]], number: int, box: _Box) -> None:
    if len(covers) >= MAX_COVERS:
        left, bottom, right, top = covers.pop()[1]
        box = min(left, box[0]), min(bottom, box[1]), max(right, box[2]), max(top, box[3])
    covers.append((number, box))


def pictures(page: Any) -> Iterator[Any]:
    """Yield the picture objects of a page, those in forms included."""
    for item, _ in walk(page):
        if pdfium.FPDFPageObj_GetType(item) == pdfium.FPDF_PAGEOBJ_IMAGE:
            yield item


def most_pixels(page: Any) -> int:
    """Return how many pixels the largest picture of a page has."""
    wide, tall, most = ctypes.c_uint(), ctypes.c_uint(), 0
    for picture in pictures(page):
        pdfium.FPDFImageObj_GetImagePixelSize(picture, wide, tall)
        most = max(most, wide.value * tall.value)
    return most


def font_name(text: Any) -> str:
    """Return the lower-case name of a text object's font."""
    font = pdfium.FPDFTextObj_GetFont(text)
    buffer = ctypes.create_string_buffer(128)
    if not font or not pdfium.FPDFFont_GetBaseFontName(font, buffer, 128):
        return ""
    return buffer.value.decode("utf-8", "replace").lower()


def is_invisible(text: Any) -> bool:
    """Whether a text object is not painted."""
    return pdfium.FPDFTextObj_GetTextRenderMode(text) in _INVISIBLE


def _walk(page: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _opened(pdfium.FPDFPage_GetObject(page, number), matrix, depth)


def _opened(item: Any, matrix: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    """Yield an object with the map it stands in; a form gives what it holds."""
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, _matrix(item).then(matrix)
    elif depth < MAX_DEPTH:
        inner = _matrix(item).then(matrix)
        for number in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _opened(pdfium.FPDFFormObj_GetObject(item, number), inner, depth + 1)


def _matrix(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return Matrix()
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _share(matrix: Matrix, view: View) -> float:
    """Return how much of the page a picture covers; it fills the unit square of its map."""
    width, height = view.size
    area = abs(matrix.a * matrix.d - matrix.b * matrix.c)
    return area / (width * height) if width * height else 0.0


def _path(item: Any, matrix: Matrix, drawn: Drawn) -> None:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, mode, stroke):
        return
    if not stroke.value and not mode.value:
        return
    if _is_white(item, stroked=bool(stroke.value)):
        return
    for points, straight in _outlines(item, matrix):
        if stroke.value:
            stroked(points, drawn.across, drawn.down)
        elif straight:
            filled(points, drawn.across, drawn.down)


def _is_white(item: Any, *, stroked: bool) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    ask = pdfium.FPDFPageObj_GetStrokeColor if stroked else pdfium.FPDFPageObj_GetFillColor
    if not ask(item, red, green, blue, alpha):
        return False
    return alpha.value == 0 or min(red.value, green.value, blue.value) > 250


def _outlines(item: Any, matrix: Matrix) -> Iterator[tuple[_Points, bool]]:
    """Yield each outline of a path as points, and whether it is made of straight lines."""
    count = pdfium.FPDFPath_CountSegments(item)
    points, straight = _Points(), True
    for number in range(count if count <= MAX_SEGMENTS else 0):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, straight
            points, straight = [], True
        straight = straight and kind != pdfium.FPDF_SEGMENT_BEZIERTO
        x, y = ctypes.c_float(), ctypes.c_float()
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            points.append(matrix.point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment) and points:
            points.append(points[0])
    if points:
        yield points, straight
