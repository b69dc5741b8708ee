"""Letters as Outlook keeps them, written from the specifications: .msg ([MS-OXMSG]) and TNEF."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from parsers.ole import SIGNATURE

Tree = Mapping[str, "bytes | Tree"]
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MSG = b"\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"


@dataclass
class _Entry:
    name: str
    kind: int
    child: int = _FREE
    right: int = _FREE
    start: int = _END
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        head = name.ljust(64, b"\0") + struct.pack("<HBB", len(name) + 2, self.kind, 1)
        links = struct.pack("<III", _FREE, self.right, self.child)
        return (
            (head + links).ljust(116, b"\0") + struct.pack("<II", self.start, self.size) + bytes(4)
        )


@dataclass
class _Writer:
    entries: list[_Entry] = field(default_factory=lambda: [_Entry("Root Entry", 5)])
    large: list[tuple[_Entry, bytes]] = field(default_factory=list)
    small: bytes = b""
    chains: list[int] = field(default_factory=list)

    def add(self, tree: Tree, parent: _Entry) -> None:
        last = None
        for name, content in tree.items():
            entry = _Entry(name, 2 if isinstance(content, bytes) else 1)
            self.entries.append(entry)
            number = len(self.entries) - 1
            if last is None:
                parent.child = number
            else:
                last.right = number
            last = entry
            if isinstance(content, bytes):
                self.put(entry, content)
            else:
                self.add(content, entry)

    def put(self, entry: _Entry, data: bytes) -> None:
        entry.size = len(data)
        if len(data) >= 4096:
            self.large.append((entry, data))
        elif data:
            entry.start = len(self.small) // 64
            count = -(-len(data) // 64)
            self.chains += [entry.start + n + 1 for n in range(count - 1)] + [_END]
            self.small += data.ljust(count * 64, b"\0")

    def save(self) -> bytes:
        directory = b"".join(entry.packed() for entry in self.entries)
        body = [(None, directory), (None, struct.pack(f"<{len(self.chains)}I", *self.chains))]
        body += [(self.entries[0], self.small), *self.large]
        counts = [-(-len(data) // 512) for _, data in body]
        tables = next(n for n in range(1, 110) if n * 128 >= n + sum(counts))
        table, starts, at = [_FAT] * tables, [], tables
        for (entry, data), count in zip(body, counts, strict=True):
            starts.append(at if count else _END)
            table += [at + n + 1 for n in range(count - 1)] + [_END] * (count > 0)
            at += count
            if entry is not None:
                entry.start, entry.size = starts[-1], len(data)
        directory = b"".join(entry.packed() for entry in self.entries)
        body[0] = None, directory
        table += [_FREE] * (tables * 128 - len(table))
        header = SIGNATURE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        header += struct.pack(
            "<6xIIIIIIIII", 0, tables, starts[0], 0, 4096, starts[1], counts[1], _END, 0
        )
        header += struct.pack("<109I", *range(tables), *[_FREE] * (109 - tables))
        sectors = b"".join(data.ljust(-(-len(data) // 512) * 512, b"\0") for _, data in body)
        return header + struct.pack(f"<{len(table)}I", *table) + sectors


def compound(tree: Tree) -> bytes:
    """Write a compound file of streams and storages."""
    writer = _Writer()
    writer.add(tree, writer.entries[0])
    return writer.save()


def text(number: int, value: str, codepage: str = "") -> dict[str, bytes]:
    """Write a string property, in Unicode unless a codepage is given."""
    if codepage:
        return {f"__substg1.0_{number:04X}001E": value.encode(codepage)}
    return {f"__substg1.0_{number:04X}001F": value.encode("utf-16-le")}


def letter(
    *enclosed: Tree, subject: str = "报送统计表", codepage: str = "", number: int = 0, at: int = 32
) -> Tree:
    """Write a message's storage."""
    fixed = struct.pack("<III4x", 0x3FFD0003, 6, number) if number else b""
    tree: dict[str, bytes | Tree] = {"__properties_version1.0": bytes(at) + fixed}
    for tag, value in ((0x37, subject), (0x1000, "请查收"), (0xC1A, "刘思雨")):
        tree |= text(tag, value, codepage)
    tree |= text(0x5D01, "liu@example.cn")
    for count, one in enumerate(enclosed):
        tree[f"__attach_version1.0_#{count:08X}"] = one
    return tree


def enclosed(name: str, data: bytes, codepage: str = "") -> Tree:
    """Write an attachment's storage."""
    named = text(0x3707, name, codepage)
    return {"__properties_version1.0": bytes(8), "__substg1.0_37010102": data, **named}


def nested(inner: Tree) -> Tree:
    """Write an attachment that is a letter."""
    return {"__properties_version1.0": bytes(8), "__substg1.0_3701000D": inner}


def tnef(*attributes: bytes, codepage: int = 936) -> bytes:
    """Write a winmail.dat of attributes."""
    first = attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))
    second = attribute(1, 0x9007, 6, struct.pack("<II", codepage, 0))
    return b"\x78\x9f\x3e\x22\x01\x00" + first + second + b"".join(attributes)


def attribute(level: int, number: int, kind: int, data: bytes) -> bytes:
    head = struct.pack("<BHHI", level, number, kind, len(data))
    return head + data + struct.pack("<H", sum(data) & 0xFFFF)


def attached(title: bytes, data: bytes, *properties: bytes) -> bytes:
    """Write the attributes of one attachment."""
    rows = struct.pack("<I", len(properties)) + b"".join(properties)
    return (
        attribute(2, 0x9002, 6, bytes(14))
        + attribute(2, 0x8010, 1, title + b"\0")
        + (attribute(2, 0x800F, 6, data) if data else b"")
        + attribute(2, 0x9005, 6, rows)
    )


def string(number: int, value: bytes, kind: int = 0x1E) -> bytes:
    """Write a MAPI property of variable length."""
    padded = value.ljust(-(-len(value) // 4) * 4, b"\0")
    return struct.pack("<HHII", kind, number, 1, len(value)) + padded


def named(value: bytes) -> bytes:
    """Write a property that has a name of its own, before which others are read wrongly."""
    name = "x-名".encode("utf-16-le")
    head = struct.pack("<HH", 0x1E, 0x8001) + bytes(16) + struct.pack("<II", 1, len(name))
    return head + name.ljust(-(-len(name) // 4) * 4, b"\0") + string(0, value)[4:]


def embedded(inner: bytes) -> bytes:
    """Write the property that holds a letter in the letter."""
    return string(0x3701, _MSG + inner, 0x0D)
