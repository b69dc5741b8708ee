"""How most cells read: paragraphs of runs of plain text, taken in one go.

A cell that holds anything else is left to story.py, which reads every cell, and a plain one alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.formats.page.looks import PLAIN
from parsers.formats.word.names import P, R, T, W, child
from parsers.formats.word.styles import Looks, look
from parsers.formats.word.symbols import private_use

if TYPE_CHECKING:
    from parsers.formats.ooxml.xml import Element

_CELL_PROPERTIES, _PROPERTIES, _RUN_PROPERTIES = W("tcPr"), W("pPr"), W("rPr")
_STYLE, _NUMBERING, _DELETED = W("pStyle"), W("numPr"), W("del")
_SILENT = frozenset(map(W, ("bookmarkStart", "bookmarkEnd", "proofErr", "lastRenderedPageBreak")))


def plain_text(cell: Element, looks: Looks) -> str | None:
    """Return the text of a plain cell; None when the cell is not plain."""
    lines: list[str] = []
    for block in cell:
        tag = block.tag
        if tag == P:
            line = _line(block, looks)
            if line is None:
                return None
            lines.append(line)
        elif tag != _CELL_PROPERTIES and tag not in _SILENT:
            return None
    return "\n".join(lines).strip()


def _line(paragraph: Element, looks: Looks) -> str | None:
    line = ""
    for part in paragraph:
        tag = part.tag
        if tag == R:
            text = _run(part, looks)
            if text is None:
                return None
            line += text
        elif tag == _PROPERTIES:
            if not _is_plain(part, looks):
                return None
        elif tag not in _SILENT:
            return None
    return line


def _is_plain(properties: Element, looks: Looks) -> bool:
    """Tell whether a paragraph is neither numbered nor styled, nor runs on into the next."""
    for mark in properties:
        tag = mark.tag
        if tag == _NUMBERING or (tag == _STYLE and looks):
            return False
        if tag == _RUN_PROPERTIES and child(mark, _DELETED) is not None:
            return False
    return True


def _run(run: Element, looks: Looks) -> str | None:
    text = ""
    for part in run:
        tag = part.tag
        if tag == T:
            text += private_use(part.text or "")
        elif tag == _RUN_PROPERTIES:
            if look(part, looks) is not PLAIN:
                return None
        elif tag not in _SILENT:
            return None
    return text
