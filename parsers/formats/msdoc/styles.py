"""Which styles and fonts a binary Word file defines ([MS-DOC] §2.9.271, §2.9.286)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.formats.msdoc.runs import Runs
from parsers.formats.msdoc.sprms import MAX_LIST
from parsers.formats.word.styles import PLAIN, Look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PARAGRAPH, _CHARACTER = 1, 2
_NO_BASE = 0xFFF
_NAME = 40  # where a font's name begins in its entry
_MAX_STYLES = 4_095
_MAX_CHAIN = 11  # Word's limit


@dataclass(frozen=True, slots=True)
class _Style:
    base: int
    paragraph: bytes = b""
    run: bytes = b""


@dataclass(frozen=True, slots=True)
class Styles:
    """By style number: what text looks like, and the paragraph changes, inherited ones first."""

    looks: dict[int, Look]
    paragraphs: dict[int, bytes]
    runs: Runs


def read_fonts(table: bytes) -> list[str]:
    """Return the fonts' names by number, in lower case."""
    names: list[str] = []
    at = 4
    while at < len(table):
        entry = table[at : at + 1 + table[at]]
        name = entry[_NAME:].decode("utf-16-le", "replace").partition("\0")[0]
        names.append(name.strip().lower())
        at += len(entry)
    return names


def read_styles(sheet: bytes, fonts: Sequence[str]) -> Styles:
    """Read the style sheet, inheritance resolved; a broken one is empty."""
    runs = Runs(fonts)
    styles = dict(_styles(sheet))
    looks: dict[int, Look] = {}
    paragraphs: dict[int, bytes] = {}
    for number in styles:
        chain = _chain(number, styles)
        look = PLAIN
        for link in chain:
            look = runs.get(styles[link].run, look).look
        looks[number] = look
        paragraphs[number] = b"".join(styles[link].paragraph for link in chain)
    return Styles(looks, paragraphs, Runs(fonts, looks))


def _chain(number: int, styles: dict[int, _Style]) -> list[int]:
    """Return a style's ancestors and itself, oldest first."""
    chain: list[int] = []
    while number in styles and number not in chain and len(chain) < _MAX_CHAIN:
        chain.append(number)
        number = styles[number].base
    return chain[::-1]


def _styles(sheet: bytes) -> Iterator[tuple[int, _Style]]:
    if len(sheet) < 6:
        return
    header, count, base_size = struct.unpack_from("<3H", sheet)
    at = 2 + header
    for number in range(min(count, _MAX_STYLES)):
        if at + 2 > len(sheet):
            return
        size = struct.unpack_from("<H", sheet, at)[0]
        if size:
            yield number, _style(sheet[at + 2 : at + 2 + size], base_size)
        at += 2 + size + size % 2


def _style(entry: bytes, base_size: int) -> _Style:
    """Read one: fixed part, name, and one list of changes per kind of property."""
    if len(entry) < base_size + 2 or base_size < 10:
        return _Style(_NO_BASE)
    kind_and_base = struct.unpack_from("<H", entry, 2)[0]
    kind, base = kind_and_base & 0xF, kind_and_base >> 4
    name = struct.unpack_from("<H", entry, base_size)[0]
    lists = list(_lists(entry, base_size + 2 * name + 4))
    if kind == _PARAGRAPH and len(lists) > 1:
        return _Style(base, lists[0][2:], lists[1])
    if kind == _CHARACTER and lists:
        return _Style(base, b"", lists[0])
    return _Style(base)


def _lists(entry: bytes, at: int) -> Iterator[bytes]:
    while at + 2 <= len(entry):
        at += at % 2
        size = int.from_bytes(entry[at : at + 2], "little")
        yield entry[at + 2 : at + 2 + min(size, MAX_LIST)]
        at += 2 + size
