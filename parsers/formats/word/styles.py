"""Which looks hide or change a run's text: hidden, struck, symbol font, raised, white."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from parsers.formats.ooxml.xml import Element, parse, switch
from parsers.formats.page.looks import PLAIN, Look
from parsers.formats.word.names import VAL, W
from parsers.formats.word.symbols import FONTS

__all__ = ["PLAIN", "Look", "Looks", "look", "read_looks"]

Looks = Mapping[str, Look]
MOST_KEPT = 500_000  # bytes of styles that are remembered; a blank's are a tenth of that
_HIDDEN, _STRUCK, _DOUBLE_STRUCK = W("vanish"), W("strike"), W("dstrike")
_FONT_NAMES = (W("ascii"), W("hAnsi"), W("cs"))
_R_STYLE, _R_FONTS, _RAISED, _COLOR = W("rStyle"), W("rFonts"), W("vertAlign"), W("color")
_TELLING = (_R_STYLE, _HIDDEN, _STRUCK, _DOUBLE_STRUCK, _R_FONTS, _RAISED, _COLOR)
_WHITE = frozenset({"ffffff", "white"})


def look(properties: Element | None, looks: Looks, base: Look = PLAIN) -> Look:
    """Return how a run with these w:rPr looks; a character style counts before its own."""
    if properties is None:
        return base
    for child in properties.iterchildren(*_TELLING):
        tag = child.tag
        if tag == _R_STYLE:
            base = looks.get(child.get(VAL, ""), base)
        elif tag == _HIDDEN:
            base = replace(base, hidden=switch(child.get(VAL)))
        elif tag == _STRUCK:
            base = replace(base, struck=switch(child.get(VAL)))
        elif tag == _DOUBLE_STRUCK:
            base = replace(base, double_struck=switch(child.get(VAL)))
        elif tag == _R_FONTS:
            base = _with_font(base, child)
        elif tag == _RAISED:
            base = replace(base, raised=child.get(VAL) == "superscript")
        elif tag == _COLOR:
            base = replace(base, white=child.get(VAL, "").lower() in _WHITE)
    return base


def _with_font(base: Look, fonts: Element) -> Look:
    named = [fonts.get(name) for name in _FONT_NAMES]
    first = next((name for name in named if name), None)
    if first is None:
        return base
    name = first.strip().lower()
    font = name if name in FONTS else ""
    return base if font == base.font else replace(base, font=font)


def read_looks(data: bytes) -> Looks:
    """Return the styles that hide, strike or re-letter text, by id, inheritance resolved.

    All copies of one blank have the same styles: they are looked at once.
    """
    return _kept_looks(data) if len(data) <= MOST_KEPT else _looks(data)


@lru_cache(maxsize=8)
def _kept_looks(data: bytes) -> Looks:
    return _looks(data)


def _looks(data: bytes) -> Looks:
    """Most files have no such style; then their styles are not even parsed."""
    if not any(word in data for word in (b"vanish", b"strike", b"dings", b"superscript")):
        return {}
    styles = {node.get(W("styleId"), ""): node for node in parse(data).findall(W("style"))}
    resolved: dict[str, Look] = {}
    for name in styles:
        _resolve(name, styles, resolved)
    return {name: found for name, found in resolved.items() if found != PLAIN}


def _resolve(name: str, styles: Mapping[str, Element], resolved: dict[str, Look]) -> None:
    chain: list[str] = []
    while name in styles and name not in resolved and name not in chain:
        chain.append(name)
        parent = styles[name].find(W("basedOn"))
        name = "" if parent is None else parent.get(VAL, "")
    base = resolved.get(name, PLAIN)
    for link in reversed(chain):
        base = resolved[link] = look(styles[link].find(W("rPr")), {}, base)
