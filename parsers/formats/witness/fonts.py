"""What the codes of a PDF's fonts stand for by the fonts' own word, never by a guess."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, dict_value, list_value, resolve1
from pdfminer.psparser import PSLiteral

from parsers.formats.witness.to_unicode import CodeMap, Torn, read_map

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

LOST = "\ufffd"  # the font should say what a code stands for, and does not
_SYMBOLS = re.compile(r"wingdings|webdings|symbol|dingbat", re.IGNORECASE)
_NONSYMBOLIC = 1 << 5
_ALL = range(1 << 16)
_NONE = range(0)
_CHARSETS = {"Uni": "utf-16-be", "GB": "gb18030"}  # of ready-made maps (ISO 32000-1 §9.7.5.2)


class Unheard(Exception):  # noqa: N818 - no fault: something this reader does not know
    """A font whose strings cannot be taken apart."""


class Font(PDFFont):
    """A font as pdfminer measures it, with what its codes stand for."""

    def __init__(self, plain: PDFFont, mapped: CodeMap | None, encoded: Container[int]) -> None:
        self._plain, self._mapped, self._encoded = plain, mapped, encoded

    def is_vertical(self) -> bool:
        """Whether it is set from the top down."""
        return self._plain.is_vertical()

    def is_multibyte(self) -> bool:
        """Whether its codes have several bytes."""
        return self._plain.is_multibyte()

    def decode(self, bytes: bytes) -> Iterable[int]:  # noqa: A002 - pdfminer's name
        """Return the codes of a string."""
        return self._plain.decode(bytes)

    def char_width(self, cid: int) -> float:
        """Return how far a code moves the pen, at size 1."""
        return self._plain.char_width(cid)

    def char_disp(self, cid: int) -> Any:
        """Return where a code stands that is set from the top down."""
        return self._plain.char_disp(cid)

    def text(self, code: int) -> str | None:
        """Return what a code stands for; LOST, or None of a font that does not say."""
        text = self._mapped.text(code) if self._mapped else None
        if text is None and code in self._encoded:
            text = self._by_encoding(code)
        return LOST if text is None and self._mapped else text

    def _by_encoding(self, code: int) -> str | None:
        try:
            return self._plain.to_unichr(code)
        except PDFUnicodeNotDefined:
            return None


class CharsetFont(Font):
    """A font whose codes are text in a charset, as those that come with a reader are."""

    charset = ""

    def decode(self, bytes: bytes) -> Iterator[int]:  # noqa: A002 - pdfminer's name
        """Yield codes of two bytes; of GB also of one."""
        at = 0
        while at < len(bytes):
            size = 1 if self.charset == "gb18030" and bytes[at] < 0x81 else 2
            yield int.from_bytes(bytes[at : at + size])
            at += size

    def char_width(self, cid: int) -> float:
        """Return how far a code moves the pen, at size 1."""
        return self._plain.char_width(next(iter(self._plain.decode(self._bytes(cid))), 0))

    def _by_encoding(self, code: int) -> str | None:
        return self._bytes(code).decode(self.charset, "replace")

    def _bytes(self, code: int) -> bytes:
        return code.to_bytes(1 if code < 0x81 and self.charset == "gb18030" else 2)


class Fonts(PDFResourceManager):
    """The fonts of one file."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """Return a font; Unheard when its strings cannot be taken apart."""
        font = self._cached_fonts.get(objid) if objid else None
        if font is None:
            read = self._composite if _name(spec.get("Subtype")) == "Type0" else self._simple
            font = read(spec)
            if objid:
                self._cached_fonts[objid] = font
        return font

    def _composite(self, spec: Mapping[str, object]) -> Font:
        encoding = _name(spec.get("Encoding"))
        inner = dict(dict_value(list_value(spec["DescendantFonts"])[0]))
        inner |= {"Encoding": PSLiteral(encoding), "FontDescriptor": _measures(inner)}
        inner.pop("ToUnicode", None)
        plain, mapped = super().get_font(None, inner), _map(spec)
        if encoding.startswith("Identity"):
            return Font(plain, mapped, _ALL)
        charset = next((c for key, c in _CHARSETS.items() if encoding.startswith(key)), None)
        if charset is None or "UTF8" in encoding or "UTF32" in encoding:
            raise Unheard
        font = CharsetFont(plain, mapped, _ALL)
        font.charset = charset
        return font

    def _simple(self, spec: Mapping[str, object]) -> Font:
        bare = {key: value for key, value in spec.items() if key != "ToUnicode"}
        built_in = _has_built_in(spec)
        if not built_in:
            bare["FontDescriptor"] = _measures(spec)
        plain = super().get_font(None, bare)
        return Font(plain, _map(spec), _ALL if built_in else _encoded(spec))


def _name(value: object) -> str:
    found = resolve1(value)
    return str(found.name) if isinstance(found, PSLiteral) else ""


def _descriptor(spec: Mapping[str, object]) -> dict[str, object]:
    found = resolve1(spec.get("FontDescriptor"))
    return found if isinstance(found, dict) else {}


def _measures(spec: Mapping[str, object]) -> dict[str, object]:
    """Return a font's descriptor without its program, which is large and not asked."""
    return {k: v for k, v in _descriptor(spec).items() if not k.startswith("FontFile")}


def _map(spec: Mapping[str, object]) -> CodeMap | None:
    """Return a font's map; an empty one where it is lost, None where there never was one."""
    if "ToUnicode" not in spec or _name(spec["ToUnicode"]):
        return None
    stream = resolve1(spec["ToUnicode"])
    try:
        return read_map(stream.get_data()) if isinstance(stream, PDFStream) else CodeMap()
    except Torn:
        return CodeMap()


def _has_built_in(spec: Mapping[str, object]) -> bool:
    """Whether a Type 1 program says itself what its codes are."""
    return "Encoding" not in spec and "FontFile" in _descriptor(spec)


def _encoded(spec: Mapping[str, object]) -> Container[int]:
    """Return the codes whose encoding the file states (ISO 32000-1 §9.6.6)."""
    if _SYMBOLS.search(_name(spec.get("BaseFont"))):
        return _NONE
    encoding, descriptor = resolve1(spec.get("Encoding")), _descriptor(spec)
    flags = resolve1(descriptor.get("Flags"))
    plain = isinstance(flags, int) and bool(flags & _NONSYMBOLIC)
    if isinstance(encoding, dict) and not plain and "BaseEncoding" not in encoding:
        return _differing(list_value(encoding.get("Differences", [])))
    return _ALL if encoding is not None or plain or not descriptor else _NONE


def _differing(entries: Iterable[object]) -> set[int]:
    codes, code = set[int](), 0
    for entry in entries:
        if isinstance(entry, int):
            code = entry
        else:
            codes.add(code)
            code += 1
    return codes
