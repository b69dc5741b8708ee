"""A picture file as a document: each page with a table is read, as many as a mail is allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.allowance import LEFT_OUT, Allowance, allowance
from parsers.formats.drawn.document import assemble
from parsers.formats.scan.picture import open_pictures
from parsers.formats.scan.strokes import find_table
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from parsers.document import Document
    from parsers.formats.drawn.layout import Ink
    from parsers.formats.scan.picture import Colour

SEEN_AS = "image"


def read_file(data: bytes) -> Document:
    """Read a picture file; Unreadable as in parsers.formats.image."""
    left = allowance() or Allowance()
    pages: list[tuple[float, list[Ink]]] = []
    flags = {"ocr"}
    for picture in open_pictures(data):
        if find_table(picture) is None:
            continue
        if not left.take():
            flags.add("pages-left-out")
            break
        page = read_page(picture)
        if page is not None:
            pages.append(page)
    if pages:
        return assemble(SEEN_AS, pages, frozenset(flags))
    if "pages-left-out" in flags:
        raise Unreadable("too-large", LEFT_OUT)
    raise Unreadable("no-table")


def read_page(picture: Colour) -> tuple[float, list[Ink]] | None:
    """Return a page's height in points and its ink; None when no form stands on it."""
    from parsers.formats.scan.sheet import read_sheet  # noqa: PLC0415 - brings the recognisers

    return read_sheet(picture)
