"""Files from before Office 97, written by hand: a sheet of Excel 4, a text of Word 95."""

from __future__ import annotations

import struct

from tests.unit.ole_files import compound, record


def excel_4(rows: list[tuple[str | float, ...]]) -> bytes:
    """Return a worksheet as Excel 4 for Chinese Windows wrote it: records without a container."""
    out = record(0x0409, struct.pack("<3H", 0, 0x10, 0)) + record(0x0042, struct.pack("<H", 936))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            at = struct.pack("<3H", row, column, 0)
            if isinstance(value, str):
                text = value.encode("gbk")
                out += record(0x0204, at + struct.pack("<H", len(text)) + text)
            else:
                out += record(0x0203, at + struct.pack("<d", value))
    return out + record(0x000A)


def word_95(paragraphs: list[str], rows: list[tuple[str, ...]], *, locked: bool = False) -> bytes:
    """Return a text with one table as Word 95 wrote it ([MS-DOC] tells only of what came after)."""
    main = bytearray(_TEXT)
    spans: list[tuple[int, int, bytes]] = []
    for text in paragraphs:
        _put(main, spans, text + "\r")
    for row in rows:
        for text in row:
            _put(main, spans, text + "\x07", _IN_TABLE)
        _put(main, spans, "\x07", _IN_TABLE + _ROW_END + _cells(len(row)))
    _put(main, spans, "\r")
    end = len(main)
    main.extend(bytes(-end % 512))
    paragraph = [(start, stop, b"\0\0" + changes) for start, stop, changes in spans]
    parts = {0xB8: _pages(main, [(_TEXT, end, b"")], 1), 0xC0: _pages(main, paragraph, 7)}
    for at, part in (parts | {0x58: _styles(), 0x60: _styles(), 0xD0: _font("宋体")}).items():
        struct.pack_into("<2I", main, at, len(main), len(part))
        main.extend(part)
    struct.pack_into("<6H", main, 0, 0xA5DC, 104, 0, 0x0804, 0, 0x100 if locked else 0)
    struct.pack_into("<2I", main, 0x18, _TEXT, end)
    struct.pack_into("<I", main, 0x34, end - _TEXT)
    return _contained(bytes(main))


_TEXT = 0x300
_IN_TABLE, _ROW_END = bytes([24, 1]), bytes([25, 1])  # the one-byte codes of Word 6


def _put(
    main: bytearray, spans: list[tuple[int, int, bytes]], text: str, changes: bytes = b""
) -> None:
    start = len(main)
    main.extend(text.encode("gbk"))
    spans.append((start, len(main), changes))


def _cells(count: int) -> bytes:
    """Define a row of so many cells of the same width."""
    edges = struct.pack(f"<B{count + 1}h", count, *(2000 * n for n in range(count + 1)))
    shape = edges + bytes(10 * count)
    return bytes([190]) + struct.pack("<H", len(shape) + 1) + shape


def _contained(stream: bytes) -> bytes:
    """Write the container so that LibreOffice opens it: small streams would lie elsewhere."""
    data = bytearray(compound({"WordDocument": stream.ljust(4096, b"\0")}))
    struct.pack_into("<I", data, 56, 4096)
    return bytes(data)


def _pages(main: bytearray, spans: list[tuple[int, int, bytes]], entry: int) -> bytes:
    """Write a page of properties for each stretch, and return the table of pages."""
    numbers = []
    for start, stop, changes in spans:
        page = bytearray(512)
        struct.pack_into("<2I", page, 0, start, stop)
        content = bytes([(len(changes) + 1) // 2 if entry == 7 else len(changes)]) + changes
        page[8] = 64 if any(changes) or entry == 7 else 0
        page[128 : 128 + len(content)] = content
        page[511] = 1
        numbers.append(len(main) // 512)
        main.extend(page)
    bounds = [spans[0][0], *(stop for _, stop, _ in spans)]
    table = struct.pack(f"<{len(bounds)}I", *bounds)
    return table + struct.pack(f"<{len(numbers)}H", *numbers)


def _font(name: str) -> bytes:
    body = bytes([0, 0x90, 1, 134, 0]) + name.encode("gbk") + b"\0"
    return struct.pack("<HB", len(body) + 3, len(body)) + body


def _styles() -> bytes:
    """Return a style sheet of one style, Normal."""
    style = struct.pack("<4H", 0, 1 | (0xFFF << 4), 1, 0) + b"\x06Normal\0" + bytes(4)
    style += bytes(len(style) % 2)
    return struct.pack("<7H", 12, 1, 8, 0, 0, 0, 0) + struct.pack("<H", len(style)) + style
