"""What people typed into a PDF: values of form fields, boxes ticked, text set on the page."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from parsers.formats.drawn.page import Glyph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.formats.pdfium.view import View

MAX_ANNOTATIONS = 5_000
MAX_VALUE = 40_000  # bytes of UTF-16
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_BOXES = {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}
_SILENT = {pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_SIGNATURE}


def read_fields(page: Any, form: Any, view: View) -> Iterator[Glyph]:
    """Yield values (ISO 32000-1 §12.7: /V and /AS) and FreeText notes where they stand."""
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        if annotation:
            try:
                yield from _glyphs(annotation, form, view)
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)


def _glyphs(annotation: Any, form: Any, view: View) -> list[Glyph]:
    if pdfium.FPDFAnnot_GetFlags(annotation) & _UNSEEN:
        return []
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
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
