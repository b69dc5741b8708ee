"""Rich Text Format (.rtf, also named .doc), read by an own tokenizer (facts/documents.md §1)."""

from __future__ import annotations

from parsers.document import Document
from parsers.formats.richtext.reader import Reader
from parsers.formats.richtext.story import number
from parsers.formats.richtext.tokens import Tokens
from parsers.unreadable import Unreadable

MAX_BYTES = 128 << 20  # pictures are written in hexadecimal


def read_rtf(data: bytes) -> Document:
    """Read an RTF file; Unreadable when it was cut off, nests too deeply or is too large."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too-large", f"over {MAX_BYTES} bytes")
    if not data.lstrip().startswith(b"{\\rtf"):
        raise Unreadable("damaged", "no RTF header")
    reader = Reader(Tokens(data))
    blocks = number(reader.read())
    return Document("rtf", tuple(blocks.found), frozenset(reader.flags))
