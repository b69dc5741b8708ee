"""Ways in which a file is damaged: by disks, mail programs, careless tools and hostile hands."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.reading import Status
from rules.recognise import read_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parsers.document import Document
    from rules.campaign import Campaign

_NUMBERS = (b"0", b"-1", b"1", b"2", b"7", b"65536", b"2147483648", b"99999999999999999999", b"x")
_ATTRIBUTE = re.compile(rb'\s[\w:-]+="[^"<>]*"')
_NUMBER = re.compile(rb'(?<==")-?\d+(?=")')
_TAG = re.compile(rb"</?[A-Za-z][^<>]*>")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_PDF_NUMBER = re.compile(rb"(?<=[ \[/])-?\d+(?:\.\d+)?(?=[ \]/>\r\n])")
_RTF_WORD = re.compile(rb"\\[a-z]+-?\d*")
_PARTS = re.compile(r"document\.xml|sheet\d*\.xml|sharedStrings|styles|content\.xml|Content\.xml")


@dataclass(frozen=True, slots=True)
class Damage:
    """A way to damage a file; `kinds` are those it applies to, empty for all."""

    name: str
    hit: Callable[[bytes, random.Random], bytes]
    kinds: frozenset[str] = frozenset()

    def fits(self, kind: str) -> bool:
        return not self.kinds or kind in self.kinds


def _block(data: bytes, chance: random.Random) -> tuple[int, int]:
    """Return where a block begins and ends; half of them as disks cut, in sectors of 512."""
    size = chance.choice((1, 4, 30, 200, 512, 512, 512, 4096))
    at = chance.randrange(len(data) or 1)
    if size >= 512:
        at -= at % 512
    return at, min(at + size, len(data))


def cut(data: bytes, chance: random.Random) -> bytes:
    """Cut the end off, as a broken transfer does."""
    return data[: chance.randrange(len(data) or 1)]


def flip(data: bytes, chance: random.Random) -> bytes:
    """Change some bits."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8)) if data else 0):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def scribble(data: bytes, chance: random.Random) -> bytes:
    """Write other bytes over some."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 2, 8)) if data else 0):
        out[chance.randrange(len(out))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
    return bytes(out)


def blank(data: bytes, chance: random.Random) -> bytes:
    """Lose a block to zeroes."""
    start, end = _block(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def swap(data: bytes, chance: random.Random) -> bytes:
    """Exchange two blocks."""
    (start, end), (other, _) = _block(data, chance), _block(data, chance)
    other = min(other, len(data) - (end - start))
    out = bytearray(data)
    out[start:end], out[other : other + end - start] = (
        data[other : other + end - start],
        data[start:end],
    )
    return bytes(out)


def repeat(data: bytes, chance: random.Random) -> bytes:
    """Write a block twice."""
    start, end = _block(data, chance)
    return data[:end] + data[start:end] + data[end:]


def remove(data: bytes, chance: random.Random) -> bytes:
    """Lose a block altogether."""
    start, end = _block(data, chance)
    return data[:start] + data[end:]


def insert(data: bytes, chance: random.Random) -> bytes:
    """Put in what does not belong there."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.randbytes(chance.choice((1, 16, 512))) + data[at:]


BYTES = (cut, flip, scribble, blank, swap, repeat, remove, insert)


def any_bytes(data: bytes, chance: random.Random) -> bytes:
    """Damage bytes in one of the ways above."""
    return chance.choice(BYTES)(data, chance)


def in_member(data: bytes, chance: random.Random) -> bytes:
    """Damage a member of a zip and make its checksum right again."""
    return _in_member(data, chance, any_bytes)


def _in_member(
    data: bytes, chance: random.Random, hit: Callable[[bytes, random.Random], bytes]
) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    likely = [name for name, part in parts if part and _PARTS.search(name)]
    chosen = chance.choice(likely or [name for name, _ in parts])
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(name, hit(part, chance) if name == chosen else part)
    return buffer.getvalue()


def _some(pattern: re.Pattern[bytes], data: bytes, chance: random.Random) -> list[re.Match[bytes]]:
    found = list(pattern.finditer(data))
    return chance.sample(found, min(len(found), chance.choice((1, 1, 3))))


