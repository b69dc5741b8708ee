"""HTML as mail clients and office suites write it: tables of data, and paragraphs around them.

A table that holds another table is layout: its cells are read as if the table were not there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from parsers.charsets import decode
from parsers.document import Block, Cell, Document, Paragraph, Place, Table
from parsers.names import clean
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 4 << 20
MAX_ELEMENTS = 200_000
MAX_SPAN = 200

_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_HIDDEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "tr",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "blockquote",
        "ul",
        "ol",
        "pre",
        "hr",
        "section",
        "article",
        "dd",
        "dt",
    ]
)
_SPACE = re.compile(r"[ \t\r\n\xa0]+")


def read_html(data: bytes) -> Document:
    """Read a file; its charset is what its meta says, within the rules for Chinese text."""
    match = _CHARSET.search(data[:4_096])
    return read_markup(decode(data, match[1].decode("ascii", "replace") if match else ""))


def read_markup(html: str) -> Document:
    """Read decoded HTML; Unreadable("damaged") when nothing is in it."""
    root = parse(html)
    if root is None:
        raise Unreadable("damaged", "no element")
    return Document("html", tuple(_numbered(_blocks(root))))


def to_text(html: str) -> str:
    """Return what a person reads: cells of a row joined by tabs, blocks by newlines."""
    root = parse(html)
    return "" if root is None else _tidy(_visible(root))


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


def _is_data(table: etree._Element) -> bool:
    return next(table.iterdescendants("table"), None) is None


def _blocks(root: etree._Element) -> Iterator[str | etree._Element]:
    """Yield lines of text and tables of data, in the order of the page."""
    line: list[str] = []
    for event, element in _events(root):
        if event == "table":
            yield "".join(line)
            line = []
            yield element
        elif event == "break":
            yield "".join(line)
            line = []
        else:
            line.append(event[1:])
    yield "".join(line)


def _events(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Walk without recursion: "table", "break", or "=" followed by text."""
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        skipped = tag in _HIDDEN or (tag == "table" and _is_data(element))
        if event == "start" and skipped:
            walker.skip_subtree()
        if event == "start" and tag == "table" and skipped:
            yield "table", element
        elif tag in _BLOCKS or tag in {"td", "th"}:
            yield "break", element
        if event == "start" and not skipped and element.text:
            yield "=" + element.text, element
        if event == "end" and element is not root and element.tail:
            yield "=" + element.tail, element


def _numbered(blocks: Iterator[str | etree._Element]) -> Iterator[Block]:
    tables, paragraphs = 0, 0
    for block in blocks:
        if isinstance(block, str):
            text = _SPACE.sub(" ", block).strip()
            if text:
                paragraphs += 1
                yield Paragraph(text, Place(paragraph=paragraphs))
        else:
            tables += 1
            yield Table(tables, tuple(_cells(block, tables)))


def _cells(table: etree._Element, number: int) -> Iterator[Cell]:
    """Place cells on a grid as a browser does: each takes the first free column of its row."""
    taken: set[tuple[int, int]] = set()
    rows = _rows(table)
    for row, element in enumerate(rows, start=1):
        column, seen = 1, 0
        for cell in element.iterchildren("td", "th"):
            while (row, column) in taken:
                column, seen = column + 1, seen + 1
            seen += 1
            height = min(_span(cell, "rowspan"), len(rows) - row + 1)
            width = _span(cell, "colspan")
            if len(taken) > MAX_ELEMENTS:
                raise Unreadable("too-large", "spans")
            taken.update((row + r, column + c) for r in range(height) for c in range(width))
            place = Place(table=number, row=row, column=seen)
            yield Cell(row, column, _tidy(_visible(cell)), place, height, width)
            column += width


def _rows(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]


def _span(cell: etree._Element, name: str) -> int:
    match = re.match(r"\s*(\d{1,6})", cell.get(name) or "")
    return max(1, min(MAX_SPAN, int(match[1]))) if match else 1


def _visible(root: etree._Element) -> str:
    """Text with a line break around blocks and a tab between cells."""
    out: list[str] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and tag in _HIDDEN:
            walker.skip_subtree()
        elif event == "start" and element.text:
            out.append(_SPACE.sub(" ", element.text))
        if element is root:
            continue
        if tag in _BLOCKS and (tag != "br" or event == "start"):
            out.append("\n")
        if event == "end":
            out.append("\t" if tag in {"td", "th"} else "")
            out.append(_SPACE.sub(" ", element.tail or ""))
    return "".join(out)


def _tidy(text: str) -> str:
    lines = [re.sub(r" *\t[ \t]*", "\t", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
