"""Plain text as a document: a paragraph per line, or the sheet a spreadsheet saved as text."""

from __future__ import annotations

from dataclasses import replace

from parsers.charsets import decode_raw
from parsers.document import Document, Paragraph, Place
from parsers.formats.csv import read_csv
from parsers.names import clean
from parsers.unreadable import Unreadable

MAX_BYTES = 4 << 20
FEWEST = 3  # lines with tabs


def read_text(data: bytes) -> Document:
    """Read text in UTF-8, UTF-16 with a mark, or GB18030; Unreadable("too-large") over 4 MB."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too-large", "bytes")
    text = clean(decode_raw(data))
    if is_sheet(text):
        return replace(read_csv(data), kind="text")
    lines = (line.strip() for line in text.split("\n"))
    shown = [line for line in lines if line]
    paragraphs = (Paragraph(line, Place(paragraph=n)) for n, line in enumerate(shown, start=1))
    return Document("text", tuple(paragraphs))


def is_sheet(text: str) -> bool:
    """Say whether most lines have tabs in them, as Excel's “Unicode text” has."""
    lines = [line for line in text.split("\n") if line.strip()]
    return sum("\t" in line for line in lines) >= max(FEWEST, len(lines) / 2)
