"""What kind of file some bytes are, by content; a name only settles what content leaves open."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib

from parsers import ole, zips
from parsers.charsets import decode_raw
from parsers.names import extension
from parsers.signatures import by_magic, media_kind
from parsers.unreadable import Unreadable

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
        "odp",
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
PAPERS = DOCUMENTS - {"mhtml", "html", "csv", "text", "xls-xml", "doc-xml"}
"""Documents that their first bytes or their members prove to be such."""
MEDIA = frozenset({"image", "video", "audio"})
ARCHIVES = frozenset({"zip", "7z", "rar", "tar", "gzip", "bzip2", "xz"})
OUTLOOK = frozenset({"msg", "winmail"})
LETTERS = OUTLOOK | {"mail"}
CONTAINERS = ARCHIVES | LETTERS

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
_CARDS = frozenset({"asc", "sig", "p7s", "vcf", "ics"})  # signatures, contacts, appointments
_MAIL_FIELD = re.compile(
    rb"^(?:Received|Return-Path|From|Date|Subject|Message-ID|MIME-Version|Delivered-To|To"
    rb"|X-[\w-]+|DKIM-Signature|Content-Type):",
    re.IGNORECASE | re.MULTILINE,
)
_OLE_KINDS: tuple[tuple[str, str], ...] = (
    ("encryptedpackage", "encrypted"),
    ("worddocument", "doc"),
    ("workbook", "xls"),
    ("book", "xls"),
    ("powerpoint document", "ppt"),
    ("__properties_version1.0", "msg"),
)
_OLE_ENDINGS = {
    **dict.fromkeys(("doc", "dot", "wps", "wpt"), "doc"),
    **dict.fromkeys(("xls", "xlt", "et", "ett"), "xls"),
}
_OPEN_DOCUMENT = re.compile(rb"opendocument\.(spreadsheet|text|[a-z]+)")
_QUOTED_CELL = re.compile(r'(?m)(?:^|(?<=\t))"[^"]*"(?=\t|\r?$)')
_CODE_LINE = re.compile(r"[A-Za-z0-9+/=]{60,}|M[!-`]{60}")
_TABULAR_NAMES = frozenset(["csv", "tsv", "xls", "xlsx", "et"])


def sniff(data: bytes, name: str = "") -> str:
    """Return the kind: docx, xlsx, …, image, video, mail, text, program, empty or other."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf") if len(data) < 4_096 else False:
        return "empty"
    for kind in (by_magic(data), _by_structure(data, name), _by_text(data, name)):
        if kind:
            return kind
    return "other"


def _by_structure(data: bytes, name: str) -> str | None:
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return _zip_kind(data, name)
    if data.startswith(ole.SIGNATURE):
        return _ole_kind(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:1] == b"0" and extension(name) == "p7s":
        return "card"
    if data[:2] == b"MZ" and _is_program(data, name):
        return "program"
    return media_kind(data)


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
    return _open_document_kind(data, names, name) or _named_office(names, name) or "zip"


def _open_document_kind(data: bytes, names: frozenset[str], name: str) -> str | None:
    """Read the mimetype member, which stands first and is stored (OpenDocument part 2, §3.3)."""
    if "content.xml" not in names:
        return None
    found = _OPEN_DOCUMENT.search(data[:200]) or _OPEN_DOCUMENT.search(_mimetype(data))
    ending = extension(name)
    if found is None:
        return "ods" if ending in {"ods", "ots"} else "odt"
    return {b"spreadsheet": "ods", b"text": "odt"}.get(found[1], "odp")


def _mimetype(data: bytes) -> bytes:
    """Return the mimetype member of a zip that was packed again."""
    try:
        with zips.open_zip(data) as archive, archive.open("mimetype") as member:
            return member.read(200)
    except (
        Unreadable,
        KeyError,
        OSError,
        RuntimeError,
        ValueError,
        zipfile.BadZipFile,
        zlib.error,
    ):
        return b""


def _named_office(names: frozenset[str], name: str) -> str | None:
    ending = extension(name)
    known = ending in {"docx", "xlsx", "docm", "xlsm", "odt", "ods", "ofd", "pptx"}
    return ending if known and (not names or "[Content_Types].xml" in names) else None


def _ole_kind(data: bytes, name: str) -> str:
    """Office formats by their streams; a damaged one is what it is called."""
    names = {stream.lower() for stream in ole.top_level_names(data)}
    found = next((kind for stream, kind in _OLE_KINDS if stream in names), None)
    return found or _OLE_ENDINGS.get(extension(name), "ole")


def _is_program(data: bytes, name: str) -> bool:
    """Whether MZ begins a program: a PE file points to its header, an old one has its name."""
    if len(data) < 64:
        return extension(name) in _SCRIPTS
    at = struct.unpack_from("<I", data, 60)[0]
    return data[at : at + 2] in {b"PE", b"NE", b"LE"} or extension(name) in _SCRIPTS


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
    if "<office:document" in head:
        return "ods" if "opendocument.spreadsheet" in head else "odt"
    if "urn:schemas-microsoft-com:office:spreadsheet" in head and "<html" not in head:
        return "xls-xml"
    if "schemas.microsoft.com/office/word/2003/wordml" in head or "<pkg:package" in head:
        return "doc-xml"
    tags = ("<html", "<!doctype html", "<table", "<body", "<div", "<meta")
    return "html" if any(tag in head for tag in tags) else "xml"


def _plain_kind(text: str, name: str) -> str | None:
    """Text; tabular when a spreadsheet's name or the tabs in its lines say so."""
    if re.search(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]", text):
        return None
    ending = extension(name)
    if ending in _SCRIPTS:
        return "program"
    if ending in _CARDS:
        return "card"
    if ending in _TABULAR_NAMES or _is_tabular(text):
        return "csv"
    return None if _is_code(text) else "text"


def _is_code(text: str) -> bool:
    """Tell whether most lines are base64 or uuencode: a file that could not be taken out of it."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return sum(_CODE_LINE.fullmatch(line) is not None for line in lines) > max(2, len(lines) / 2)


def _is_tabular(text: str) -> bool:
    """Tell whether most rows have the same number of tabs, as cells copied from a sheet do."""
    rows = _QUOTED_CELL.sub(" ", text) if '"' in text else text  # it may hold line breaks
    tabs = [row.count("\t") for row in rows.split("\n") if row.strip()]
    commonest = max(set(tabs), key=tabs.count, default=0)
    return len(tabs) > 1 and commonest > 0 and tabs.count(commonest) >= 0.8 * len(tabs)
