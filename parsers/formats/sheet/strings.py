"""How a stored string reads: struck runs left out, small ones small, phonetic hints ignored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.formats.ooxml.xml import switch
from parsers.formats.page import looks
from parsers.formats.sheet.stream import S, feed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.formats.ooxml.package import Package

_TEXT, _RUN, _STRIKE, _PHONETIC, _ITEM = S("t"), S("r"), S("strike"), S("rPh"), S("si")
_LEVEL = S("vertAlign")
STRUCK, RAISED, LOWERED = "struck-left-out", "superscript", "subscript"
_SMALL = {RAISED: looks.SMALL[looks.RAISED], LOWERED: looks.SMALL[looks.LOWERED]}
_NONE: frozenset[str] = frozenset()
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Runs:
    """A cell's text, written run by run: struck ones are left out, small ones stay small."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.flags = _NONE

    def put(self, text: str, worn: str = "") -> None:
        """Add a run; `worn` is STRUCK, RAISED, LOWERED or "". 1200¹ is not 12001."""
        if worn == STRUCK:
            self.flags |= {STRUCK} if text.strip() else _NONE
        elif worn and self._parts and self._parts[-1][-1].isalnum():
            self.flags |= {RAISED}
            self._parts.append(text.translate(_SMALL[worn]))
        elif text:
            self._parts.append(text)

    def text(self) -> str:
        """Return what a person reads."""
        return "".join(self._parts)


class RichText:
    """One si or is element, fed tag by tag."""

    def __init__(self) -> None:
        self._runs = Runs()
        self._in_text = self._phonetic = False
        self._struck, self._level = "", ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag inside the string."""
        if tag == _TEXT:
            self._in_text = not self._phonetic
        elif tag == _RUN:
            self._struck = self._level = ""
        elif tag == _STRIKE:
            self._struck = STRUCK if switch(attributes.get("val")) else ""
        elif tag == _LEVEL:
            level = attributes.get("val", "")
            self._level = level if level in _SMALL else ""
        elif tag == _PHONETIC:
            self._phonetic = True

    def end(self, tag: str) -> None:
        """Take a closing tag inside the string."""
        if tag == _TEXT:
            self._in_text = False
        elif tag == _RUN:
            self._struck = self._level = ""
        elif tag == _PHONETIC:
            self._phonetic = False

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._in_text:
            self._runs.put(text, self._struck or self._level)

    @property
    def flags(self) -> frozenset[str]:
        """What is to be known of the text."""
        return self._runs.flags

    def text(self) -> str:
        """Return what a person reads."""
        return unescaped(self._runs.text())


def unescaped(text: str) -> str:
    """Decode ST_Xstring escapes (ISO 29500-1 §22.9.2.19); line ends become newlines."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: _character(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(code: int) -> str:
    return chr(code) if code in {9, 10, 13} or 0x20 <= code < 0xD800 or code >= 0xE000 else ""


class SharedStrings:
    """The workbook's strings by index, and the flags of those that have any."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.flags: dict[int, frozenset[str]] = {}
        self._item: RichText | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag of sharedStrings."""
        if tag == _ITEM:
            self._item = RichText()
        elif self._item is not None:
            self._item.start(tag, attributes)

    def end(self, tag: str) -> None:
        """Take a closing tag of sharedStrings."""
        if self._item is None:
            return
        if tag != _ITEM:
            self._item.end(tag)
            return
        if self._item.flags:
            self.flags[len(self.texts)] = self._item.flags
        self.texts.append(self._item.text())
        self._item = None

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._item is not None:
            self._item.data(text)

    def close(self) -> None:
        """Take the end of the part."""

    def get(self, index: int) -> tuple[str, frozenset[str]]:
        """Return a string and its flags; "" for a wrong index."""
        if 0 <= index < len(self.texts):
            return self.texts[index], self.flags.get(index, _NONE)
        return "", _NONE


def read_shared_strings(package: Package, part: str | None) -> SharedStrings:
    """Read sharedStrings.xml; a workbook may have none."""
    strings = SharedStrings()
    if part:
        feed(package.open(part), part, strings)
    return strings
