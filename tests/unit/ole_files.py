"""How tests write OLE files stream by stream, and the binary Word and Excel structures in them."""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass, field

from parsers.ole import SIGNATURE

FREE, LAST, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
TEXT = 2048  # where the text of a Word file begins


def compound(streams: dict[str, bytes], *, storages: tuple[str, ...] = ()) -> bytes:
    """Write a compound file whose streams all lie in ordinary sectors; storages hold one member."""
    sectors: list[bytes] = []
    chain: list[int] = []
    entries = [_entry("Root Entry", 5, child=1)]
    names = [*streams, *storages]
    for number, name in enumerate(names, 1):
        right = number + 1 if number < len(names) else FREE
        data = streams.get(name)
        if data is None:
            entries.append(_entry(name, 1, right=right, child=len(names) + 1))
        else:
            entries.append(_entry(name, 2, right=right, first=len(sectors), size=len(data)))
            _lay(sectors, chain, data)
    entries.append(_entry("inside", 1))
    directory = len(sectors)
    _lay(sectors, chain, b"".join(entries))
    tables = -(-(len(chain) + len(chain) // 64 + 8) // 128)
    start = len(sectors)
    chain += [FAT] * tables
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512 * tables, b"\xff")
    header = SIGNATURE + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack("<5I", tables, directory, 0, 0, LAST)
    header += struct.pack("<3I", 0, LAST, 0)
    header += struct.pack(f"<{tables}I", *range(start, start + tables))
    return header.ljust(512, b"\xff") + b"".join(sectors) + table


def _lay(sectors: list[bytes], chain: list[int], data: bytes) -> None:
    count = max(-(-len(data) // 512), 1)
    first = len(sectors)
    sectors += [data[512 * n : 512 * (n + 1)].ljust(512, b"\0") for n in range(count)]
    chain += [*range(first + 1, first + count), LAST]


def _entry(  # noqa: PLR0917 - the fields of a directory entry
    name: str, kind: int, right: int = FREE, child: int = FREE, first: int = 0, size: int = 0
) -> bytes:
    encoded = name.encode("utf-16-le")
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded) + 2, kind, 1)
    head += struct.pack("<3I", FREE, right, child)
    return head.ljust(116, b"\0") + struct.pack("<3I", first, size, 0)


@dataclass
class Word:
    """A Word file being written: paragraphs of runs, each with its property changes."""

    text: str = ""
    runs: list[tuple[int, int, bytes]] = field(default_factory=list)
    paragraphs: list[tuple[int, int, bytes]] = field(default_factory=list)
    fonts: tuple[str, ...] = ("宋体", "Wingdings", "Wingdings 2")
    styles: bytes = b""
    data: bytes = b""
    flags: int = 0x0200
    version: int = 0x00C1
    parts: dict[int, bytes] = field(default_factory=dict)
    boxes: str = ""

    def run(self, text: str, changes: bytes = b"") -> Word:
        """Add text; one character per UTF-16 unit."""
        start = len(self.text)
        self.text += "".join(map(chr, array("H", text.encode("utf-16-le", "surrogatepass"))))
        self.runs.append((start, len(self.text), changes))
        return self

    def end(self, mark: str = "\r", changes: bytes = b"", run: bytes = b"") -> Word:
        """End the paragraph."""
        start = self.paragraphs[-1][1] if self.paragraphs else 0
        self.run(mark, run)
        self.paragraphs.append((start, len(self.text), b"\0\0" + changes))
        return self

    def cell(self, text: str, changes: bytes = b"", depth: int = 1) -> Word:
        """Add a cell of one paragraph."""
        return self.run(text, changes).end("\x07" if depth == 1 else "\r", inside(depth, ends=True))

    def row(
        self, *edges: int, flags: tuple[int, ...] = (), depth: int = 1, run: bytes = b""
    ) -> Word:
        """End a row whose cells have these edges and merge flags."""
        count = len(edges) - 1
        cells = (*flags, *(0,) * count)[:count]
        operand = struct.pack(f"<B{count + 1}h", count, *edges)
        operand += b"".join(struct.pack("<H18x", cell) for cell in cells)
        shape = struct.pack("<HH", 0xD608, len(operand) + 1) + operand
        changes = inside(depth, row=True) + shape
        if len(changes) > 400:
            at = len(self.data)
            self.data += struct.pack("<H", len(changes)) + changes
            changes = change(0x6646, at, 4)
        return self.end("\x07" if depth == 1 else "\r", changes, run)

    def file(self, storages: tuple[str, ...] = ()) -> bytes:
        """Return the file."""
        raw = (self.text + self.boxes).encode("utf-16-le", "surrogatepass")
        main = bytearray(TEXT) + raw
        main += bytes(-len(main) % 512)
        tables: dict[int, bytes] = {1: self.styles, 15: _fonts(self.fonts), 33: self._pieces()}
        tables[12] = _pages(main, self.runs, 1)
        tables[13] = _pages(main, self.paragraphs, 13)
        tables.update(self.parts)
        table = b"".join(self._listed(main, tables))
        struct.pack_into("<HH", main, 0, 0xA5EC, self.version)
        struct.pack_into("<H", main, 10, self.flags)
        struct.pack_into("<7i", main, 76, len(self.text), 0, 0, 0, 0, 0, len(self.boxes))
        streams = {"WordDocument": bytes(main), "1Table": table or b"\0", "Data": self.data}
        return compound(streams, storages=storages)

    def _pieces(self) -> bytes:
        length = len(self.text) + len(self.boxes)
        return b"\x02" + struct.pack("<IIIHIH", 16, 0, length, 0, TEXT, 0)

    @staticmethod
    def _listed(main: bytearray, tables: dict[int, bytes]) -> list[bytes]:
        at = 0
        for number, part in tables.items():
            struct.pack_into("<2I", main, 154 + 8 * number, at, len(part))
            at += len(part)
        return list(tables.values())


def _pages(main: bytearray, stretches: list[tuple[int, int, bytes]], entry: int) -> bytes:
    """Write one page per stretch, and the table of pages."""
    numbers = []
    for start, end, changes in stretches:
        page = bytearray(512)
        struct.pack_into("<2I", page, 0, TEXT + 2 * start, TEXT + 2 * end)
        at = 60
        page[8] = at // 2 if changes else 0
        if entry == 1:
            content = bytes([len(changes)]) + changes
        elif len(changes) % 2:
            content = bytes([(len(changes) + 1) // 2]) + changes
        else:
            content = bytes([0, len(changes) // 2]) + changes
        page[at : at + len(content)] = content
        page[511] = 1
        numbers.append(len(main) // 512)
        main += page
    bounds = [start for start, _, _ in stretches] + [stretches[-1][1]] if stretches else [0]
    offsets = struct.pack(f"<{len(bounds)}I", *(TEXT + 2 * bound for bound in bounds))
    return offsets + struct.pack(f"<{len(numbers)}I", *numbers)


def _fonts(names: tuple[str, ...]) -> bytes:
    entries = b""
    for name in names:
        body = bytes(39) + name.encode("utf-16-le") + b"\0\0"
        entries += bytes([len(body)]) + body
    return struct.pack("<2H", len(names), 0) + entries


def change(code: int, value: int, size: int = 1) -> bytes:
    """Return one property change."""
    return struct.pack("<H", code) + value.to_bytes(size, "little")


def inside(depth: int, *, row: bool = False, ends: bool = False) -> bytes:
    """Return the changes of a paragraph in a table, in a cell's or a row's end."""
    changes = change(0x2416, 1) + change(0x6649, depth, 4)
    if row:
        changes += change(0x2417 if depth == 1 else 0x244C, 1)
    if depth > 1 and (row or ends):
        changes += change(0x244B, 1)
    return changes


def record(kind: int, data: bytes = b"") -> bytes:
    """Return one record of a workbook stream."""
    return struct.pack("<2H", kind, len(data)) + data


def wide(text: str, head: str = "<H") -> bytes:
    """Return a string of BIFF8 in two bytes a character."""
    return struct.pack(head, len(text)) + b"\x01" + text.encode("utf-16-le")


def book(
    *sheets: bytes,
    globals_: bytes = b"",
    states: tuple[int, ...] = (),
    version: int = 0x0600,
    stream: str = "Workbook",
) -> bytes:
    """Write a workbook whose worksheets hold these records."""
    return compound({stream: workbook(*sheets, globals_=globals_, states=states, version=version)})


def workbook(
    *sheets: bytes, globals_: bytes = b"", states: tuple[int, ...] = (), version: int = 0x0600
) -> bytes:
    """Return the stream of a workbook."""
    begin = record(0x0809, struct.pack("<6H", version, 5, 0, 0, 0, 0))
    names = [f"表{n}" for n in range(1, len(sheets) + 1)]
    encoded = [
        wide(name, "<B")
        if version == 0x0600
        else bytes([len(name.encode("gbk"))]) + name.encode("gbk")
        for name in names
    ]
    size = len(begin) + len(globals_) + sum(4 + 6 + len(name) for name in encoded) + 4
    entries, bodies = b"", b""
    for number, sheet in enumerate(sheets):
        state = states[number] if number < len(states) else 0
        offset = size + len(bodies)
        entries += record(0x0085, struct.pack("<IBB", offset, state, 0) + encoded[number])
        bodies += record(0x0809, struct.pack("<6H", version, 16, 0, 0, 0, 0)) + sheet + record(0x0A)
    return begin + globals_ + entries + record(0x0A) + bodies
