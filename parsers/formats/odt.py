"""OpenDocument texts (.odt, .ott, flat .fodt), read from their XML tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.document import Document
from parsers.formats.opendocument.container import open_document
from parsers.formats.opendocument.controls import read_controls
from parsers.formats.opendocument.names import TEXT, XML_ID
from parsers.formats.opendocument.story import Body, read_blocks
from parsers.formats.opendocument.text import Inks

if TYPE_CHECKING:
    from parsers.formats.ooxml.xml import Element
    from parsers.formats.opendocument.container import OpenDocument

_CHANGES = TEXT("tracked-changes")


def read_odt(data: bytes) -> Document:
    """Read a text document; Unreadable when it is encrypted, damaged or too large."""
    return text_of(open_document(data, "text"))


def text_of(file: OpenDocument) -> Document:
    """Read an opened text document."""
    inks = Inks(file.styles, read_controls(file.body), _deletions(file.body))
    body = Body()
    read_blocks(file.body, inks, body)
    tracked = file.body.find(f"{_CHANGES}/{TEXT('changed-region')}") is not None
    flags = file.flags | (frozenset({"tracked-changes"}) if tracked else frozenset())
    return Document("odt", tuple(body.blocks.found), flags)


def _deletions(body: Element) -> frozenset[str]:
    """Return the ids of deletions; LibreOffice may leave their text in its place."""
    return frozenset(
        region.get(TEXT("id")) or region.get(XML_ID) or ""
        for changes in body.iterchildren(_CHANGES)
        for region in changes
        if region.find(TEXT("deletion")) is not None
    )
