"""What a workbook says once for all its sheets: strings, formats, fonts, dates, sheets."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.formats.msxls.records import Record, Stream, is_biff_8
from parsers.formats.msxls.strings import Segments, Text, codec, plain, read_shared
from parsers.formats.sheet.strings import LOWERED, RAISED, STRUCK, SharedStrings
from parsers.formats.sheet.styles import BUILT_IN, GENERAL, CellStyle
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WORKSHEET = 0
_STRUCK = 0x08  # grbit and sss: [MS-XLS] §2.4.122
_LEVELS = {b"\x01\x00": RAISED, b"\x02\x00": LOWERED}
_MAX_STYLES = 70_000


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet: its name, where its records begin, and whether it is hidden."""

    title: str
    offset: int
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """The globals of a workbook stream."""

    stream: Stream
    biff_8: bool
    encoding: str = "gb18030"
    from_1904: bool = False
    calculated: bool = False
    sheets: list[SheetEntry] = field(default_factory=list)
    strings: SharedStrings = field(default_factory=SharedStrings)
    fonts: list[str] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    styles: list[tuple[int, int]] = field(default_factory=list)
    shared: list[bytes] = field(default_factory=list)

    def take(self, record: Record) -> None:
        """Take one record of the globals."""
        reader = _READERS.get(record.type)
        if reader is not None:
            reader(self, record)

    def worn(self, font: int) -> str:
        """Return STRUCK, RAISED, LOWERED or ""; there is no font 4 ([MS-XLS] §2.5.129)."""
        index = font - (font > 4)
        return self.fonts[index] if index < len(self.fonts) else ""

    def get(self, index: int) -> CellStyle:
        """Return the style of a cell; the plain one for a wrong index."""
        if not 0 <= index < len(self.styles):
            return CellStyle()
        font, number = self.styles[index]
        code = self.codes.get(number) or BUILT_IN.get(number, GENERAL)
        return CellStyle(code, self.worn(font) == STRUCK)

    def text(self, data: bytes, more: list[bytes], head: str) -> Text:
        """Read a string of the workbook's version, its length as `head` says."""
        if self.biff_8:
            return Segments([data, *more]).string(self.worn, head)
        size = struct.calcsize(head)
        length = struct.unpack_from(head, data)[0]
        return Text(plain(data[size : size + length].decode(self.encoding, "replace")))


def read_globals(stream: bytes) -> Workbook:
    """Read the globals; Unreadable("encrypted") when the sheets are."""
    book = Workbook(Stream(stream), is_biff_8(stream))
    for record in book.stream.records(0):
        book.take(record)
    if book.shared:
        book.strings = read_shared(book.shared, book.worn)
    return book


def _protected(_book: Workbook, _record: Record) -> None:
    raise Unreadable("encrypted", "a password is needed")


def _code_page(book: Workbook, record: Record) -> None:
    book.encoding = codec(struct.unpack_from("<H", record.data)[0])


def _date_mode(book: Workbook, record: Record) -> None:
    book.from_1904 = record.data[:1] == b"\x01"


def _calculated(book: Workbook, _record: Record) -> None:
    book.calculated = True


def _font(book: Workbook, record: Record) -> None:
    level = _LEVELS.get(record.data[8:10], "")
    book.fonts.append(STRUCK if record.data[2] & _STRUCK else level)


def _format(book: Workbook, record: Record) -> None:
    number = struct.unpack_from("<H", record.data)[0]
    head = "<H" if book.biff_8 else "<B"
    book.codes[number] = book.text(record.data[2:], record.more, head).text


def _style(book: Workbook, record: Record) -> None:
    if len(book.styles) < _MAX_STYLES:
        book.styles.append(struct.unpack_from("<2H", record.data))


def _sheet(book: Workbook, record: Record) -> None:
    offset, state, kind = struct.unpack_from("<IBB", record.data)
    if kind == _WORKSHEET:
        title = book.text(record.data[6:], record.more, "<B").text
        book.sheets.append(SheetEntry(title, offset, bool(state & 3)))


def _shared(book: Workbook, record: Record) -> None:
    book.shared = [record.data, *record.more]


_READERS: Mapping[int, Callable[[Workbook, Record], None]] = {
    0x0022: _date_mode,
    0x002F: _protected,
    0x0031: _font,
    0x0042: _code_page,
    0x0085: _sheet,
    0x00E0: _style,
    0x00FC: _shared,
    0x01C1: _calculated,
    0x041E: _format,
}
