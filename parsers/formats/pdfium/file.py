"""A PDF opened within limits, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.allowance import allowance
from parsers.formats.drawn.document import assemble
from parsers.formats.drawn.layout import read_page
from parsers.formats.drawn.page import Page
from parsers.formats.pdfium.covered import covered
from parsers.formats.pdfium.fields import read_fields, read_strikes
from parsers.formats.pdfium.glyphs import quarter_turns, read_glyphs
from parsers.formats.pdfium.objects import read_objects
from parsers.formats.pdfium.streams import check_streams
from parsers.formats.pdfium.view import View
from parsers.formats.pdfium.witnessed import doubts_of, unseen_glyphs
from parsers.formats.witness.pages import Witness
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from parsers.document import Document
    from parsers.formats.drawn.layout import Ink
    from parsers.formats.witness.pen import Seen

MAX_PAGES = 100
MAX_GLYPHS = 200_000  # of the whole file: over 100 full pages
_SCANNED = 0.5  # of a page covered by one picture
_FEW = 60  # glyphs: a stamp of the scanning program beside the picture


def read_file(data: bytes) -> Document:
    """Read a PDF with text. Unreadable: "encrypted", "damaged", "too-large", or "scan"."""
    check_streams(data)
    file = _opened(data)
    try:
        if len(file) > MAX_PAGES:
            raise Unreadable("too-large", "pages")
        return _document(file, Witness(data))
    finally:
        file.close()


def _opened(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return _with_forms(pypdfium2.PdfDocument(data))
    except pypdfium2.PdfiumError as error:
        reason = pdfium.FPDF_GetLastError()
        if reason == pdfium.FPDF_ERR_PASSWORD:
            raise Unreadable("encrypted") from error
        problem = "unsupported" if reason == pdfium.FPDF_ERR_SECURITY else "damaged"
        raise Unreadable(problem, "pdf") from error


def _with_forms(file: pypdfium2.PdfDocument) -> pypdfium2.PdfDocument:
    if file.get_formtype() != pdfium.FORMTYPE_NONE:
        file.init_forms()
    return file


def _document(file: pypdfium2.PdfDocument, witness: Witness) -> Document:
    inks: list[tuple[float, list[Ink]]] = []
    flags: set[str] = set()
    typed, left = False, MAX_GLYPHS
    for number in range(len(file)):
        page, is_scan = _page(file, number, left, witness)
        left -= len(page.glyphs)
        typed = typed or bool(page.glyphs)
        seen = _look(file, number, flags) if is_scan else None
        inks.append(seen or (page.height, read_page(page)))
    if not typed and "ocr" not in flags:
        raise Unreadable("unsupported", "scan" if flags else "no-text")
    return assemble("pdf", inks, frozenset(flags))


def _look(
    file: pypdfium2.PdfDocument, number: int, flags: set[str]
) -> tuple[float, list[Ink]] | None:
    """Read a page that is a picture, if it shows a table and pictures may still be read."""
    flags.add("scanned-pages")
    left = allowance()
    if left is None:
        return None
    from parsers.formats.scan.pdf_page import look_at  # noqa: PLC0415 - only a scan pays for it

    page, found = look_at(file[number], left)
    flags |= found
    return page


def _page(
    file: pypdfium2.PdfDocument, number: int, left: int, witness: Witness
) -> tuple[Page, bool]:
    """Return a page, and whether it is a picture of one; such a page has no glyphs."""
    try:
        page = file[number]
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged", "page") from error
    text = pdfium.FPDFText_LoadPage(page.raw)
    try:
        return _inked(page, text, file.formenv, left, lambda: witness.page(number))
    finally:
        pdfium.FPDFText_ClosePage(text)
        page.close()


def _inked(
    page: Any, text: Any, form: Any, left: int, ask: Callable[[], list[Seen] | None]
) -> tuple[Page, bool]:
    count = max(0, pdfium.FPDFText_CountChars(text))
    if count > left:
        raise Unreadable("too-large", "characters")
    left_edge, bottom, right_edge, top = page.get_cropbox()
    view = View(left_edge, bottom, right_edge, top, quarter_turns(text, count))
    drawn = read_objects(page.raw, view)
    drawn.hidden = covered(page, text, count, drawn)
    glyphs = list(read_glyphs(text, count, view, drawn))
    typed = list(read_fields(page.raw, form.raw if form else None, view))
    drawn.across.extend(read_strikes(page.raw, view))
    inked = sum(glyph.text not in {" ", "\ufffd"} for glyph in (*glyphs, *typed))
    is_scan = drawn.pictured >= _SCANNED and inked < _FEW
    if not is_scan and (doubts := doubts_of(text, count, view, drawn, ask)):
        glyphs = list(read_glyphs(text, count, view, drawn, doubts.numbers))
        glyphs += unseen_glyphs(doubts, view)
    shown = () if is_scan or inked == 0 else (*glyphs, *typed)
    width, height = view.size
    return Page(width, height, shown, tuple(drawn.across), tuple(drawn.down)), is_scan
