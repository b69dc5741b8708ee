"""OFD (GB/T 33190): pages of drawn text and lines, read as PDF is (facts/documents.md §2.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats.drawn.document import read_pages
from parsers.formats.fixed.files import read_sheets
from parsers.formats.fixed.ink import MAX_GLYPHS, read_sheet
from parsers.formats.ooxml.package import opened
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from parsers.document import Document
    from parsers.formats.drawn.page import Page


def read_ofd(data: bytes) -> Document:
    """Read an OFD; Unreadable("unsupported", "scan") when its pages are pictures."""
    pages: list[Page] = []
    scanned = glyphs = 0
    with opened(data) as package:
        for sheet in read_sheets(package):
            page, is_scan = read_sheet(sheet)
            scanned += is_scan
            glyphs += len(page.glyphs)
            if glyphs > MAX_GLYPHS:
                raise Unreadable("too-large", "characters")
            pages.append(page)
    if not glyphs:
        raise Unreadable("unsupported", "scan" if scanned else "no-text")
    return read_pages("ofd", pages, frozenset({"scanned-pages"} if scanned else ()))
