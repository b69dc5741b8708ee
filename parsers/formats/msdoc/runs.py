"""What the properties of a run mean for reading it: its look, and what its characters stand for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parsers.formats.msdoc.sprms import changes, number
from parsers.formats.page.looks import LOWERED, RAISED
from parsers.formats.word.styles import PLAIN, Look
from parsers.formats.word.symbols import FONTS

if TYPE_CHECKING:
    from collections.abc import Callable

_OPPOSITE = 0x80  # a switch that says: as the style has it (0x80), or the opposite (0x81)


@dataclass(frozen=True, slots=True)
class Run:
    """A run's properties. `symbol` is its (font number, character), `location` in Data."""

    look: Look = PLAIN
    special: bool = False
    deleted: bool = False
    inserted: bool = False
    symbol: tuple[int, int] | None = None
    form_data: bool = False
    object: bool = False
    location: int = -1


@dataclass(slots=True)
class Runs:
    """Reads property lists into runs; the same list over the same style is read once."""

    fonts: Sequence[str]
    styles: Mapping[int, Look] = field(default_factory=dict)
    _read: dict[tuple[bytes, Look], Run] = field(default_factory=dict)

    def get(self, grpprl: bytes, base: Look) -> Run:
        """Return the run that a list makes of text in a paragraph that looks like `base`."""
        key = grpprl, base
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = self._apply(grpprl, base)
        return found

    def _apply(self, grpprl: bytes, base: Look) -> Run:
        run = Run(look=base)
        for code, operand in changes(grpprl):
            if code == _CHARACTER_STYLE:
                base = self.styles.get(number(operand), base)
                run = replace(run, look=base)
            elif code == _PLAIN:
                run = Run(look=base, special=run.special)
            elif code in _FONT_CODES:
                run = self._lettered(run, code, number(operand))
            elif code in _CHANGES:
                run = _CHANGES[code](run, operand, base)
        return run

    def _lettered(self, run: Run, code: int, index: int) -> Run:
        """Set the letters' font; that of the other characters counts when it is a symbol font."""
        name = self.fonts[index] if index < len(self.fonts) else ""
        font = name if name in FONTS else ""
        if code == _OTHER_FONT and not font:
            return run
        return replace(run, look=replace(run.look, font=font))


def _switched(operand: bytes, styled: bool) -> bool:  # noqa: FBT001 - a property's value
    value = number(operand)
    if value & _OPPOSITE:
        return styled != bool(value & 1)
    return bool(value)


def _hidden(run: Run, operand: bytes, base: Look) -> Run:
    return replace(run, look=replace(run.look, hidden=_switched(operand, base.hidden)))


def _struck(run: Run, operand: bytes, base: Look) -> Run:
    return replace(run, look=replace(run.look, struck=_switched(operand, base.struck)))


def _double_struck(run: Run, operand: bytes, base: Look) -> Run:
    struck = _switched(operand, base.double_struck)
    return replace(run, look=replace(run.look, double_struck=struck))


def _level(run: Run, operand: bytes, _base: Look) -> Run:
    level = {1: RAISED, 2: LOWERED}.get(number(operand), 0)
    return replace(run, look=replace(run.look, level=level))


def _index_colour(run: Run, operand: bytes, _base: Look) -> Run:
    return replace(run, look=replace(run.look, white=number(operand) == 8))


def _colour(run: Run, operand: bytes, _base: Look) -> Run:
    return replace(run, look=replace(run.look, white=number(operand) == 0x00FFFFFF))


def _special(run: Run, operand: bytes, _base: Look) -> Run:
    return replace(run, special=bool(number(operand)))


def _deleted(run: Run, operand: bytes, _base: Look) -> Run:
    return replace(run, deleted=bool(number(operand)))


def _inserted(run: Run, operand: bytes, _base: Look) -> Run:
    return replace(run, inserted=bool(number(operand)))


def _symbol(run: Run, operand: bytes, _base: Look) -> Run:
    return replace(run, symbol=(number(operand[:2]), number(operand[2:4])))


def _form_data(run: Run, operand: bytes, _base: Look) -> Run:
    return replace(run, form_data=bool(number(operand)))


def _object(run: Run, operand: bytes, _base: Look) -> Run:
    return replace(run, object=bool(number(operand)))


def _location(run: Run, operand: bytes, _base: Look) -> Run:
    return replace(run, location=number(operand), special=True)


_CHARACTER_STYLE, _PLAIN, _OTHER_FONT = 0x4A30, 0x2A33, 0x4A51
_FONT_CODES = frozenset({0x4A4F, _OTHER_FONT})
_CHANGES: Mapping[int, Callable[[Run, bytes, Look], Run]] = {
    0x0800: _deleted,
    0x0801: _inserted,
    0x0806: _form_data,
    0x080A: _object,
    0x0837: _struck,
    0x083C: _hidden,
    0x0855: _special,
    0x0856: _object,
    0x2A42: _index_colour,
    0x2A48: _level,
    0x2A53: _double_struck,
    0x6870: _colour,
    0x6A03: _location,
    0x6A09: _symbol,
}
