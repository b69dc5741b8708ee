"""PDF with text (facts/documents.md §2.5): ruled tables as grids, the rest as paragraphs.

Its own lattice on PDFium reads in a sixth of pdfplumber's time, and reads OFD as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.document import Document


def read_pdf(data: bytes) -> Document:
    """Read a PDF; Unreadable("unsupported", "scan") when its pages are pictures."""
    from parsers.formats.pdfium.file import read_file  # noqa: PLC0415 - only a PDF pays for it

    return read_file(data)
