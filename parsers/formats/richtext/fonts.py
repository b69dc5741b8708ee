"""Which characters bytes are: the code page of the file, of a font's charset, symbol fonts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.formats.word.symbols import FONTS

_GB = "gb18030"
# RTF 1.9.1, \fcharset
_BY_CHARSET = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: _GB, 136: "big5hkscs",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
_BY_PAGE = {936: _GB, 54936: _GB, 20936: _GB, 950: "big5hkscs", 65001: "utf-8", 10000: "mac_roman"}
_PAGES = frozenset([437, 850, 852, 855, *range(860, 867), 874, 932, 949, *range(1250, 1259), 1361])
_PAIRS = frozenset({_GB, "cp932", "cp949", "johab", "big5hkscs"})
_LOOKS_PAIRED = re.compile(rb"(?:[\x00-\x7f]|[\x81-\xfe][\x40-\xfe])*")
_SYMBOL = 2
_MAX_FONTS = 5_000


@dataclass(slots=True)
class Font:
    """One entry of the font table."""

    charset: int | None = None
    name: str = ""


@dataclass(slots=True)
class Fonts:
    """The file's fonts by number, its own code page and default fonts."""

    page: str = "cp1252"
    default: int = 0
    east_asian: int = -1
    by_number: dict[int, Font] = field(default_factory=dict)

    def set_page(self, number: int) -> None:
        r"""Take \\ansicpg."""
        if number in _BY_PAGE or number in _PAGES:
            self.page = _BY_PAGE.get(number, f"cp{number}")

    def entry(self, number: int) -> Font:
        """Return the entry of a font, a new one when it was not named yet."""
        if len(self.by_number) >= _MAX_FONTS:
            return self.by_number.get(number) or Font()
        return self.by_number.setdefault(number, Font())

    def name(self, number: int, text: str) -> None:
        """Add to a font's name; what follows the ; that ends it is not its."""
        font = self.entry(number)
        if ";" not in font.name:
            font.name = (font.name + text)[:200]

    def symbols(self, number: int) -> str:
        """Return the name of a symbol font as in FONTS, or ""."""
        font = self.by_number.get(number)
        name = font.name.partition(";")[0].strip().lower() if font else ""
        return name if name in FONTS else ""

    def decode(self, data: bytes, number: int, east_asian: int) -> str:
        """Decode characters set in a font, beside which `east_asian` is the Chinese one."""
        if data.isascii():
            return data.decode("ascii")
        if self._charset(number) == _SYMBOL:
            return "".join(chr(0xF000 + byte) if byte > 0x7F else chr(byte) for byte in data)
        codec = self._codec(number)
        other = self._codec(east_asian)
        if codec not in _PAIRS and other in _PAIRS and _LOOKS_PAIRED.fullmatch(data):
            codec = other
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            latin = codec in _PAIRS and self._charset(number) in {None, 0}
            return data.decode("cp1252" if latin else codec, "replace")

    def _charset(self, number: int) -> int | None:
        font = self.by_number.get(number)
        return font.charset if font else None

    def _codec(self, number: int) -> str:
        return _BY_CHARSET.get(self._charset(number) or 0, self.page)
