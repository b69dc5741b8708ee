"""How pictures, films, sounds, archives and programs begin."""

from __future__ import annotations

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\xd7\xcd\xc6\x9a", "image"),
    (b"\x00\x00\x01\xba", "video"),
    (b"\x00\x00\x01\xb3", "video"),
    (b"\x1a\x45\xdf\xa3", "video"),
    (b"FLV\x01", "video"),
    (b".RMF", "video"),
    (b"ID3", "audio"),
    (b"#!AMR", "audio"),
    (b"OggS", "audio"),
    (b"fLaC", "audio"),
    (b"\x7fELF", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "program"),
    (b"\x78\x9f\x3e\x22", "winmail"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"\x09\x00\x04\x00", "xls"),  # Excel 2 to 4, before OLE
    (b"\x09\x02\x06\x00", "xls"),
    (b"\x09\x04\x06\x00", "xls"),
    (b"\xfd7zXZ\x00", "xz"),
)
_BEGINNINGS = tuple(magic for magic, _ in _MAGIC)
_ATOMS = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_ASF = b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"
_ASF_VIDEO = b"\xc0\xef\x19\xbc\x4d\x5b\xcf\x11"

# ISO/IEC 23008-12: pictures and bursts of pictures of phones and cameras
_PICTURES = frozenset(
    b"heic heix heim heis hevc hevx hevm hevs mif1 mif2 msf1 miaf avif avis".split()
)


def by_magic(data: bytes) -> str | None:
    """Return the kind of a file whose first bytes are a known signature."""
    if data.startswith(_BEGINNINGS):
        return next(kind for magic, kind in _MAGIC if data.startswith(magic))
    return _packed_kind(data)


def _packed_kind(data: bytes) -> str | None:
    if data[:3] == b"BZh" and data[4:10] == b"1AY&SY":
        return "bzip2"
    return "tar" if data[257:262] == b"ustar" else None


def media_kind(data: bytes) -> str | None:
    """Return image, video or audio for formats whose signature stands elsewhere or is short."""
    if data[4:8] == b"ftyp":
        return _ftyp_kind(data[8:12])
    if data[:4] == b"RIFF":
        return {b"AVI ": "video", b"WAVE": "audio", b"WEBP": "image"}.get(data[8:12])
    if data.startswith(_ASF):
        return "video" if _ASF_VIDEO in data[:65_536] else "audio"
    if data[4:8] in _ATOMS or _is_transport_stream(data):
        return "video"
    return _short_magic(data)


def _short_magic(data: bytes) -> str | None:
    if data[:2] == b"BM" and len(data) > 26 and data[6:10] == b"\x00\x00\x00\x00":
        return "image"
    return "audio" if data[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf1"} else None


def _ftyp_kind(brand: bytes) -> str:
    if brand in _PICTURES:
        return "image"
    return "audio" if brand in {b"M4A ", b"M4B "} else "video"


def _is_transport_stream(data: bytes) -> bool:
    """Packets of 188 bytes beginning with 0x47, or 192 with a time stamp before it (.mts)."""
    return any(
        len(data) > start + 4 * size and all(data[start + n * size] == 0x47 for n in range(5))
        for start, size in ((0, 188), (4, 192))
    )
