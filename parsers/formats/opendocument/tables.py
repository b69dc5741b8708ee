"""How rows and cells of a table are counted: groups, repetitions, spans, hidden ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats.ooxml.xml import Element, integer
from parsers.formats.opendocument.names import ROW, ROW_GROUPS, TABLE
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_REPEATED = 20_000  # in a text document
_HIDDEN = frozenset({"collapse", "filter"})


def rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, those in groups and headers too."""
    for child in table:
        if child.tag == ROW:
            yield child
        elif child.tag in ROW_GROUPS:
            yield from rows(child)


def count(element: Element, name: str) -> int:
    """Return a number that is 1 when it is not given."""
    return max(integer(element.get(TABLE(name)), 1), 1)


def repeated(element: Element, name: str) -> int:
    """Return how often a row or cell of a text document stands there."""
    times = count(element, name)
    if times > MAX_REPEATED:
        raise Unreadable("too-large", f"{name} {times}")
    return times


def spans(cell: Element) -> tuple[int, int]:
    """Return the columns and rows a cell covers."""
    return count(cell, "number-columns-spanned"), count(cell, "number-rows-spanned")


def is_hidden(element: Element) -> bool:
    """Tell whether a row or column is hidden or filtered out."""
    return element.get(TABLE("visibility")) in _HIDDEN
