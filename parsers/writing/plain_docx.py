"""How a plain Word document is written: a title and paragraphs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

if TYPE_CHECKING:
    from collections.abc import Sequence


def write_plain_docx(title: str, paragraphs: Sequence[str]) -> bytes:
    """Return a .docx with a centred title and one paragraph each."""
    document = docx.Document()
    document.add_paragraph(title).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in paragraphs:
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
