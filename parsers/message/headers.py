"""Header fields of hostile mail: found in raw bytes, capped, each read under its own guard."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from parsers.charsets import decode, decode_raw
from parsers.message.words import decode_words, header_text, unfold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_FIELD = 65_536  # bytes of one field; Postfix allows 102,400 for a whole header
MAX_FIELDS = 2_000
MAX_VALUE = 8_192  # of a value with parameters

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:")
_CONTINUED = re.compile(r"([^*]+)\*(?:(\d{1,3})(\*)?)?$")
_PERCENT = re.compile(r"(?:[^%]*%[0-9A-Fa-f]{2})+[^%]*")
_ENTITIES = re.compile(r"&#\d{2,6};")
_QUOTED_OR_END = re.compile(r'"(?:[^"\\]+|\\.)*"?|;', re.DOTALL)


class Headers:
    """The fields of one message or part, by lower-case name, in their order."""

    def __init__(self, fields: list[tuple[str, bytes]]) -> None:
        self.fields = fields
        self._named: dict[str, list[bytes]] = {}
        for name, value in fields:
            self._named.setdefault(name, []).append(value)

    def raw(self, name: str) -> Sequence[bytes]:
        """Every value of a field, still folded."""
        return self._named.get(name, ())

    def values(self, name: str) -> list[str]:
        """Every value, unfolded and as text, encoded words not yet decoded."""
        return [unfold(decode_raw(value)).strip() for value in self.raw(name)]

    def get(self, name: str) -> str:
        """Return the first value, unfolded and as text, or ""."""
        return next((unfold(decode_raw(value)).strip() for value in self.raw(name)), "")

    def text(self, name: str) -> str:
        """Return the first value with its encoded words decoded, or ""."""
        return next((header_text(value).strip() for value in self.raw(name)), "")

    def has(self, name: str) -> bool:
        """Whether the field is there at all."""
        return name in self._named


class Value(NamedTuple):
    """A header value of the kind `main; name=value`, names lower case."""

    main: str
    parameters: dict[str, str]


def read_headers(raw: bytes, start: int, end: int) -> tuple[Headers, int]:
    """Fields from `start` on, and where the body begins."""
    fields: list[tuple[str, bytearray]] = []
    position = start
    while position < end:
        stop = _line_end(raw, position, end)
        line = raw[position : min(stop, position + MAX_FIELD)]
        if not line.strip(b"\r\n"):
            return _finished(fields), stop
        if not _take(line, fields) and not _goes_on(raw, stop, end):
            return _finished(fields), position
        position = stop
    return _finished(fields), end


def _take(line: bytes, fields: list[tuple[str, bytearray]]) -> bool:
    """Add a line to the fields; False when it is no header line."""
    match = _FIELD.match(line)
    if match:
        if len(fields) < MAX_FIELDS:
            fields.append((match[1].decode("ascii").lower(), bytearray(line[match.end() :])))
        return True
    if line[:1] not in b" \t":
        return False
    if fields and len(fields[-1][1]) + len(line) <= MAX_FIELD:
        fields[-1][1].extend(line)
    return True


def _goes_on(raw: bytes, position: int, end: int) -> bool:
    """Whether the line after a stray one is a header line again."""
    return _FIELD.match(raw, position, min(end, position + 256)) is not None


def _line_end(raw: bytes, position: int, end: int) -> int:
    found = raw.find(b"\n", position, end)
    return end if found < 0 else found + 1


def _finished(fields: list[tuple[str, bytearray]]) -> Headers:
    return Headers([(name, bytes(value).strip()) for name, value in fields])


def parse_value(value: str) -> Value:
    """Split `main; a=b; c="d"`, joining RFC 2231 pieces, decoding every way names are written."""
    pieces = list(_split(value[:MAX_VALUE]))
    plain: dict[str, str] = {}
    extended: dict[str, dict[int, tuple[str, bool]]] = {}
    for piece in pieces[1:]:
        name, equals, text = piece.partition("=")
        key = name.strip().lower()
        match = _CONTINUED.match(key)
        if match:
            whole = match[2] is None
            section = (_unquote(text), whole or match[3] is not None)
            extended.setdefault(match[1], {})[int(match[2] or 0)] = section
        elif equals:
            plain.setdefault(key, _plain(_unquote(text)))
    main = pieces[0].strip().lower() if pieces else ""
    return Value(main, {**plain, **_better(extended, plain)})


def _better(
    extended: dict[str, dict[int, tuple[str, bool]]], plain: dict[str, str]
) -> dict[str, str]:
    """RFC 2231 values, except where they lost characters that the plain twin has."""
    joined = {name: _join(sections) for name, sections in extended.items()}
    return {n: v for n, v in joined.items() if "\ufffd" not in v or n not in plain}


def _join(sections: dict[int, tuple[str, bool]]) -> str:
    """RFC 2231 §3 and §4: sections in order, percent-decoded as one run of bytes."""
    ordered = [sections[number] for number in sorted(sections)]
    if not any(encoded for _, encoded in ordered):
        return _plain("".join(text for text, _ in ordered))
    charset = ""
    first, encoded = ordered[0]
    if encoded and first.count("'") >= 2:
        charset, _, rest = first.split("'", 2)
        ordered[0] = (rest, True)
    data = b"".join(_percent(t) if enc else _bytes(t) for t, enc in ordered)
    return decode_words(decode(data, charset))


def _plain(text: str) -> str:
    """Return an encoded word, a percent-encoded name, one in HTML's numbers, or the text itself."""
    if "=?" in text:
        return decode_words(text)
    if "&#" in text:
        return _ENTITIES.sub(lambda match: html.unescape(match[0]), text)
    if text.isascii() and _PERCENT.fullmatch(text):
        decoded = decode_raw(_percent(text))
        return text if "\ufffd" in decoded or decoded.isascii() else decoded
    return text


def _percent(text: str) -> bytes:
    return unquote_to_bytes(_bytes(text))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _unquote(text: str) -> str:
    """Take off quotes, also unbalanced ones; a Windows path keeps its backslashes."""
    text = text.strip()
    if not text.startswith('"'):
        return text
    inner = text[1:-1] if text.endswith('"') and len(text) > 1 else text[1:]
    return re.sub(r'\\(["\\])', r"\1", inner)


def _split(value: str) -> Iterator[str]:
    """Pieces between semicolons that stand outside quotes."""
    start = 0
    for found in _QUOTED_OR_END.finditer(value):
        if found[0] == ";":
            yield value[start : found.start()]
            start = found.end()
    yield value[start:]
