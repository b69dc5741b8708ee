"""What a cell's style means for reading: its number format, and whether it is struck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from parsers.formats.excel2003.names import SS
from parsers.formats.markup.values import named
from parsers.formats.sheet.styles import GENERAL, CellStyle

if TYPE_CHECKING:
    from parsers.formats.ooxml.xml import Element

Styles = Mapping[str, CellStyle]
_MAX_CHAIN = 20


def read_styles(root: Element) -> Styles:
    """Return the cell styles by id, inheritance resolved."""
    nodes = {
        node.get(SS("ID"), ""): node for node in root.iterfind(f"{SS('Styles')}/{SS('Style')}")
    }
    return {name: _resolved(name, nodes) for name in nodes}


def _resolved(name: str, nodes: Mapping[str, Element]) -> CellStyle:
    chain: list[Element] = []
    while name in nodes and len(chain) < _MAX_CHAIN:
        chain.append(nodes[name])
        name = chain[-1].get(SS("Parent"), "")
    code, struck = GENERAL, False
    for node in reversed(chain):
        shown, font = node.find(SS("NumberFormat")), node.find(SS("Font"))
        if shown is not None:
            code = named(shown.get(SS("Format"), GENERAL))
        if font is not None:
            struck = font.get(SS("StrikeThrough")) == "1"
    return CellStyle(code, struck)
