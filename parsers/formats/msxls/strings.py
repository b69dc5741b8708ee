"""How strings are stored: one or two bytes a character, in pieces, with struck or raised runs."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from parsers.formats.sheet.strings import Runs, SharedStrings
from parsers.unreadable import Unreadable

MAX_STRINGS = 500_000
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08
# the ways Windows and Excel for the Macintosh number code pages ([MS-XLS] §2.4.52)
_CODE_PAGES = {1200: "utf-16-le", 32768: "mac-roman", 10000: "mac-roman", 32769: "cp1252"}
_NOT_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Worn = Callable[[int], str]  # what a font's number means for Runs


@dataclass(frozen=True, slots=True)
class Text:
    """A string as seen, and what is to be known of it."""

    text: str
    flags: frozenset[str] = frozenset()


class Segments:
    """A record and its continuations, read on from one into the next."""

    def __init__(self, parts: Sequence[bytes]) -> None:
        self._parts = parts
        self._part = self._at = 0

    def take(self, size: int) -> bytes:
        """Return `size` bytes; struct.error when there are fewer."""
        taken = b""
        while len(taken) < size:
            self._step()
            piece = self._parts[self._part][self._at : self._at + size - len(taken)]
            self._at += len(piece)
            taken += piece
        return taken

    def _step(self) -> None:
        while self._at >= len(self._parts[self._part]):
            self._part, self._at = self._part + 1, 0
            if self._part >= len(self._parts):
                raise struct.error("a string is cut off")

    def characters(self, count: int, *, wide: bool) -> str:
        """Return `count` characters; each continuation says anew how wide they are."""
        found: list[str] = []
        while count:
            if self._at >= len(self._parts[self._part]):
                self._step()
                wide = bool(self.take(1)[0] & _WIDE)
            room = len(self._parts[self._part]) - self._at
            here = min(count, max(room // (2 if wide else 1), 1))
            raw = self.take(here * (2 if wide else 1))
            found.append(raw.decode("utf-16-le" if wide else "latin-1", "surrogatepass"))
            count -= here
        return "".join(found)

    def string(self, worn: Worn, head: str = "<H") -> Text:
        """Read a length, flags, the characters, and the runs that say how they look."""
        count = struct.unpack(head, self.take(struct.calcsize(head)))[0]
        flags = self.take(1)[0]
        runs = struct.unpack("<H", self.take(2))[0] if flags & _RICH else 0
        extra = struct.unpack("<I", self.take(4))[0] if flags & _EXTENDED else 0
        text = self.characters(count, wide=bool(flags & _WIDE))
        looks = struct.unpack(f"<{2 * runs}H", self.take(4 * runs))
        self.take(extra)
        return dressed(text, looks, worn)


def dressed(text: str, looks: Sequence[int], worn: Worn) -> Text:
    """Leave out runs in a struck font, raise raised ones; `looks` are pairs of start and font.

    What stands before the first run is in the cell's own font.
    """
    starts, fonts = looks[::2], looks[1::2]
    bounds = (*starts, len(text))
    runs = Runs()
    runs.put(text[: bounds[0]])
    for start, end, font in zip(starts, bounds[1:], fonts, strict=True):
        runs.put(text[start:end], worn(font))
    return Text(plain(runs.text()), runs.flags)


def read_shared(parts: Sequence[bytes], worn: Worn) -> SharedStrings:
    """Read an SST record with its continuations."""
    segments = Segments(parts)
    _, count = struct.unpack("<2I", segments.take(8))
    strings = SharedStrings()
    if count > MAX_STRINGS:
        raise Unreadable("too-large", f"over {MAX_STRINGS} strings")
    for _ in range(count):
        found = segments.string(worn)
        if found.flags:
            strings.flags[len(strings.texts)] = found.flags
        strings.texts.append(found.text)
    return strings


def plain(text: str) -> str:
    """Join halves of characters, drop controls; line ends become newlines."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _NOT_SHOWN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def codec(page: int) -> str:
    """Return the Python codec of a BIFF5 code page; Chinese where it says nothing usable."""
    if page in {936, 950, 932, 949, 1250, 1251, 1252, 1253, 1254, 1257}:
        return "gb18030" if page == 936 else f"cp{page}"
    return _CODE_PAGES.get(page, "gb18030")
