"""Numbers of the MAPI properties that say what a letter is ([MS-OXPROPS]), and their strings."""

from __future__ import annotations

from parsers.charsets import decode

SUBJECT, BODY, HTML = 0x0037, 0x1000, 0x1013
TRANSPORT_HEADERS = 0x007D
SENDER_NAME, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
ATTACHED_DATA, DISPLAY_NAME = 0x3701, 0x3001
SHORT_NAME, LONG_NAME, CONTENT_ID = 0x3704, 0x3707, 0x3712
INTERNET_CODEPAGE, MESSAGE_CODEPAGE = 0x3FDE, 0x3FFD

INTEGER, OBJECT, STRING8, UNICODE, BINARY = 0x0003, 0x000D, 0x001E, 0x001F, 0x0102


def text_of(data: bytes, kind: int, codepage: int) -> str:
    """Return a string property's text; the codepage is what its writer said, 0 for nothing."""
    if kind == UNICODE:
        return data.decode("utf-16-le", "replace").rstrip("\0")
    label = "utf-8" if codepage == 65001 else f"cp{codepage}" if codepage else ""
    return decode(data.rstrip(b"\0"), label)
