"""Outlook's .msg: a letter as storages and streams of properties ([MS-OXMSG])."""

from __future__ import annotations

import io
import struct
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import olefile

from parsers.mail import LOOP_HEADER
from parsers.outlook import mapi
from parsers.outlook.letter import Enclosed, Letter, check_size
from parsers.unreadable import Unreadable

_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
_HEADER = 24  # bytes before the first fixed property; a message of its own has 8 more
_Path = tuple[str, ...]


def read_msg(data: bytes) -> Letter:
    """Read a .msg with the letters in it; Unreadable when it is damaged or too large."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return _Storages(file).letter((), 0)
    except Unreadable:
        raise
    except Exception as error:  # whatever a broken FAT makes olefile raise
        raise Unreadable("damaged", type(error).__name__) from error


@dataclass(slots=True)
class _Storages:
    """Streams and storages by the storage they are in; `taken` counts the bytes read."""

    file: olefile.OleFileIO
    streams: Mapping[_Path, dict[str, str]] = field(init=False)
    storages: Mapping[_Path, set[str]] = field(init=False)
    taken: int = 0

    def __post_init__(self) -> None:
        streams: dict[_Path, dict[str, str]] = defaultdict(dict)
        storages: dict[_Path, set[str]] = defaultdict(set)
        for path in self.file.listdir(streams=True, storages=False):
            streams[tuple(path[:-1])][path[-1].lower()] = path[-1]
            for depth in range(len(path) - 1):
                storages[tuple(path[:depth])].add(path[depth])
        self.streams, self.storages = streams, storages

    def letter(self, at: _Path, depth: int) -> Letter:
        """Read the letter whose storage is `at`."""
        check_size(self.taken, depth)
        codepage = self._codepage(at)
        html = self._bytes(at, mapi.HTML, mapi.BINARY)
        return Letter(
            subject=self._text(at, mapi.SUBJECT, codepage),
            sender=self._text(at, mapi.SENDER_NAME, codepage),
            address=self._address(at, codepage),
            text=self._text(at, mapi.BODY, codepage),
            html=mapi.text_of(html, mapi.STRING8, codepage) or self._text(at, mapi.HTML, codepage),
            enclosed=tuple(
                enclosed
                for name in sorted(self.storages.get(at, ()))
                if name.lower().startswith(_ATTACHMENT)
                and (enclosed := self._enclosed((*at, name), codepage, depth)) is not None
            ),
            ours=LOOP_HEADER in self._text(at, mapi.TRANSPORT_HEADERS, codepage),
        )

    def _address(self, at: _Path, codepage: int) -> str:
        smtp = self._text(at, mapi.SENDER_SMTP, codepage)
        stated = smtp or self._text(at, mapi.SENDER_ADDRESS, codepage)
        return stated if "@" in stated else ""

    def _enclosed(self, at: _Path, codepage: int, depth: int) -> Enclosed | None:
        names = (mapi.LONG_NAME, mapi.SHORT_NAME, mapi.DISPLAY_NAME)
        name = next(filter(None, (self._text(at, n, codepage) for n in names)), "")
        cid = self._text(at, mapi.CONTENT_ID, codepage)
        inner = (*at, _stream_name(mapi.ATTACHED_DATA, mapi.OBJECT))
        if _PROPERTIES in self.streams.get(inner, ()):
            letter = self.letter(inner, depth + 1)
            return Enclosed(f"{name or letter.subject or 'letter'}.eml", letter)
        if inner in self.streams:
            return None  # an object drawn into the text, such as a chart
        return Enclosed(name, self._bytes(at, mapi.ATTACHED_DATA, mapi.BINARY), cid)

    def _text(self, at: _Path, number: int, codepage: int) -> str:
        for kind in (mapi.UNICODE, mapi.STRING8):
            data = self._bytes(at, number, kind)
            if data:
                return mapi.text_of(data, kind, codepage)
        return ""

    def _bytes(self, at: _Path, number: int, kind: int) -> bytes:
        return self._stream(at, _stream_name(number, kind))

    def _stream(self, at: _Path, name: str) -> bytes:
        found = self.streams.get(at, {}).get(name.lower())
        if found is None:
            return b""
        size = self.file.get_size([*at, found])
        self.taken += size
        check_size(self.taken, 0)
        data = bytes(self.file.openstream([*at, found]).read())
        if len(data) < size:
            raise Unreadable("damaged", "cut off")
        return data

    def _codepage(self, at: _Path) -> int:
        """Look the codepage up among the fixed properties, 16 bytes each; 0 when none is said."""
        data = self._stream(at, _PROPERTIES)[_HEADER if at else _HEADER + 8 :]
        values = {
            struct.unpack_from("<I", data, offset)[0]: struct.unpack_from("<I", data, offset + 8)[0]
            for offset in range(0, len(data) - 15, 16)
        }
        numbers = (mapi.MESSAGE_CODEPAGE, mapi.INTERNET_CODEPAGE)
        found = (values.get(number << 16 | mapi.INTEGER, 0) for number in numbers)
        return next(filter(None, found), 0)


def _stream_name(number: int, kind: int) -> str:
    return f"__substg1.0_{number:04X}{kind:04X}"
