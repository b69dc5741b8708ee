"""HTML as mail clients and office suites write it: tables of data, and paragraphs around them.

A table that holds another table is layout, unless it has more texts of its own: its cells are
read as if the table were not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from parsers.charsets import decode
from parsers.document import Document
from parsers.formats.markup.css import Css, read_css
from parsers.formats.markup.tables import data_tables, read_table
from parsers.formats.markup.visible import tidy, visible
from parsers.formats.markup.walk import collapsed, walk
from parsers.formats.page.blocks import Blocks
from parsers.formats.page.looks import Look, Pen
from parsers.names import clean
from parsers.unreadable import Unreadable

MAX_BYTES = 4 << 20
MAX_ELEMENTS = 200_000

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[\w/+.-]{1,60};base64,[A-Za-z0-9+/=\s]*")


def read_html(data: bytes) -> Document:
    """Read a file; its charset is a BOM's, or what its meta says, by the rules for Chinese text."""
    html = decode_page(data)
    document = read_markup(html)
    if _is_cut(html):
        raise Unreadable("damaged", "cut off inside a cell")
    return document


def _is_cut(html: str) -> bool:
    """Tell whether the file ends in the middle of a cell, whose value may be half of one."""
    lower = html.lower()
    open_tables = lower.count("<table") > lower.count("</table")
    return open_tables and not html.rstrip("\0 \r\n\t").endswith(">")


def decode_page(data: bytes, label: str = "") -> str:
    """Decode a page; `label` counts where the page itself names no charset."""
    match = _CHARSET.search(data[:4_096])
    named = match[1].decode("ascii", "replace") if match else label
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        named = ""
    text = decode(data, named)
    if len(text) > MAX_BYTES:
        text = _EMBEDDED.sub("", text)
    if len(text) > MAX_BYTES:
        raise Unreadable("too-large", f"over {MAX_BYTES} characters of HTML")
    return text


def read_markup(html: str) -> Document:
    """Read decoded HTML; Unreadable("damaged") when nothing is in it."""
    blocks = Blocks()
    read_page(html, blocks)
    return Document("html", tuple(blocks.found))


def read_page(html: str, blocks: Blocks, beside: Css | None = None) -> None:
    """Read decoded HTML into `blocks`; `beside` are the rules of style sheets beside it."""
    root = parse(html)
    if root is None:
        raise Unreadable("damaged", "no element")
    css = read_css((style.text or "" for style in root.iter("style")), beside)
    data = data_tables(root)
    page = _Page(css, data, blocks)
    walk(root, css, page, data)
    page.block()


def to_text(html: str) -> str:
    """Return what a person reads: cells of a row joined by tabs, blocks by newlines."""
    root = parse(html)
    return "" if root is None else tidy(visible(root))


def parse(html: str) -> etree._Element | None:
    """Parse forgivingly; nothing is fetched, no entity of a document type is expanded."""
    data = clean(html[:MAX_BYTES]).encode("utf-8")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    if root is not None and sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        raise Unreadable("too-large", "elements")
    return root


@dataclass(slots=True)
class _Page:
    """The document being read: each line outside tables a paragraph."""

    css: Css
    data: frozenset[etree._Element]
    blocks: Blocks
    pen: Pen = field(default_factory=Pen)

    def text(self, text: str, look: Look, *, verbatim: bool = False) -> None:
        """Take text; lines of verbatim text are lines."""
        lines = text.split("\n") if verbatim else [collapsed(text)]
        for number, line in enumerate(lines):
            if number:
                self.block()
            self.pen.put(line, look)

    def block(self) -> None:
        """End the paragraph."""
        text = " ".join(self.pen.text.split(" "))
        self.blocks.add_paragraph(re.sub(r"[ \t]+", " ", text))
        self.pen = Pen()

    def line_break(self) -> None:
        """End the paragraph: forms are read line by line."""
        self.block()

    def table(self, element: etree._Element) -> None:
        """Add a table."""
        self.blocks.add_table(read_table(element, self.css, self.data))

    def note(self, flag: str) -> None:
        """Leave a flag: paragraphs have none."""
