"""Which styles hide, strike, raise or re-letter text, and which hide a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parsers.formats.opendocument.names import FO, STYLE, SVG, TABLE, TEXT
from parsers.formats.page.looks import LOWERED, RAISED, Look
from parsers.formats.word.symbols import FONTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.formats.ooxml.xml import Element

_STYLE, _FACE = STYLE("style"), STYLE("font-face")
_TEXT_PROPERTIES, _TABLE_PROPERTIES = STYLE("text-properties"), STYLE("table-properties")
_MAX_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a style changes of a look, inheritance resolved; `displayed` is a sheet's."""

    changes: Mapping[str, str | int] = field(default_factory=dict)
    displayed: bool = True

    def over(self, base: Look) -> Look:
        """Return the look of text in this style on a ground of `base`."""
        return replace(base, **self.changes) if self.changes else base  # type: ignore[arg-type]


NO_STYLE = Style()


def read_styles(roots: Sequence[Element]) -> Mapping[tuple[str, str], Style]:
    """Return the styles of all roots by family and name; of two with one name the last."""
    faces = _faces(roots)
    nodes = {
        (node.get(STYLE("family"), ""), node.get(STYLE("name"), "")): node
        for root in roots
        for node in root.iter(_STYLE)
    }
    return {key: _resolved(key, nodes, faces) for key in nodes}


def _faces(roots: Sequence[Element]) -> Mapping[str, str]:
    return {
        face.get(STYLE("name"), ""): face.get(SVG("font-family"), "")
        for root in roots
        for face in root.iter(_FACE)
    }


def _resolved(
    key: tuple[str, str], nodes: Mapping[tuple[str, str], Element], faces: Mapping[str, str]
) -> Style:
    chain: list[Element] = []
    family, name = key
    while (family, name) in nodes and len(chain) < _MAX_CHAIN:
        chain.append(nodes[family, name])
        name = chain[-1].get(STYLE("parent-style-name"), "")
    changes: dict[str, str | int] = {}
    for node in reversed(chain):
        for properties in node.iterchildren(_TEXT_PROPERTIES):
            changes |= _changes(properties, faces)
    sheet = chain[0].find(_TABLE_PROPERTIES)
    return Style(changes, sheet is None or sheet.get(TABLE("display")) != "false")


def _changes(properties: Element, faces: Mapping[str, str]) -> dict[str, str | int]:
    changes: dict[str, str | int] = {}
    display = properties.get(TEXT("display"))
    line = properties.get(STYLE("text-line-through-style")) or properties.get(
        STYLE("text-line-through-type")
    )
    position, color = properties.get(STYLE("text-position")), properties.get(FO("color"))
    font = properties.get(STYLE("font-name")) or properties.get(FO("font-family"))
    if display is not None:
        changes["hidden"] = display == "none"
    if line is not None:
        changes["struck"] = line != "none"
    if position is not None:
        changes["level"] = _level(position)
    if color is not None:
        changes["white"] = color.lower() == "#ffffff"
    if font is not None:
        named = faces.get(font) or font
        family = named.partition(",")[0].strip("'\" ").lower()
        changes["font"] = family if family in FONTS else ""
    return changes


def _level(position: str) -> int:
    """Return the level that style:text-position says: super, sub, or per cent up or down."""
    if position.startswith("super") or position[:1] in set("123456789"):
        return RAISED
    return LOWERED if position.startswith(("sub", "-")) else 0
