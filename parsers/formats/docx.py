"""Word documents (.docx, .docm, Strict too), read from their XML tree (facts/documents.md §2.1)."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.document import Document
from parsers.formats.ooxml.package import Package, opened
from parsers.formats.ooxml.xml import Element, is_strict, parse
from parsers.formats.word.layout import Laid, Layout
from parsers.formats.word.names import BODY
from parsers.formats.word.silent import leave_out_silent
from parsers.formats.word.styles import looks_of
from parsers.unreadable import Unreadable


@dataclass(frozen=True, slots=True)
class Opened:
    """A document's main part: its name, tree, and everything in it with its place."""

    part: str
    root: Element
    strict: bool
    laid: tuple[Laid, ...]
    flags: frozenset[str]


def read_docx(data: bytes) -> Document:
    """Read a Word file; Unreadable when it is encrypted, damaged or too large."""
    with opened(data) as package:
        document = open_document(package, to_write=False)
        flags = document.flags | package_flags(package, "word")
    return Document("docx", tuple(laid.block for laid in document.laid), flags)


def open_document(package: Package, *, to_write: bool = True) -> Opened:
    """Parse the main part and lay it out; one that is not written back is pruned first."""
    part = package.related("", "officeDocument") or "word/document.xml"
    data = package.read(part)
    root = parse(data)
    body = root.find(BODY)
    if body is None:
        raise Unreadable("damaged", "no w:body")
    if not to_write:
        leave_out_silent(body)
    layout = Layout(looks_of(package, package.related(part, "styles")))
    laid = tuple(layout.blocks(body))
    flags = frozenset(layout.flags & {"tracked-changes"})
    return Opened(part, root, is_strict(data), laid, flags)


def package_flags(package: Package, folder: str) -> frozenset[str]:
    """Return what a package carries besides text, told by the names of its parts."""
    carried = {
        "macros": f"\0{folder}/vbaproject.bin",
        "embedded-objects": f"\0{folder}/embeddings/",
        "pictures": f"\0{folder}/media/",
    }
    names = "\0".join(("", *package.names()))  # no name holds a NUL: zipfile ends it there
    return frozenset(flag for flag, start in carried.items() if start in names)
