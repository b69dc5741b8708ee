"""What the properties of a paragraph say: its style, how deep in tables it is, what it ends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from parsers.formats.msdoc.fib import File
from parsers.formats.msdoc.rows import Shape, merged, shape, split, vertically_merged
from parsers.formats.msdoc.sprms import changes, number, referred
from parsers.formats.msdoc.styles import Styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.formats.msdoc.sprms import Change

MAX_DEPTH = 20
_STYLE, _IN_TABLE, _ROW_END = 0x4600, 0x2416, 0x2417
_DEPTH, _DEEPER, _LIST = 0x6649, 0x664A, 0x460B
_INNER_CELL_END, _INNER_ROW_END = 0x244B, 0x244C
_HUGE, _ELSEWHERE = frozenset({0x6645, 0x6646}), 0x646B
_DEFINE, _MERGE, _SPLIT, _VERTICAL = 0xD608, 0x5624, 0x5625, 0xD62B


@dataclass(frozen=True, slots=True)
class Properties:
    """A paragraph's properties; `shape` is that of the row it ends."""

    style: int = 0
    depth: int = 0
    cell_end: bool = False
    row_end: bool = False
    numbered: bool = False
    shape: Shape | None = None


@dataclass(slots=True)
class Reader:
    """Reads paragraphs' property lists; the same list is read once."""

    file: File
    styles: Styles
    _read: dict[tuple[bytes, bytes], Properties] = field(default_factory=dict)

    def get(self, entry: bytes, on_top: bytes) -> Properties:
        """Read a list as the page has it, style number first, and a piece's changes."""
        key = entry, on_top
        found = self._read.get(key)
        if found is None:
            found = self._read[key] = self._apply(entry, on_top)
        return found

    def _apply(self, entry: bytes, on_top: bytes) -> Properties:
        own = [*self._changes(entry[2:]), *self._changes(on_top)]
        style = number(entry[:2])
        for code, operand in own:
            style = number(operand) if code == _STYLE else style
        found = Properties(style)
        for code, operand in (*changes(self.styles.paragraphs.get(style, b"")), *own):
            found = _changed(found, code, operand)
        return replace(found, depth=min(found.depth, MAX_DEPTH))

    def _changes(self, grpprl: bytes) -> Iterator[Change]:
        """Yield changes, those too long for a page from the Data stream."""
        for code, operand in changes(grpprl):
            if code in _HUGE or code == _ELSEWHERE:
                yield from changes(referred(self.file.data, operand))
            else:
                yield code, operand


def _changed(found: Properties, code: int, operand: bytes) -> Properties:
    if code in _TABLE_CODES:
        return _placed(found, code, operand)
    if code == _LIST:
        return replace(found, numbered=number(operand) not in {0, 0xF801})
    if code == _DEFINE:
        return replace(found, shape=shape(operand))
    if found.shape is not None and code in _ROW_CHANGES:
        return replace(found, shape=_ROW_CHANGES[code](found.shape, operand))
    return found


def _placed(found: Properties, code: int, operand: bytes) -> Properties:
    value = number(operand, signed=True)
    if code == _IN_TABLE:
        return replace(found, depth=max(found.depth, 1) if value else 0)
    if code == _DEPTH:
        return replace(found, depth=max(value, 0))
    if code == _DEEPER:
        return replace(found, depth=max(found.depth + value, 0))
    if code == _INNER_CELL_END:
        return replace(found, cell_end=bool(value))
    return replace(found, row_end=bool(value))


_TABLE_CODES = frozenset({_IN_TABLE, _ROW_END, _DEPTH, _DEEPER, _INNER_CELL_END, _INNER_ROW_END})
_ROW_CHANGES = {_MERGE: merged, _SPLIT: split, _VERTICAL: vertically_merged}
