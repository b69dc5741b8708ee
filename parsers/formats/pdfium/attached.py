"""Files attached to a PDF, as a portfolio holds its documents."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.formats.pdfium.streams import check_streams
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator


def attached(data: bytes, most: int, size: int) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of the first `most` files of up to `size` bytes.

    Unreadable when the PDF is broken, locked, or would unpack to too much.
    """
    check_streams(data)
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged", "pdf") from error
    try:
        for number in range(min(file.count_attachments(), most)):
            found = file.get_attachment(number)
            if 0 < _length(found) <= size:
                yield found.get_name(), bytes(found.get_data())
    except pypdfium2.PdfiumError as error:
        raise Unreadable("damaged", "pdf") from error
    finally:
        file.close()


def _length(found: pypdfium2.PdfAttachment) -> int:
    length = ctypes.c_ulong()
    pdfium.FPDFAttachment_GetFile(found, None, 0, length)
    return length.value
