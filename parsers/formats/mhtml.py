"""Single-file web pages (.mht, or named .doc and .xls): HTML parts in an envelope (RFC 2557)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.charsets import decode
from parsers.document import Document
from parsers.formats.html import MAX_BYTES, decode_page, read_page
from parsers.formats.markup.css import read_css
from parsers.formats.page.blocks import Blocks
from parsers.message.structure import read_structure
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from parsers.message.structure import Part

_MAX_PAGES, _MAX_SHEETS = 100, 3
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
# what Word and Excel store beside the page: running heads, the bar of sheet names
_BESIDE = re.compile(r"(?:header|footer|tabstrip)\d*\.html?$", re.IGNORECASE)


def read_mhtml(data: bytes) -> Document:
    """Read every page of the envelope, in order; Unreadable("damaged") when there is none."""
    root, flags = read_structure(data)
    if flags:
        raise Unreadable("too-large", " ".join(sorted(flags)))
    leaves = [part for part in root.walk() if not part.children]
    pages = [part for part in leaves if part.type.main in _PAGES and not _is_beside(part)]
    if not pages:
        raise Unreadable("damaged", "no page in the envelope")
    beside = read_css(
        [_text(part) for part in leaves if part.type.main == "text/css"][:_MAX_SHEETS]
    )
    texts = [decode_page(part.content(), _charset(part)) for part in pages]
    if sum(map(len, texts)) > MAX_BYTES or len(texts) > _MAX_PAGES:
        raise Unreadable("too-large", "more HTML than a form has")
    blocks = Blocks()
    for text in texts:
        if text.strip():
            read_page(text, blocks, beside)
    return Document("mhtml", tuple(blocks.found), _flags(leaves))


def _is_beside(part: Part) -> bool:
    return _BESIDE.search(part.headers.get("content-location").strip()) is not None


def _charset(part: Part) -> str:
    return part.type.parameters.get("charset", "")


def _text(part: Part) -> str:
    return decode(part.content(), _charset(part))


def _flags(leaves: list[Part]) -> frozenset[str]:
    pictures = any(part.type.main.startswith("image/") for part in leaves)
    return frozenset({"pictures"}) if pictures else frozenset()
