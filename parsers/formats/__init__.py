"""One file format per file, and the registry of readers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from parsers.document import Document
from parsers.formats.csv import read_csv
from parsers.formats.doc import read_doc
from parsers.formats.doc_xml import read_doc_xml
from parsers.formats.docx import read_docx
from parsers.formats.encrypted import read_encrypted
from parsers.formats.html import read_html
from parsers.formats.image import read_image
from parsers.formats.mhtml import read_mhtml
from parsers.formats.ods import read_ods
from parsers.formats.odt import read_odt
from parsers.formats.ofd import read_ofd
from parsers.formats.pdf import read_pdf
from parsers.formats.rtf import read_rtf
from parsers.formats.text import read_text
from parsers.formats.xls import read_xls
from parsers.formats.xls_xml import read_xls_xml
from parsers.formats.xlsx import read_xlsx
from parsers.unreadable import Unreadable


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its `kind` as in `parsers.mail.File`, and the function that reads its bytes."""

    kind: str
    read: Callable[[bytes], Document]


READERS: tuple[Reader, ...] = (
    Reader("docx", read_docx),
    Reader("docm", read_docx),
    Reader("doc", read_doc),
    Reader("xlsx", read_xlsx),
    Reader("xlsm", read_xlsx),
    Reader("xls", read_xls),
    Reader("encrypted", read_encrypted),
    Reader("html", read_html),
    Reader("text", read_text),
    Reader("pdf", read_pdf),
    Reader("ofd", read_ofd),
    Reader("mhtml", read_mhtml),
    Reader("csv", read_csv),
    Reader("doc-xml", read_doc_xml),
    Reader("xls-xml", read_xls_xml),
    Reader("odt", read_odt),
    Reader("rtf", read_rtf),
    Reader("ods", read_ods),
    Reader("image", read_image),
)
HAS_READER: frozenset[str] = frozenset(reader.kind for reader in READERS)


def read_document(data: bytes, kind: str) -> Document:
    """Read bytes of a known kind.

    Raises Unreadable with "damaged", "encrypted", "too-large" or "unsupported".
    """
    for reader in READERS:
        if reader.kind == kind:
            return _guarded(reader, data)
    raise Unreadable("unsupported", f"no reader for {kind}")


def _guarded(reader: Reader, data: bytes) -> Document:
    try:
        return reader.read(data)
    except RecursionError as error:
        raise Unreadable("damaged", "nested too deeply") from error
