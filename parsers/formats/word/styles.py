"""Which looks hide or change a run's text: hidden, struck, symbol font, raised, white."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from parsers.formats.ooxml.packed import MOST, Packed
from parsers.formats.ooxml.xml import Element, parse, switch
from parsers.formats.page.looks import LOWERED, PLAIN, RAISED, Look
from parsers.formats.word.names import VAL, W
from parsers.formats.word.symbols import FONTS

if TYPE_CHECKING:
    from parsers.formats.ooxml.package import Package

__all__ = ["PLAIN", "Look", "Looks", "look", "looks_of", "read_looks"]

Looks = Mapping[str, Look]
_R_STYLE = W("rStyle")
_ASCII, _HIGH, _COMPLEX = W("ascii"), W("hAnsi"), W("cs")
_WHITE = frozenset({"ffffff", "white"})
_LEVELS = {"superscript": RAISED, "subscript": LOWERED}
_SPEAKING = (b"vanish", b"strike", b"dings", b"superscript", b"subscript")


def look(properties: Element | None, looks: Looks, base: Look = PLAIN) -> Look:
    """Return how a run with these w:rPr looks; a character style counts before its own."""
    if properties is None:
        return base
    for mark in properties:
        change = _CHANGES.get(mark.tag)
        if change is not None:
            base = change(base, mark)
        elif mark.tag == _R_STYLE:
            base = looks.get(mark.get(VAL, ""), base)
    return base


def _with_font(base: Look, fonts: Element) -> Look:
    first = fonts.get(_ASCII) or fonts.get(_HIGH) or fonts.get(_COMPLEX)
    if not first:
        return base
    name = first.strip().lower()
    font = name if name in FONTS else ""
    return base if font == base.font else replace(base, font=font)


def _with_color(base: Look, color: Element) -> Look:
    white = color.get(VAL, "").lower() in _WHITE
    return base if white == base.white else replace(base, white=white)


_CHANGES: Mapping[str, Callable[[Look, Element], Look]] = {
    W("vanish"): lambda base, mark: replace(base, hidden=switch(mark.get(VAL))),
    W("strike"): lambda base, mark: replace(base, struck=switch(mark.get(VAL))),
    W("dstrike"): lambda base, mark: replace(base, double_struck=switch(mark.get(VAL))),
    W("vertAlign"): lambda base, mark: replace(base, level=_LEVELS.get(mark.get(VAL, ""), 0)),
    W("rFonts"): _with_font,
    W("color"): _with_color,
}


def looks_of(package: Package, part: str | None) -> Looks:
    """Return the looks of a package's styles; those of a blank's copies are read once."""
    packed = package.packed(part)
    return read_looks(package.read_or_nothing(part)) if packed is None else _kept_looks(packed)


@lru_cache(maxsize=MOST)
def _kept_looks(packed: Packed) -> Looks:
    return read_looks(packed.read())


def read_looks(data: bytes) -> Looks:
    """Return the styles that hide, strike or re-letter text, by id, inheritance resolved.

    Most files have no such style; then their styles are not even parsed.
    """
    if not any(word in data for word in _SPEAKING):
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
