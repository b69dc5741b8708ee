"""Outlook's winmail.dat: a letter and its attachments as a row of attributes ([MS-OXTNEF])."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from parsers.outlook import mapi
from parsers.outlook.letter import Enclosed, Letter, check_size
from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\x78\x9f\x3e\x22"
_SUBJECT, _BODY, _CODEPAGE, _MESSAGE = 0x8004, 0x800C, 0x9007, 0x9003
_NEXT, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_IMESSAGE = b"\x07\x03\x02\x00\x00\x00\x00\x00\xc0\x00\x00\x00\x00\x00\x00\x46"
_NAMED = 0x8000  # property numbers from here on have a name besides
_MANY = 0x1000  # flag of a property with several values
_FIXED = {0x0002: 4, 0x0003: 4, 0x0004: 4, 0x0005: 8, 0x0006: 8, 0x0007: 8, 0x000A: 4, 0x000B: 4,
          0x0014: 8, 0x0040: 8, 0x0048: 16}  # fmt: skip
_VARIABLE = frozenset({0x0000, mapi.OBJECT, mapi.STRING8, mapi.UNICODE, mapi.BINARY})


class Property(NamedTuple):
    """A MAPI property's type and its first value."""

    kind: int
    value: bytes


@dataclass(slots=True)
class _Attached:
    title: bytes = b""
    data: bytes = b""
    properties: dict[int, Property] = field(default_factory=dict)


def read_tnef(data: bytes, depth: int = 0) -> Letter:
    """Read a winmail.dat; Unreadable when it is cut off or too large."""
    check_size(len(data), depth)
    if not data.startswith(SIGNATURE):
        raise Unreadable("damaged", "no TNEF signature")
    codepage, subject, body = 0, b"", b""
    message: dict[int, Property] = {}
    attached: list[_Attached] = []
    for number, content in _attributes(data):
        if number == _CODEPAGE and len(content) >= 4:
            codepage = struct.unpack_from("<I", content)[0]
        elif number == _SUBJECT:
            subject = content
        elif number == _BODY:
            body = content
        elif number == _MESSAGE:
            message = dict(_properties(content))
        else:
            _attach(attached, number, content)
    said = _Said(message, codepage)
    return Letter(
        subject=said.text(mapi.SUBJECT) or mapi.text_of(subject, mapi.STRING8, codepage),
        text=said.text(mapi.BODY) or mapi.text_of(body, mapi.STRING8, codepage),
        html=said.text(mapi.HTML),
        enclosed=tuple(e for one in attached if (e := _enclosed(one, codepage, depth)) is not None),
    )


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and content: level, number, type, length, content, checksum."""
    at = 6
    while at + 11 <= len(data):
        number, length = struct.unpack_from("<H2xI", data, at + 1)
        if at + 11 + length > len(data):
            raise Unreadable("damaged", "cut off")
        yield number, data[at + 9 : at + 9 + length]
        at += 11 + length


def _attach(attached: list[_Attached], number: int, content: bytes) -> None:
    if number == _NEXT:
        attached.append(_Attached())
    elif attached and number == _TITLE:
        attached[-1].title = content
    elif attached and number == _DATA:
        attached[-1].data = content
    elif attached and number == _PROPERTIES:
        attached[-1].properties = dict(_properties(content))


@dataclass(frozen=True, slots=True)
class _Said:
    """Properties, whose strings are in the writer's codepage."""

    properties: dict[int, Property]
    codepage: int

    def text(self, number: int) -> str:
        """Return a property as text, "" when there is none."""
        found = self.properties.get(number)
        if found is None:
            return ""
        kind = found.kind if found.kind == mapi.UNICODE else mapi.STRING8
        return mapi.text_of(found.value, kind, self.codepage)


def _enclosed(one: _Attached, codepage: int, depth: int) -> Enclosed | None:
    said = _Said(one.properties, codepage)
    stated = (said.text(number) for number in (mapi.LONG_NAME, mapi.SHORT_NAME, mapi.DISPLAY_NAME))
    name = next(filter(None, stated), "") or mapi.text_of(one.title, mapi.STRING8, codepage)
    inner = one.properties.get(mapi.ATTACHED_DATA)
    if inner is not None and inner.kind == mapi.OBJECT:
        if not inner.value.startswith(_IMESSAGE):
            return None  # an object drawn into the text
        letter = read_tnef(inner.value[16:], depth + 1)
        return Enclosed(f"{name or letter.subject or 'letter'}.eml", letter)
    return Enclosed(name, one.data or (inner.value if inner else b""), said.text(mapi.CONTENT_ID))


def _properties(data: bytes) -> Iterator[tuple[int, Property]]:
    """Yield numbers and properties; what is cut off or of an unknown type ends the row."""
    try:
        yield from _row(data)
    except struct.error:
        return


def _row(data: bytes) -> Iterator[tuple[int, Property]]:
    count, at = struct.unpack_from("<I", data)[0], 4
    for _ in range(min(count, len(data) // 4)):
        kind, number = struct.unpack_from("<HH", data, at)
        at = _after_name(data, at + 4) if number >= _NAMED else at + 4
        base = kind & ~_MANY
        many = base in _VARIABLE or kind & _MANY
        values = struct.unpack_from("<I", data, at)[0] if many else 1
        at += 4 if many else 0
        first = b""
        for position in range(min(values, len(data))):
            value, at = _value(data, at, base)
            first = value if position == 0 else first
        yield number, Property(base, first)


def _after_name(data: bytes, at: int) -> int:
    """Step over the set's GUID and the number or text that names the property."""
    if struct.unpack_from("<I", data, at + 16)[0] == 0:
        return at + 24
    length = struct.unpack_from("<I", data, at + 20)[0]
    return int(at + 24 + length + -length % 4)


def _value(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    if kind in _FIXED:
        return data[at : at + _FIXED[kind]], at + _FIXED[kind]
    if kind not in _VARIABLE:
        raise struct.error("unknown type")
    length = struct.unpack_from("<I", data, at)[0]
    return data[at + 4 : at + 4 + length], at + 4 + length + -length % 4
