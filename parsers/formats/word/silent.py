"""Which properties say nothing of a text; left out before reading, they are never walked over.

They are some two fifths of a form's elements. Only a reader may do without them, never who writes
the document back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from parsers.formats.word.names import W

if TYPE_CHECKING:
    from parsers.formats.ooxml.xml import Element

_OF_RUNS = ("b", "bCs", "i", "iCs", "u", "sz", "szCs", "lang", "kern", "spacing", "w", "shd")
_OF_PARAGRAPHS = ("jc", "ind", "snapToGrid", "widowControl", "adjustRightInd", "keepNext")
_OF_TABLES = ("tcW", "vAlign", "tcBorders", "tcMar", "trHeight", "noWrap", "cantSplit")
_SILENT = tuple(map(W, (*_OF_RUNS, *_OF_PARAGRAPHS, *_OF_TABLES)))


def leave_out_silent(root: Element) -> None:
    """Take the properties out of a document that only change how its text is dressed."""
    etree.strip_elements(root, *_SILENT, with_tail=False)