def _replaced(data: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for start, end, new in sorted(changes, reverse=True):
        data = data[:start] + new + data[end:]
    return data


def _of_markup(data: bytes, chance: random.Random) -> bytes:
    how = chance.randrange(4)
    if how == 0:
        return _replaced(data, [(*m.span(), b"") for m in _some(_ATTRIBUTE, data, chance)])
    if how == 1:
        numbers = _some(_NUMBER, data, chance)
        return _replaced(data, [(*m.span(), chance.choice(_NUMBERS)) for m in numbers])
    if how == 2:
        return _without_element(data, chance)
    return _replaced(data, [(*m.span(), b"") for m in _some(_TAG, data, chance)])


def _without_element(data: bytes, chance: random.Random) -> bytes:
    """Drop one empty element, or the opening and closing tag around others."""
    tags = [tag for tag in _TAG.finditer(data) if not tag[0].startswith(b"</")]
    if not tags:
        return data
    tag = chance.choice(tags)
    if tag[0].endswith(b"/>"):
        return data[: tag.start()] + data[tag.end() :]
    name = re.match(rb"<([\w:]+)", tag[0])
    end = data.find(b"</" + (name[1] if name else b"") + b">", tag.end())
    if end < 0:
        return data
    close = data.index(b">", end) + 1
    return data[: tag.start()] + data[tag.end() : end] + data[close:]


def of_markup(data: bytes, chance: random.Random) -> bytes:
    """Drop tags and attributes, make numbers in attributes nonsense; texts stay."""
    if data.startswith(b"PK"):
        return _in_member(data, chance, _of_markup)
    return _of_markup(data, chance)


def of_chains(data: bytes, chance: random.Random) -> bytes:
    """Alter the sector chains, the directory or the header of an OLE file."""
    out = bytearray(data)
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    how = chance.randrange(3)
    if how == 0:
        at = chance.randrange(24, 512)
        out[at] = chance.randrange(256)
        return bytes(out)
    sector = struct.unpack_from("<I", data, 48 if how == 1 else 76)[0]
    at = (sector + 1) * size + chance.randrange(size // 4) * 4
    number = chance.choice((chance.randrange(len(data) // size + 2), 0xFFFFFFFE, 0xFFFFFFFF, 0))
    if at + 4 <= len(out):
        struct.pack_into("<I", out, at, number)
    return bytes(out)


def in_stream(data: bytes, chance: random.Random) -> bytes:
    """Damage a packed stream of a PDF and pack it again, or a number in its objects."""
    if chance.random() < 0.3:
        numbers = _some(_PDF_NUMBER, data, chance)
        return _replaced(data, [(*m.span(), chance.choice(_NUMBERS)) for m in numbers])
    streams = list(_STREAM.finditer(data))
    chosen = chance.choice(streams) if streams else None
    if chosen is None:
        return flip(data, chance)
    try:
        plain = zlib.decompress(chosen[1])
    except zlib.error:
        return _replaced(data, [(*chosen.span(1), any_bytes(chosen[1], chance))])
    return _replaced(data, [(*chosen.span(1), zlib.compress(any_bytes(plain, chance)))])


def of_words(data: bytes, chance: random.Random) -> bytes:
    """Drop or repeat control words of an RTF, or change their numbers."""
    words = _some(_RTF_WORD, data, chance)
    number = chance.choice(_NUMBERS[:-1])
    return _replaced(
        data,
        [
            (*m.span(), chance.choice((b"", m[0] * 2, m[0].rstrip(b"-0123456789") + number)))
            for m in words
        ],
    )


ZIPS = frozenset({"docx", "docm", "xlsx", "xlsm", "odt", "ods", "ofd", "zip"})
MARKUP = ZIPS - {"zip"} | {"doc-xml", "xls-xml", "html", "fodt", "fods"}
DAMAGES = (
    *(Damage(hit.__name__, hit) for hit in BYTES),
    Damage("member", in_member, ZIPS),
    Damage("markup", of_markup, MARKUP),
    Damage("chains", of_chains, frozenset({"doc", "xls", "msg"})),
    Damage("stream", in_stream, frozenset({"pdf"})),
    Damage("words", of_words, frozenset({"rtf"})),
)


ENCODINGS = ("utf-8", "gb18030", "utf-16-le")
NEAR = 4  # bytes beside a value's own: what is joined to a value makes another one
Values = dict[tuple[str, str], tuple[object, str]]


def values_of(documents: Iterable[Document], campaigns: tuple[Campaign, ...]) -> Values:
    """Return every found field of every form: (form, field) → value and raw text."""
    found: Values = {}
    for document in documents:
        for form in read_forms(document, campaigns):
            for answer in form.reading.fields:
                if answer.status is Status.FOUND:
                    found[form.form.id, answer.key] = (answer.value, answer.raw)
    return found


def hit(whole: bytes, copy: bytes, raw: str) -> bool:
    """Whether the copy lost one of the places where the whole file has this very text."""
    codes = (raw.encode(encoding, "replace") for encoding in ENCODINGS)
    return bool(raw) and any(
        whole[max(0, at - NEAR) : at + len(code) + NEAR] not in copy
        for code in codes
        for at in _places(whole, code)
    )


def _places(data: bytes, code: bytes) -> Iterator[int]:
    at = data.find(code)
    while at >= 0:
        yield at
        at = data.find(code, at + 1)
