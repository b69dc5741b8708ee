"""What kind of file some bytes are, by content; a name only settles what content leaves open."""

from __future__ import annotations

import re
import struct

from parsers import ole, zips
from parsers.charsets import decode_raw
from parsers.names import extension

DOCUMENTS = frozenset(
    [
        "docx",
        "docm",
        "xlsx",
        "xlsm",
        "xlsb",
        "pptx",
        "odt",
        "ods",
        "ofd",
        "doc",
        "xls",
        "ppt",
        "rtf",
        "pdf",
        "mhtml",
        "html",
        "csv",
        "text",
        "xls-xml",
        "doc-xml",
        "encrypted",
    ]
)
MEDIA = frozenset({"image", "video", "audio"})
CONTAINERS = frozenset({"zip", "mail"})

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
)
_SCRIPTS = frozenset(
    [
        "exe",
        "scr",
        "com",
        "pif",
        "bat",
        "cmd",
        "vbs",
        "vbe",
        "js",
        "jse",
        "wsf",
        "hta",
        "ps1",
        "lnk",
        "msi",
        "jar",
        "reg",
    ]
)
_ATOMS = frozenset({b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"})
_ASF = b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"
_ASF_VIDEO = b"\xc0\xef\x19\xbc\x4d\x5b\xcf\x11"
_MAIL_FIELD = re.compile(
    rb"^(?:Received|Return-Path|From|Date|Subject|Message-ID|MIME-Version|Delivered-To|To"
    rb"|X-[\w-]+|DKIM-Signature|Content-Type):",
    re.IGNORECASE | re.MULTILINE,
)
_OLE_KINDS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__properties_version1.0", "msg"),
)
_TABULAR_NAMES = frozenset(["csv", "tsv", "xls", "xlsx", "et"])


def sniff(data: bytes, name: str = "") -> str:
    """Return the kind: docx, xlsx, …, image, video, mail, text, program, empty or other."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf") if len(data) < 4_096 else False:
        return "empty"
    for kind in (_by_magic(data), _by_structure(data, name), _by_text(data, name)):
        if kind:
            return kind
    return "other"


def _by_magic(data: bytes) -> str | None:
    return next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)


def _by_structure(data: bytes, name: str) -> str | None:
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return _zip_kind(data, name)
    if data.startswith(ole.SIGNATURE):
        return _ole_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:2] == b"MZ" and _is_program(data, name):
        return "program"
    return _media_kind(data)


def _zip_kind(data: bytes, name: str) -> str:
    """Office formats by their members; a damaged one may still be known by its name."""
    names = zips.member_names(data)
    folders = {member.partition("/")[0] for member in names}
    macros = any(member.endswith("vbaProject.bin") for member in names)
    if "xl/workbook.bin" in names:
        return "xlsb"
    for folder, plain, with_macros in (
        ("word", "docx", "docm"),
        ("xl", "xlsx", "xlsm"),
        ("ppt", "pptx", "pptx"),
    ):
        if folder in folders and ("[Content_Types].xml" in names or len(names) > 1):
            return with_macros if macros else plain
    if "OFD.xml" in names:
        return "ofd"
    return _open_document_kind(data, names) or _named_office(names, name) or "zip"


def _open_document_kind(data: bytes, names: frozenset[str]) -> str | None:
    """Read the mimetype member, which stands first and is stored (OpenDocument part 2, §3.3)."""
    if "content.xml" not in names:
        return None
    head = data[:200]
    return "ods" if b"opendocument.spreadsheet" in head else "odt"


def _named_office(names: frozenset[str], name: str) -> str | None:
    ending = extension(name)
    known = ending in {"docx", "xlsx", "docm", "xlsm", "odt", "ods", "ofd", "pptx"}
    return ending if known and (not names or "[Content_Types].xml" in names) else None


def _ole_kind(data: bytes) -> str:
    names = ole.top_level_names(data)
    return next((kind for stream, kind in _OLE_KINDS if stream in names), "ole")


def _is_program(data: bytes, name: str) -> bool:
    """Whether MZ begins a program: a PE file points to its header, an old one has its name."""
    if len(data) < 64:
        return extension(name) in _SCRIPTS
    at = struct.unpack_from("<I", data, 60)[0]
    return data[at : at + 2] in {b"PE", b"NE", b"LE"} or extension(name) in _SCRIPTS


def _media_kind(data: bytes) -> str | None:
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
    if brand in {b"heic", b"heix", b"mif1", b"avif", b"hevc"}:
        return "image"
    return "audio" if brand in {b"M4A ", b"M4B "} else "video"


def _is_transport_stream(data: bytes) -> bool:
    """Packets of 188 bytes beginning with 0x47, or 192 with a time stamp before it (.mts)."""
    return any(
        len(data) > start + 4 * size and all(data[start + n * size] == 0x47 for n in range(5))
        for start, size in ((0, 188), (4, 192))
    )


def _by_text(data: bytes, name: str) -> str | None:
    head = data[:65_536]
    if b"\x00" in head and head[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return None
    text = decode_raw(head[:8_192] if len(head) > 8_192 else head)
    if text.count("\ufffd") > 2 + len(text) // 100:
        return None
    return _mail_kind(head, name) or _markup_kind(text) or _plain_kind(text, name)


def _mail_kind(head: bytes, name: str) -> str | None:
    """Several mail fields before the first blank line; MHTML is a mail nobody sent."""
    block = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
    fields = {match.lower() for match in _MAIL_FIELD.findall(block)}
    if not _MAIL_FIELD.match(block) and extension(name) != "eml":
        return None
    sent = fields & {b"received:", b"to:", b"message-id:", b"delivered-to:", b"return-path:"}
    if b"mime-version:" in fields and b"text/html" in head and not sent:
        return "mhtml"
    return "mail" if len(fields) >= 3 or (fields and extension(name) == "eml") else None


def _markup_kind(text: str) -> str | None:
    head = text.lstrip("\ufeff \t\r\n").lower()
    if not head.startswith("<"):
        return None
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<html" not in head:
        return "xls-xml"
    if "schemas.microsoft.com/office/word/2003/wordml" in head or "<pkg:package" in head:
        return "doc-xml"
    tags = ("<html", "<!doctype html", "<table", "<body", "<div", "<meta")
    return "html" if any(tag in head for tag in tags) else "xml"


def _plain_kind(text: str, name: str) -> str | None:
    """Text; tabular when a spreadsheet's name or a tab in most lines says so."""
    if re.search(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]", text):
        return None
    ending = extension(name)
    if ending in _SCRIPTS:
        return "program"
    if ending in {"asc", "sig", "p7s", "vcf", "ics"}:
        return "card"
    return "csv" if ending in _TABULAR_NAMES else "text"
