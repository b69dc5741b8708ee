"""What an OFD page draws: text objects character by character, paths, units within units."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.formats.drawn.matrix import Matrix
from parsers.formats.drawn.outline import filled, stroked
from parsers.formats.drawn.page import Glyph, Page, Rule
from parsers.formats.fixed.files import Resources, numbers
from parsers.formats.word.symbols import FONTS, private_use, shown
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.formats.fixed.files import Sheet
    from parsers.formats.ooxml.xml import Element

MAX_GLYPHS = 200_000
MAX_OBJECTS = 200_000
MAX_DEPTH = 6
_POINTS = 72 / 25.4  # of a millimetre
_ASCENT, _DESCENT = 0.88, 0.12  # of the font's size
_STEEP = 0.1  # radians
_BROAD = frozenset("mwMW@%")
_SCANNED = 0.5
_FEW = 60
# how many numbers follow each pen command (GB/T 33190 §9.1), and which of them are its end
_PEN = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}


@dataclass(slots=True)
class Ink:
    """A page as it is drawn; `left` counts down what may still be drawn."""

    resources: Resources
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictured: float = 0.0
    left: int = MAX_OBJECTS


def read_sheet(sheet: Sheet) -> tuple[Page, bool]:
    """Return a page, and whether it is a picture of one; such a page has no glyphs."""
    ink = Ink(sheet.resources)
    left, top, width, height = sheet.box
    whole = Matrix(_POINTS, 0, 0, _POINTS, -left * _POINTS, -top * _POINTS)
    for content in sheet.contents:
        for layer in content.iter("{*}Layer"):
            _draw(layer, whole, ink, 0)
    area = width * height * _POINTS**2
    is_scan = ink.pictured >= _SCANNED * area and len(ink.glyphs) < _FEW
    glyphs = () if is_scan else tuple(ink.glyphs)
    size = width * _POINTS, height * _POINTS
    return Page(*size, glyphs, tuple(ink.across), tuple(ink.down)), is_scan


def _draw(holder: Element, outer: Matrix, ink: Ink, depth: int) -> None:
    for node in holder:
        ink.left -= 1
        if ink.left < 0 or len(ink.glyphs) > MAX_GLYPHS:
            raise Unreadable("too-large", "objects")
        if (node.get("Visible") or "true").lower() == "false" or depth > MAX_DEPTH:
            continue
        name = str(node.tag).rpartition("}")[2]
        if name == "TextObject":
            ink.glyphs += _text(node, outer, ink.resources)
        elif name == "PathObject":
            _path(node, _inner(node, outer), ink)
        elif name == "ImageObject":
            ink.pictured = max(ink.pictured, _area(node))
        elif name == "PageBlock":
            _draw(node, outer, ink, depth + 1)
        elif name == "CompositeObject":
            _unit(node, _inner(node, outer), ink, depth)


def _unit(node: Element, inner: Matrix, ink: Ink, depth: int) -> None:
    unit = ink.resources.units.get(node.get("ResourceID", ""))
    for content in unit.iterchildren("{*}Content") if unit is not None else ():
        _draw(content, inner, ink, depth + 1)


def _inner(node: Element, outer: Matrix) -> Matrix:
    """Return the map of an object's own coordinates: its CTM, then its boundary's corner."""
    values = numbers(node.get("CTM"))
    own = Matrix(*values) if len(values) == 6 else Matrix()
    boundary = numbers(node.get("Boundary"))
    at = Matrix(e=boundary[0], f=boundary[1]) if len(boundary) == 4 else Matrix()
    return own.then(at).then(outer)


def _area(node: Element) -> float:
    boundary = numbers(node.get("Boundary"))
    return boundary[2] * boundary[3] * _POINTS**2 if len(boundary) == 4 else 0.0


def _text(node: Element, outer: Matrix, resources: Resources) -> Iterator[Glyph]:
    inner = _inner(node, outer)
    size = (numbers(node.get("Size")) or [0.0])[0]
    if size <= 0 or abs(math.atan2(inner.b, inner.a)) > _STEEP:
        return  # a slanted text is a watermark
    font = resources.fonts.get(node.get("Font", ""), "")
    scale = (numbers(node.get("HScale")) or [1.0])[0]
    x = y = 0.0
    for code in node.iterchildren("{*}TextCode"):
        text = (code.text or "").strip("\n\r\t")
        x = (numbers(code.get("X")) or [x])[0]
        y = (numbers(code.get("Y")) or [y])[0]
        shape = _Shape(size, scale, font)
        yield from shape.glyphs(text, (x, y), _steps(code, "DeltaX"), _steps(code, "DeltaY"), inner)


@dataclass(frozen=True, slots=True)
class _Shape:
    """The size, width factor and font of a text object."""

    size: float
    scale: float
    font: str

    def glyphs(
        self,
        text: str,
        start: tuple[float, float],
        across: list[float],
        down: list[float],
        inner: Matrix,
    ) -> Iterator[Glyph]:
        """Yield characters; each step goes to the next one's origin on the base line."""
        x, y = start
        for number, char in enumerate(text):
            own = self._width(char)
            step = across[number] if number < len(across) else (0.0 if down else own)
            width = step if 0 < step < own else own
            left, top = inner.point(x, y - _ASCENT * self.size)
            right, bottom = inner.point(x + width, y + _DESCENT * self.size)
            shown_as = shown(char, self.font) if self.font in FONTS else private_use(char)
            yield Glyph(shown_as, min(left, right), top, max(left, right), bottom)
            x, y = x + step, y + (down[number] if number < len(down) else 0.0)

    def _width(self, char: str) -> float:
        """Return about what a character takes; the file does not tell the font's widths."""
        if unicodedata.east_asian_width(char) in "WFA" or char in _BROAD:
            share = 1.0
        else:
            share = 0.75 if char.isupper() else 0.56
        return self.size * self.scale * share


