"""Word documents of the binary format (.doc, .dot, .wps), Word 97 and later ([MS-DOC]).

Own reader: LibreOffice needs seconds and 200 MB, writes garbage for damaged files, and loses form
fields and symbols (facts/documents.md §2.2, §4, §5.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.compound import opened
from parsers.document import Document
from parsers.formats.msdoc.boxes import read_boxes
from parsers.formats.msdoc.layout import Layout
from parsers.formats.msdoc.pictures import has_drawn_pictures
from parsers.formats.msdoc.source import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.compound import Compound
    from parsers.formats.msdoc.fib import File


def read_doc(data: bytes) -> Document:
    """Read a Word file; Unreadable when it is encrypted, damaged, too large or of Word 95."""
    with opened(data) as compound:
        source = open_source(compound)
        layout = Layout(source, read_boxes(source.file))
        blocks = tuple(layout.document())
        return Document("doc", blocks, frozenset({*layout.flags, *_carried(compound, source.file)}))


def _carried(compound: Compound, file: File) -> Iterator[str]:
    """Say what the file carries besides text."""
    if compound.has_members("Macros"):
        yield "macros"
    if compound.has_members("ObjectPool"):
        yield "embedded-objects"
    if has_drawn_pictures(file):
        yield "pictures"
