"""How a cell style gets a fill: a copy of the style with the fill, in the workbook's styles."""

from __future__ import annotations

import copy

from lxml import etree

from parsers.formats.ooxml.xml import Element, integer
from parsers.formats.sheet.stream import S
from parsers.marking.marks import FILL


class Fills:
    """The marked twins of the workbook's cell styles, made when first asked for."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._twins: dict[int, int] = {}
        self._fill: str | None = None

    def filled(self, style: int) -> int:
        """Return the style that looks like `style` with the mark's fill."""
        styles = self._root.find(S("cellXfs"))
        if styles is None or len(styles) == 0:
            return style
        if style not in self._twins:
            twin = copy.deepcopy(styles[style if style < len(styles) else 0])
            twin.set("fillId", self._fill_id())
            twin.set("applyFill", "1")
            styles.append(twin)
            styles.set("count", str(len(styles)))
            self._twins[style] = len(styles) - 1
        return self._twins[style]

    def _fill_id(self) -> str:
        if self._fill is None:
            self._fill = str(self._add_fill())
        return self._fill

    def _add_fill(self) -> int:
        fills = self._root.find(S("fills"))
        if fills is None:
            fills = etree.Element(S("fills"))
            fonts = self._root.find(S("fonts"))
            self._root.insert(0 if fonts is None else self._root.index(fonts) + 1, fills)
        while len(fills) < 2:  # the first two are reserved: none and gray125
            kind = "gray125" if len(fills) else "none"
            etree.SubElement(etree.SubElement(fills, S("fill")), S("patternFill"), patternType=kind)
        pattern = etree.SubElement(
            etree.SubElement(fills, S("fill")), S("patternFill"), patternType="solid"
        )
        etree.SubElement(pattern, S("fgColor"), rgb=f"FF{FILL}")
        etree.SubElement(pattern, S("bgColor"), indexed="64")
        fills.set("count", str(len(fills)))
        return len(fills) - 1


def style_of(node: Element | None, name: str) -> int:
    """Return a style index from an attribute; 0 when there is none."""
    return 0 if node is None else max(integer(node.get(name)), 0)
