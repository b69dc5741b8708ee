"""What a worksheet stores, record by record: cells, merged ranges, hidden rows and columns."""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING

from parsers.formats.sheet.cells import MAX_MERGES, Sheet, Stored
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from parsers.formats.msxls.records import Record
    from parsers.formats.msxls.workbook import Workbook

ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_LAST_COLUMN = 255
_HIDDEN_ROW = 0x20
_NO_NUMBER = 0xFFFF
_STRING, _SWITCH, _ERROR = 0, 1, 2


class Reader:
    """A worksheet being fed record by record."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.sheet = Sheet()
        self.hidden_rows: set[int] = set()
        self._asked: Stored | None = None

    def take(self, record: Record) -> None:
        """Take one record."""
        reader = _READERS.get(record.type)
        if reader is not None:
            reader(self, record)

    def keep(self, at: tuple[int, int, int], kind: str, value: str) -> Stored:
        """Keep a cell: (row, column, style) as stored, from 0."""
        row, column, style = at
        if column > _LAST_COLUMN:
            raise Unreadable("damaged", "a cell beyond the last column")
        stored = Stored(row + 1, column + 1, kind, style, value)
        self.sheet.keep(stored)
        return stored

    def shared(self, record: Record) -> None:
        """Take a cell whose text is one of the workbook's strings."""
        *at, index = struct.unpack_from("<3HI", record.data)
        self.keep((at[0], at[1], at[2]), "s", str(index))

    def label(self, record: Record) -> None:
        """Take a cell with its own text."""
        text = self.book.text(record.data[6:], record.more, "<H")
        self.keep(_at(record), "str", text.text).flags = text.flags

    def number(self, record: Record) -> None:
        """Take a number."""
        value = struct.unpack_from("<d", record.data, 6)[0]
        self.keep(_at(record), "n", _double(value))

    def short(self, record: Record) -> None:
        """Take a number in four bytes."""
        value = struct.unpack_from("<I", record.data, 6)[0]
        self.keep(_at(record), "n", _short(value))

    def several(self, record: Record) -> None:
        """Take numbers side by side."""
        row, first, _ = _at(record)
        for index in range((len(record.data) - 6) // 6):
            style, value = struct.unpack_from("<HI", record.data, 4 + 6 * index)
            self.keep((row, first + index, style), "n", _short(value))

    def switch(self, record: Record) -> None:
        """Take a truth value or an error."""
        value, is_error = struct.unpack_from("<BB", record.data, 6)
        kind = _ERROR if is_error else _SWITCH
        self.keep(_at(record), *_typed(kind, value))

    def formula(self, record: Record) -> None:
        """Take a formula by the result it had; a text follows in a record of its own."""
        kind, _, value, _, mark = struct.unpack_from("<BBBHxH", record.data, 6)
        if mark != _NO_NUMBER:
            number = struct.unpack_from("<d", record.data, 6)[0]
            stored = self.keep(_at(record), "n", _double(number))
        else:
            stored = self.keep(_at(record), *_typed(kind, value))
        stored.formula = True
        self._asked = stored if mark == _NO_NUMBER and kind == _STRING else None

    def result(self, record: Record) -> None:
        """Take the text a formula resulted in."""
        if self._asked is not None:
            self._asked.value = self.book.text(record.data, record.more, "<H").text
            self._asked = None

    def row(self, record: Record) -> None:
        """Note a row that is not seen."""
        if record.data[12] & _HIDDEN_ROW:
            self.hidden_rows.add(struct.unpack_from("<H", record.data)[0] + 1)

    def columns(self, record: Record) -> None:
        """Note columns that are not seen."""
        first, last, _, _, flags = struct.unpack_from("<5H", record.data)
        if flags & 1:
            self.sheet.hidden_columns.update(range(first + 1, min(last, _LAST_COLUMN) + 2))

    def merges(self, record: Record) -> None:
        """Take merged ranges."""
        for corners in _ranges(record.data):
            if len(self.sheet.merges) < MAX_MERGES:
                self.sheet.merges.append(corners)


def read_cells(book: Workbook, offset: int) -> Sheet:
    """Read the worksheet that begins at `offset`; Unreadable when it is broken or too large."""
    reader = Reader(book)
    for record in book.stream.records(offset):
        reader.take(record)
    for stored in reader.sheet.cells:
        stored.hidden_row = stored.row in reader.hidden_rows
    return reader.sheet


def _at(record: Record) -> tuple[int, int, int]:
    row, column, style = struct.unpack_from("<3H", record.data)
    return row, column, style


def _short(value: int) -> str:
    """Read an RK: the upper bits of a double or 30 bits whole, perhaps in hundredths."""
    if value & 2:
        whole = (value >> 2) - ((value & 0x80000000) >> 1)
        return _double(whole / 100) if value & 1 else str(whole)
    double: float = struct.unpack("<d", struct.pack("<Q", (value & 0xFFFFFFFC) << 32))[0]
    return _double(double / 100 if value & 1 else double)


def _double(value: float) -> str:
    """Return a number as a worksheet of today would store it."""
    return repr(value).removesuffix(".0") if math.isfinite(value) else ""


def _typed(kind: int, value: int) -> tuple[str, str]:
    """Return a result that is no number as a worksheet of today would store it."""
    if kind == _SWITCH:
        return "b", str(value)
    if kind == _ERROR:
        return "e", ERRORS.get(value, f"#{value}")
    return "str", ""


def _ranges(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    count = min(struct.unpack_from("<H", data)[0], (len(data) - 2) // 8)
    for index in range(count):
        top, bottom, left, right = struct.unpack_from("<4H", data, 2 + 8 * index)
        if top <= bottom and left <= right:
            yield top + 1, left + 1, bottom + 1, right + 1


_READERS: Mapping[int, Callable[[Reader, Record], None]] = {
    0x0006: Reader.formula,
    0x007D: Reader.columns,
    0x00BD: Reader.several,
    0x00D6: Reader.label,
    0x00E5: Reader.merges,
    0x00FD: Reader.shared,
    0x0203: Reader.number,
    0x0204: Reader.label,
    0x0205: Reader.switch,
    0x0207: Reader.result,
    0x0208: Reader.row,
    0x027E: Reader.short,
    0x0406: Reader.formula,
}