def _steps(code: Element, name: str) -> list[float]:
    """Read distances; `g n d` stands for n times d (GB/T 33190 §11.3)."""
    words = (code.get(name) or "").split()[:100_000]
    steps: list[str] = []
    at = 0
    while at < len(words):
        if words[at] == "g" and at + 2 < len(words) and words[at + 1].isdigit():
            steps += [words[at + 2]] * min(int(words[at + 1]), 10_000)
            at += 3
        else:
            steps.append(words[at])
            at += 1
        if len(steps) > MAX_GLYPHS:
            break
    return numbers(" ".join(steps[:MAX_GLYPHS]))


def _path(node: Element, inner: Matrix, ink: Ink) -> None:
    data = node.find("{*}AbbreviatedData")
    is_stroked = (node.get("Stroke") or "true").lower() != "false"
    is_filled = (node.get("Fill") or "false").lower() == "true"
    if data is None or _is_white(node, "StrokeColor" if is_stroked else "FillColor"):
        return
    for points, straight in _outlines((data.text or "").split(), inner):
        if is_stroked:
            stroked(points, ink.across, ink.down)
        elif is_filled and straight:
            filled(points, ink.across, ink.down)


def _is_white(node: Element, name: str) -> bool:
    color = node.find(f"{{*}}{name}")
    values = numbers(color.get("Value")) if color is not None else []
    return len(values) == 3 and min(values) > 250


def _outlines(words: list[str], inner: Matrix) -> Iterator[tuple[list[tuple[float, float]], bool]]:
    points: list[tuple[float, float]] = []
    straight, at = True, 0
    while at < len(words):
        command, count = words[at], _PEN.get(words[at])
        values = numbers(" ".join(words[at + 1 : at + 1 + count])) if count is not None else []
        at += 1 + len(values)
        if command in {"M", "S"} and points:
            yield points, straight
            points, straight = [], True
        straight = straight and command not in {"Q", "B", "A"}
        if command == "C" and points:
            points.append(points[0])
        elif len(values) >= 2:
            points.append(inner.point(*values[-2:]))
    if points:
        yield points, straight
