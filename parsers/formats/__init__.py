"""One file format per file, and the registry of readers; each is loaded when it is first needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from parsers.document import Document


@dataclass(frozen=True)
class Reader:
    """A format: its `kind` as in `parsers.mail.File`, and the `file` here that reads it."""

    kind: str
    file: str

    @cached_property
    def read(self) -> Callable[[bytes], Document]:
        """The function that reads its bytes: `read_docx` of docx.py."""
        read: Callable[[bytes], Document] = getattr(
            import_module(f"parsers.formats.{self.file}"), f"read_{self.file}"
        )
        return read


READERS: tuple[Reader, ...] = (
    Reader("docx", "docx"),
    Reader("docm", "docx"),
    Reader("doc", "doc"),
    Reader("xlsx", "xlsx"),
    Reader("xlsm", "xlsx"),
    Reader("xls", "xls"),
    Reader("encrypted", "encrypted"),
    Reader("html", "html"),
    Reader("text", "text"),
    Reader("pdf", "pdf"),
    Reader("ofd", "ofd"),
    Reader("mhtml", "mhtml"),
    Reader("csv", "csv"),
    Reader("doc-xml", "doc_xml"),
    Reader("xls-xml", "xls_xml"),
    Reader("odt", "odt"),
    Reader("rtf", "rtf"),
    Reader("ods", "ods"),
    Reader("image", "image"),
)
HAS_READER: frozenset[str] = frozenset(reader.kind for reader in READERS)
_BY_KIND = {reader.kind: reader for reader in READERS}


def read_document(data: bytes, kind: str) -> Document:
    """Read bytes of a known kind.

    Raises Unreadable with "damaged", "encrypted", "too-large" or "unsupported".
    """
    reader = _BY_KIND.get(kind)
    if reader is None:
        raise Unreadable("unsupported", f"no reader for {kind}")
    try:
        return reader.read(data)
    except RecursionError as error:
        raise Unreadable("damaged", "nested too deeply") from error
