"""Word documents as one XML file, named .doc or .xml: WordprocessingML 2003, and flat OPC.

Both are turned into what .docx holds, so that one reader knows what a Word document shows.
"""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from parsers.document import Document
from parsers.formats.docx import read_docx
from parsers.formats.ooxml.xml import namer, parse
from parsers.formats.word.layout import Layout
from parsers.formats.word.names import BODY, W
from parsers.formats.word.styles import read_looks
from parsers.formats.word2003.body import to_2007
from parsers.formats.xlsx import read_xlsx
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from parsers.formats.ooxml.xml import Element

MAX_BYTES = 64_000_000
_PKG = namer("http://schemas.microsoft.com/office/2006/xmlPackage")
_PICTURES = (W("binData"), W("pict"))


def read_doc_xml(data: bytes) -> Document:
    """Read either kind; Unreadable when it is damaged or too large."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too-large", f"over {MAX_BYTES} bytes")
    root = parse(data)
    document = _flat(root) if root.tag == _PKG("package") else _word_2003(root)
    return replace(document, kind="doc-xml")


def _word_2003(root: Element) -> Document:
    root = to_2007(root)
    body = root.find(BODY)
    if body is None:
        raise Unreadable("damaged", "no w:body")
    styles = root.find(W("styles"))
    layout = Layout(read_looks(b"" if styles is None else etree.tostring(styles)))
    blocks = tuple(laid.block for laid in layout.blocks(body))
    pictures = next(body.iter(*_PICTURES[:1]), None) is not None
    flags = (layout.flags & {"tracked-changes"}) | ({"pictures"} if pictures else set())
    return Document("doc-xml", blocks, frozenset(flags))


def _flat(root: Element) -> Document:
    """Put the parts of a flat OPC file into the zip they are of (ISO 29500-2)."""
    buffer = io.BytesIO()
    names: set[str] = set()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in root.iterchildren(_PKG("part")):
            name = part.get(_PKG("name"), "").lstrip("/")
            if name and name not in names:
                names.add(name)
                archive.writestr(name, _content(part))
    sheet = any(name.startswith("xl/") for name in names)
    return read_xlsx(buffer.getvalue()) if sheet else read_docx(buffer.getvalue())


def _content(part: Element) -> bytes:
    xml, binary = part.find(_PKG("xmlData")), part.find(_PKG("binaryData"))
    if xml is not None and len(xml):
        return etree.tostring(xml[0], encoding="UTF-8", xml_declaration=True)
    try:
        return base64.b64decode(binary.text or "") if binary is not None else b""
    except binascii.Error as error:
        raise Unreadable("damaged", "a part's base64") from error
