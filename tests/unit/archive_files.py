"""Archives written byte by byte where no library writes them: RAR 4 and 5, locked 7z, zipx."""

from __future__ import annotations

import io
import lzma
import struct
import tarfile
import zlib

import libarchive

RAR4, RAR5 = b"Rar!\x1a\x07\x00", b"Rar!\x1a\x07\x01\x00"


def seven(*members: tuple[str, bytes]) -> bytes:
    """Write a 7z; one of nothing but zeros is a bomb."""
    parts: list[bytes] = []
    with libarchive.custom_writer(_collect(parts), "7zip") as archive:
        for name, data in members:
            archive.add_file_from_memory(name, len(data), data)
    return b"".join(parts)


def _collect(parts: list[bytes]):
    def write(data: bytes) -> int:
        parts.append(bytes(data))
        return len(data)

    return write


def locked_seven() -> bytes:
    """Write a 7z whose list of names is encrypted: its header is packed by AES (06F10701)."""
    packed = bytes(16)
    coder = bytes([0x24]) + b"\x06\xf1\x07\x01" + bytes([2]) + b"\x13\x00"
    header = (
        b"\x17\x06\x00\x01\x09\x10\x00"  # encoded header, one packed stream of 16 bytes
        b"\x07\x0b\x01\x00\x01" + coder + b"\x0c\x10\x00\x00"  # 16 bytes unpacked
    )
    start = struct.pack("<QQI", len(packed), len(header), zlib.crc32(header))
    signature = b"7z\xbc\xaf\x27\x1c\x00\x04" + struct.pack("<I", zlib.crc32(start))
    return signature + start + packed + header


def tar(*members: tuple[str, bytes], encoding: str = "utf-8") -> bytes:
    """Write a tar as old programs in Chinese Windows do, or as today's."""
    buffer = io.BytesIO()
    with tarfile.open(
        fileobj=buffer, mode="w", format=tarfile.GNU_FORMAT, encoding=encoding
    ) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def rar4(
    *members: tuple[bytes, bytes], locked: bool = False, volume: bool = False, goes_on: bool = False
) -> bytes:
    """Write stored members into a RAR 4, names as bytes (technote of RAR 4.11)."""
    out = RAR4 + _block4(0x73, 0x0101 if goes_on else 0x0001 if volume else 0, bytes(6))
    for name, data in members:
        flags = 0x8000 | (0x04 if locked else 0) | (0x02 if goes_on else 0)
        sizes = struct.pack("<IIBI", len(data), len(data), 2, zlib.crc32(data))
        fields = sizes + struct.pack("<IBBHI", 0, 29, 0x30, len(name), 0x20)
        out += _block4(0x74, flags, fields + name) + data
    return out + _block4(0x7B, 0x4000, b"")


def _block4(kind: int, flags: int, rest: bytes) -> bytes:
    head = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head


def rar5(*members: tuple[str, bytes], locked: bool = False, stated: int | None = None) -> bytes:
    """Write stored members into a RAR 5; locked, its headers are encrypted."""
    out = RAR5
    if locked:
        out += _block5(bytes([4, 0, 0, 0, 15]) + bytes(16))
    out += _block5(bytes([1, 0, 0]))
    for name, data in members:
        encoded = name.encode()
        size = len(data) if stated is None else stated
        body = _vint(2) + _vint(2) + _vint(len(data)) + _vint(4) + _vint(size) + _vint(0x20)
        body += struct.pack("<I", zlib.crc32(data)) + _vint(0) + _vint(0) + _vint(len(encoded))
        out += _block5(body + encoded) + data
    return out + _block5(bytes([5, 0, 0]))


def _vint(number: int) -> bytes:
    out = b""
    while number >= 0x80:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])


def _block5(body: bytes) -> bytes:
    sized = _vint(len(body)) + body
    return struct.pack("<I", zlib.crc32(sized)) + sized


def zipx(*members: tuple[str, bytes]) -> bytes:
    """Write a zip whose members are xz streams (APPNOTE 6.3.8, method 95), names in GBK."""
    body, directory = b"", b""
    for name, data in members:
        coded, packed = name.encode("gbk"), lzma.compress(data)
        sizes = struct.pack("<III", zlib.crc32(data), len(packed), len(data))
        fields = struct.pack("<HHHHH", 63, 0, 95, 0, 0x21) + sizes
        fields += struct.pack("<HH", len(coded), 0)
        at = struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        directory += b"PK\1\2" + struct.pack("<H", 63) + fields + at + coded
        body += b"PK\3\4" + fields + coded + packed
    count = len(members)
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + b"PK\5\6" + end
