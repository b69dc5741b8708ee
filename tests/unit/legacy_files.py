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


def word_95(paragraphs: list[str], rows: list[tuple[str, ...]]) -> bytes:
    """Return a text with one table as Word 95 wrote it ([MS-DOC] has only what came after)."""
    main = bytearray(0x300)
    spans: list[tuple[int, int, bytes]] = []

    def put(text: str, changes: bytes = b"") -> None:
        start = len(main)
        main.extend(text.encode("gbk"))
        spans.append((start, len(main), changes))

    for text in paragraphs:
        put(text + "\r")
    for row in rows:
        for text in row:
            put(text + "\x07", bytes([24, 1]))
        edges = [2000 * n for n in range(len(row) + 1)]
        shape = struct.pack(f"<B{len(edges)}h", len(row), *edges) + bytes(10 * len(row))
        define = bytes([190]) + struct.pack("<H", len(shape) + 1) + shape
        put("\x07", bytes([24, 1, 25, 1]) + define)
    put("\r")
    end = len(main)
    main.extend(bytes(-len(main) % 512))
    chars = _pages(main, [(0x300, end, b"")], 1)
    pars = _pages(main, spans, 7)
    for at, part in ((0xB8, chars), (0xC0, pars)):
        struct.pack_into("<2I", main, at, len(main), len(part))
        main.extend(part)
    styles = _styles()
    for at in (0x58, 0x60):
        struct.pack_into("<2I", main, at, len(main), len(styles))
    main.extend(styles)
    fonts = _font("宋体")
    struct.pack_into("<2I", main, 0xD0, len(main), len(fonts))
    main.extend(fonts)
    struct.pack_into("<5H", main, 0, 0xA5DC, 104, 0, 0x0804, 0)
    struct.pack_into("<2I", main, 0x18, 0x300, end)
    struct.pack_into("<I", main, 0x34, end - 0x300)
    return compound({"WordDocument": bytes(main)})


def _pages(main: bytearray, spans: list[tuple[int, int, bytes]], size: int) -> bytes:
    """Write a page of properties for each stretch, and return the table of pages."""
    numbers = []
    for start, stop, changes in spans:
        page = bytearray(512)
        struct.pack_into("<2I", page, 0, start, stop)
        content = changes
        if size == 7:  # a paragraph: its style, then its changes, counted in words
            content = bytes(1) + struct.pack("<H", 0)[:1] + changes
            content += bytes(len(content) % 2)
            content = bytes([len(content) // 2 + 1]) + b"\0\0" + changes
            content += bytes(len(content) % 2)
            content = bytes([len(content) // 2]) + content[1:]
        else:
            content = bytes([len(changes)]) + changes
        at = 128
        page[8] = at // 2 if changes or size == 7 else 0
        page[at : at + len(content)] = content
        page[511] = 1
        numbers.append(len(main) // 512)
        main.extend(page)
    bounds = [spans[0][0], *(stop for _, stop, _ in spans)]
    table = struct.pack(f"<{len(bounds)}I", *bounds)
    return table + struct.pack(f"<{len(numbers)}H", *numbers)


def _font(name: str) -> bytes:
    body = bytes([0, 0x90, 1, 134, 0]) + name.encode("gbk") + b"\0"
    entry = bytes([len(body)]) + body
    return struct.pack("<H", len(entry) + 2) + entry


def _styles() -> bytes:
    """Return a style sheet of one style, Normal."""
    head = struct.pack("<6H", 1, 8, 0, 0, 0, 0)
    name = b"Normal"
    style = struct.pack("<4H", 0, 1 | (0xFFF << 4), 1 | (0 << 4), 0)
    style += bytes([len(name)]) + name + b"\0" + struct.pack("<H", 0) * 2
    style += bytes(len(style) % 2)
    return struct.pack("<H", len(head)) + head + struct.pack("<H", len(style)) + style
