"""How a stored string reads: struck runs left out, phonetic hints ignored, _x000D_ decoded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.formats.ooxml.xml import switch
from parsers.formats.sheet.stream import S, feed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.formats.ooxml.package import Package

_TEXT, _RUN, _STRIKE, _PHONETIC, _ITEM = S("t"), S("r"), S("strike"), S("rPh"), S("si")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class RichText:
    """One si or is element, fed tag by tag."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._in_text = self._phonetic = self._struck = False
        self.left_out = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag inside the string."""
        if tag == _TEXT:
            self._in_text = not self._phonetic
        elif tag == _RUN:
            self._struck = False
        elif tag == _STRIKE:
            self._struck = switch(attributes.get("val"))
        elif tag == _PHONETIC:
            self._phonetic = True

    def end(self, tag: str) -> None:
        """Take a closing tag inside the string."""
        if tag == _TEXT:
            self._in_text = False
        elif tag == _RUN:
            self._struck = False
        elif tag == _PHONETIC:
            self._phonetic = False

    def data(self, text: str) -> None:
        """Take a piece of text; struck text is only noted."""
        if self._in_text and self._struck:
            self.left_out = self.left_out or bool(text.strip())
        elif self._in_text:
            self._parts.append(text)

    def text(self) -> str:
        """Return what a person reads."""
        return unescaped("".join(self._parts))


def unescaped(text: str) -> str:
    """Decode ST_Xstring escapes (ISO 29500-1 §22.9.2.19); line ends become newlines."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: _character(int(found[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _character(code: int) -> str:
    return chr(code) if code in {9, 10, 13} or 0x20 <= code < 0xD800 or code >= 0xE000 else ""


class SharedStrings:
    """The workbook's strings by index, and which of them have struck text left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.struck: set[int] = set()
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
        if self._item.left_out:
            self.struck.add(len(self.texts))
        self.texts.append(self._item.text())
        self._item = None

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._item is not None:
            self._item.data(text)

    def close(self) -> None:
        """Take the end of the part."""

    def get(self, index: int) -> tuple[str, bool]:
        """Return a string and whether struck text was left out of it; "" for a wrong index."""
        if 0 <= index < len(self.texts):
            return self.texts[index], index in self.struck
        return "", False


def read_shared_strings(package: Package, part: str | None) -> SharedStrings:
    """Read sharedStrings.xml; a workbook may have none."""
    strings = SharedStrings()
    if part:
        feed(package.open(part), part, strings)
    return strings
