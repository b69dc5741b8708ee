"""Tables as delimited text (.csv, .tsv, or named .xls): one sheet, "CSV", its cells as B7.

Opened in a spreadsheet such a file is one sheet, so its sender finds CSV!B7 as cell B7. Nothing
is taken for a number here: ids and postcodes keep their digits (facts/documents.md §5.4).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import TYPE_CHECKING

from parsers.charsets import decode_raw
from parsers.document import Cell, Document, Table
from parsers.formats.sheet import refs
from parsers.formats.sheet.cells import MAX_CELLS
from parsers.formats.sheet.table import arrange, place_of
from parsers.names import clean
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

SHEET = "CSV"
MAX_BYTES = 8 << 20
_MAX_FIELD = 1_000_000
_DELIMITERS = ",\t;|"
_SAMPLE = 200  # rows that tell the delimiter
_QUOTED = r'(?:^|\n|{0})"[^"\n]+"(?={0}|\n)'
_QUOTED_FORMULA = re.compile(r'="((?:[^"]|"")*)"')
_NOWHERE = "\x1f"  # the delimiter of one column: a character that stands in no text
_OPENED = re.compile(r'(?:^|\n)"(?:[^"]|"")*"(?=[^"\n])')  # words in quotes, no quoted field
_TORN = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")  # 1,500 that no quotes kept in one cell
_ROUNDED = re.compile(r"-?\d(?:\.\d+)?E\+1[1-9]", re.IGNORECASE)


def read_csv(data: bytes) -> Document:
    """Read delimited text in UTF-8, UTF-16 with a mark, or GB18030; Unreadable when cut off."""
    if len(data) > MAX_BYTES:
        raise Unreadable("too-large", f"over {MAX_BYTES} bytes")
    text = decode_raw(data)
    if "\0" in text.strip("\0"):
        raise Unreadable("damaged", "a byte that no text has")
    text = clean(text)
    cells = tuple(_cells(text))
    tables = (arrange(Table(1, cells, SHEET), ()),) if cells else ()
    return Document("csv", tables)


def delimiter_of(text: str) -> str | None:
    """Return the delimiter that cuts the first rows most evenly; None when none does."""
    scores = {delimiter: _evenness(text, delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > (0, 0) else None


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """Return the share of rows with the commonest number of cells, and this number."""
    widths = Counter(len(row) for row in _sample(text, delimiter) if any(map(str.strip, row)))
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    return (rows / widths.total(), width) if width > 1 else (0.0, 0)


def _sample(text: str, delimiter: str) -> Iterator[list[str]]:
    rows = _rows(text[:100_000], delimiter)
    for _, row in zip(range(_SAMPLE), rows, strict=False):
        yield row


def _cells(text: str) -> Iterator[Cell]:
    stated = re.match(r"sep=(.)\n", text)  # a hint for spreadsheets, which show no such row
    body = text[stated.end() :] if stated else text
    delimiter = stated[1] if stated else delimiter_of(body)
    if delimiter and _is_cut(body, delimiter):
        raise Unreadable("damaged", "the last row is cut off")
    rows = _rows(body, delimiter) if delimiter else _one_column(body)
    width = _evenness(body, delimiter)[1] if delimiter == "," else 0
    kept = 0
    for row, cut in enumerate(rows, start=1):
        fields = _mended(cut) if 1 < width < len(cut) else cut
        _check(row, len(fields))
        for column, field in enumerate(fields, start=1):
            value = _unwrapped(field)
            kept += bool(value)
            _check(row, column, kept)
            if value:
                yield _cell(row, column, value, torn=fields is not cut)


def _mended(fields: list[str]) -> list[str]:
    """Join the pieces of numbers in a row that is longer than others: 1 and 500 were 1,500."""
    found: list[str] = []
    for field in map(str.strip, fields):
        joined = f"{found[-1]},{field}" if found else ""
        if _TORN.fullmatch(joined):
            found[-1] = joined
        else:
            found.append(field)
    return found


def _one_column(text: str) -> Iterator[list[str]]:
    """Yield rows of one cell; a quoted one may hold line breaks."""
    if '"' in text and _closes(text, _NOWHERE) and not _OPENED.search(text):
        return _rows(text, _NOWHERE)
    return ([line] for line in text.split("\n"))


def _check(row: int, column: int, kept: int = 0) -> None:
    if row > refs.LAST_ROW or column > refs.LAST_COLUMN or kept > MAX_CELLS:
        raise Unreadable("too-large", "more than a sheet holds")


def _cell(row: int, column: int, value: str, *, torn: bool) -> Cell:
    rounded = _ROUNDED.fullmatch(value) is not None
    flags = frozenset({"precision-lost"}) if rounded else frozenset[str]()
    if torn and _TORN.fullmatch(value):
        flags |= {"torn"}
    return Cell(row, column, value, place_of(SHEET, row, column), flags=flags)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Cut text into rows; in a file that never closes a quote they are ordinary characters."""
    csv.field_size_limit(_MAX_FIELD)
    lines, closes = io.StringIO(text), _closes(text, delimiter)
    try:
        if closes:
            yield from csv.reader(lines, delimiter=delimiter)
        else:
            yield from csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    except csv.Error as error:
        raise Unreadable("damaged", str(error)) from error


def _is_cut(text: str, delimiter: str) -> bool:
    """Tell whether a quote is left open, or the last row alone is short and has no end."""
    if not _closes(text, delimiter):
        return re.search(_QUOTED.format(re.escape(delimiter)), text) is not None
    widths = [len(row) for row in _rows(text, delimiter)]
    return (
        not text.endswith("\n")
        and len(widths) > 3
        and len(set(widths[:-1])) == 1
        and widths[-1] < widths[0]
    )


def _closes(text: str, delimiter: str) -> bool:
    """Tell whether every quote that opens a field is closed."""
    if '"' not in text:
        return True
    reader = csv.reader(io.StringIO(text + "\n"), delimiter=delimiter)
    last: list[str] = []
    try:
        for row in reader:
            last = row or last
    except csv.Error:
        return False
    return not (last and last[-1].endswith("\n") and text.count('"') % 2)


def _unwrapped(field: str) -> str:
    """Return a field without the ="…" that keeps a spreadsheet from changing its digits."""
    found = _QUOTED_FORMULA.fullmatch(field.strip())
    return found[1].replace('""', '"').strip() if found else field.strip()
