"""What people put on a PDF: values typed into fields, boxes ticked, notes, strokes of a pen."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from parsers.formats.drawn.page import Glyph, Rule
from parsers.formats.witness.fonts import LOST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.formats.pdfium.view import View

MAX_ANNOTATIONS = 5_000
MAX_VALUE = 40_000  # bytes of UTF-16
_PEN = 3.0  # points: half of what stands for a stroke
_Box = tuple[float, float, float, float]
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_BOXES = {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}
MAX_POINTS = 5_000  # of one stroke
_SILENT = {pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_SIGNATURE}


def read_fields(page: Any, form: Any, view: View) -> Iterator[Glyph]:
    """Yield values (ISO 32000-1 §12.7: /V and /AS) and FreeText notes where they stand."""
    for annotation in _annotations(page):
        yield from _glyphs(annotation, form, view)


def _glyphs(annotation: Any, form: Any, view: View) -> list[Glyph]:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_INK:
        return [_penned(*box) for box in _strokes(annotation, view)]
    value = ""
    if kind == pdfium.FPDF_ANNOT_WIDGET and form:
        value = _value(annotation, form)
    elif kind == pdfium.FPDF_ANNOT_FREETEXT:
        value = _string(annotation, b"Contents")
    box = pdfium.FS_RECTF()
    if not value or not pdfium.FPDFAnnot_GetRect(annotation, box):
        return []
    left, top, right, bottom = view.matrix.box(box.left, box.bottom, box.right, box.top)
    return _lines(value, left, top, right, bottom)


def read_strikes(page: Any, view: View) -> Iterator[Rule]:
    """Yield the lines that people had drawn through text (§12.5.6.10: StrikeOut)."""
    for annotation in _annotations(page):
        if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_STRIKEOUT:
            yield from (
                Rule((top + bottom) / 2, left, right)
                for left, top, right, bottom in _quads(annotation, view)
            )


def _annotations(page: Any) -> Iterator[Any]:
    """Yield the annotations that are shown."""
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if annotation:
            try:
                if not pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
                    yield annotation
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)


def _quads(annotation: Any, view: View) -> Iterator[_Box]:
    quad = pdfium.FS_QUADPOINTSF()
    for number in range(min(pdfium.FPDFAnnot_CountAttachmentPoints(annotation), MAX_POINTS)):
        if pdfium.FPDFAnnot_GetAttachmentPoints(annotation, number, quad):
            across = (quad.x1, quad.x2, quad.x3, quad.x4)
            up = (quad.y1, quad.y2, quad.y3, quad.y4)
            yield view.matrix.box(min(across), min(up), max(across), max(up))


def _strokes(annotation: Any, view: View) -> Iterator[_Box]:
    """Yield the box of each stroke of a pen (§12.5.6.13)."""
    for number in range(min(pdfium.FPDFAnnot_GetInkListCount(annotation), MAX_ANNOTATIONS)):
        count = pdfium.FPDFAnnot_GetInkListPath(annotation, number, None, 0)
        if 0 < count <= MAX_POINTS:
            points = (pdfium.FS_POINTF * count)()
            pdfium.FPDFAnnot_GetInkListPath(annotation, number, points, count)
            across, up = [p.x for p in points], [p.y for p in points]
            yield view.matrix.box(min(across), min(up), max(across), max(up))


def _penned(left: float, top: float, right: float, bottom: float) -> Glyph:
    """Return what stands for a stroke of a pen, which nobody here can read, in its middle."""
    x, y = (left + right) / 2, (top + bottom) / 2
    return Glyph(LOST, x - _PEN, y - _PEN, x + _PEN, y + _PEN)


def _lines(value: str, left: float, top: float, right: float, bottom: float) -> list[Glyph]:
    """Return a typed-in value as one glyph a line, spread over its field's box."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    step = (bottom - top) / len(lines)
    return [
        Glyph(line, left, top + number * step, right, top + (number + 1) * step)
        for number, line in enumerate(lines)
        if line.strip()
    ]


def _value(annotation: Any, form: Any) -> str:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _BOXES:
        return "☑" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "□"
    if kind in _SILENT:
        return ""
    return _text(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)


def _string(annotation: Any, key: bytes) -> str:
    return _text(pdfium.FPDFAnnot_GetStringValue, annotation, key)


def _text(ask: Any, *about: Any) -> str:
    """Return the text PDFium writes into a buffer of UTF-16 with its closing zero."""
    buffer = ctypes.create_string_buffer(MAX_VALUE)
    wide = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    size = min(int(ask(*about, wide, MAX_VALUE)), MAX_VALUE)
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", "replace")
