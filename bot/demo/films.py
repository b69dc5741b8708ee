"""A film as a camera saves it, as far as anybody measures it: its tables, and noise for pictures.

ISO/IEC 14496-12 §8 names the boxes.
"""

from __future__ import annotations

import struct

MATRIX = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def write_film(  # noqa: PLR0913 - what a notice can ask of a film
    *, seconds: float, width: int, height: int, mbps: float, fps: int = 25, brand: bytes = b"isom"
) -> bytes:
    """Return a film of one picture track; `brand` is qt for .mov, isom for .mp4."""
    frames = round(seconds * fps)
    size = max(1, round(mbps * 1e6 / 8 / fps))
    kind = _box(b"ftyp", brand.ljust(4), bytes(4), brand.ljust(4))
    pictures = _box(b"mdat", bytes(frames * size))
    start = len(kind) + 8
    return kind + pictures + _tables(frames, size, fps, (width, height), start)


def _box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + name + body


def _tables(frames: int, size: int, fps: int, shape: tuple[int, int], start: int) -> bytes:
    head = struct.pack(">5I2H", 0, 0, 0, fps, frames, 1, 0) + bytes(4)
    movie = _box(b"mvhd", head, struct.pack(">I", 0x100), bytes(4), MATRIX, bytes(24), b"\0\0\0\2")
    edge = struct.pack(">2I", shape[0] << 16, shape[1] << 16)
    track = struct.pack(">6I", 7, 0, 0, 1, 0, frames) + bytes(16) + MATRIX + edge
    media = _box(b"mdhd", struct.pack(">5I2H", 0, 0, 0, fps, frames, 0x55C4, 0))
    handler = _box(b"hdlr", bytes(8), b"vide", bytes(12), b"\0")
    samples = _box(b"stbl", *_samples(frames, size, shape, start))
    source = _box(b"dinf", _box(b"dref", bytes(4), b"\0\0\0\1", _box(b"url ", b"\0\0\0\1")))
    body = _box(b"minf", _box(b"vmhd", b"\0\0\0\1", bytes(8)), source, samples)
    return _box(
        b"moov", movie, _box(b"trak", _box(b"tkhd", track), _box(b"mdia", media, handler, body))
    )


def _samples(frames: int, size: int, shape: tuple[int, int], start: int) -> list[bytes]:
    picture = struct.pack(">2H", *shape) + struct.pack(">2I", 0x480000, 0x480000)
    entry = bytes(6) + b"\0\1" + bytes(16) + picture + bytes(4) + b"\0\1" + bytes(32)
    return [
        _box(b"stsd", bytes(4), b"\0\0\0\1", _box(b"mp4v", entry, b"\0\x18\xff\xff")),
        _box(b"stts", struct.pack(">4I", 0, 1, frames, 1)),
        _box(b"stsc", struct.pack(">5I", 0, 1, 1, frames, 1)),
        _box(b"stsz", struct.pack(">3I", 0, size, frames)),
        _box(b"stco", struct.pack(">3I", 0, 1, start)),
    ]
