"""The control words that say how text looks: fonts, charsets, symbols, colours, revisions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.formats.page.looks import PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from parsers.formats.richtext.reader import Reader

_MAX_COLORS = 10_000
_PAGES = {"mac": 10000, "pc": 437, "pca": 850}
_WHITE = [255, 255, 255]


def _font(reader: Reader, number: int | None) -> None:
    state = reader.state
    if state.script == "dbch":
        state.east_asian = number or 0
    else:
        state.font = number or 0
    if state.into != "fonts":
        _set_symbols(reader)


def _associated(reader: Reader, number: int | None) -> None:
    r"""Take \\af, which names the font of the script announced before it."""
    if reader.state.script == "dbch":
        reader.state.east_asian = number or 0
        _set_symbols(reader)


def _set_symbols(reader: Reader) -> None:
    state = reader.state
    font = state.east_asian if state.script == "dbch" else state.font
    symbols = reader.fonts.symbols(font)
    if symbols != state.look.font:
        state.look = replace(state.look, font=symbols)


def _script(name: str) -> Callable[[Reader, int | None], None]:
    def change(reader: Reader, _number: int | None) -> None:
        reader.state.script = name
        _set_symbols(reader)

    return change


def _charset(reader: Reader, number: int | None) -> None:
    if reader.state.into == "fonts":
        reader.fonts.entry(reader.state.font).charset = number


def _default_font(reader: Reader, number: int | None) -> None:
    reader.fonts.default = reader.state.font = number or 0


def _default_east_asian(reader: Reader, number: int | None) -> None:
    reader.fonts.east_asian = reader.state.east_asian = number or 0


def _page(reader: Reader, number: int | None) -> None:
    reader.fonts.set_page(number or 0)


def _old_page(number: int) -> Callable[[Reader, int | None], None]:
    def change(reader: Reader, _number: int | None) -> None:
        reader.fonts.set_page(number)

    return change


def _plain(reader: Reader, _number: int | None) -> None:
    state = reader.state
    state.look, state.deleted, state.script = PLAIN, False, ""
    state.font, state.east_asian = reader.fonts.default, reader.fonts.east_asian
    _set_symbols(reader)


def _shade(reader: Reader, number: int | None) -> None:
    if reader.state.into == "colors" and len(reader.colors) < _MAX_COLORS:
        reader.colors[-1].append(number or 0)


def _color(reader: Reader, number: int | None) -> None:
    known = 0 < (number or 0) < len(reader.colors)
    white = known and reader.colors[number or 0] == _WHITE
    if white != reader.state.look.white:
        reader.state.look = replace(reader.state.look, white=white)


def _revised(reader: Reader, _number: int | None) -> None:
    reader.flags.add("tracked-changes")


LOOK_WORDS: Mapping[str, Callable[[Reader, int | None], None]] = {
    "f": _font,
    "af": _associated,
    "loch": _script("loch"),
    "hich": _script("hich"),
    "dbch": _script("dbch"),
    "ltrch": _script(""),
    "rtlch": _script(""),
    "fcharset": _charset,
    "deff": _default_font,
    "stshfdbch": _default_east_asian,
    "ansicpg": _page,
    "plain": _plain,
    "red": _shade,
    "green": _shade,
    "blue": _shade,
    "cf": _color,
    "revised": _revised,
    **{name: _old_page(number) for name, number in _PAGES.items()},
}
