"""Plain text as a document: one paragraph per line that is not blank."""

from __future__ import annotations

from parsers.charsets import decode_raw
from parsers.document import Document, Paragraph, Place
from parsers.names import clean
from parsers.unreadable import Unreadable

MAX_BYTES = 4 << 20


def read_text(data: bytes) -> Document:
    """Read text in UTF-8, UTF-16 with a mark, or GB18030; Unreadable("too-large") over 4 MB."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too-large", "bytes")
    lines = (line.strip() for line in clean(decode_raw(data)).split("\n"))
    shown = [line for line in lines if line]
    paragraphs = (Paragraph(line, Place(paragraph=n)) for n, line in enumerate(shown, start=1))
    return Document("text", tuple(paragraphs))
