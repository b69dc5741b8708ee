"""What a cell's style index means for reading: its number format, and whether it is struck."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from parsers.formats.ooxml.packed import MOST, Packed
from parsers.formats.ooxml.xml import integer, switch
from parsers.formats.sheet.stream import S, feed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.formats.ooxml.package import Package

GENERAL = "General"
_MONTH, _DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_NOON, _NOON_SECONDS = '上午/下午h"时"mm"分"', '上午/下午h"时"mm"分"ss"秒"'
# ISO 29500-1 §18.8.30, with the zh-cn meanings of 14, 27-36 and 50-58
BUILT_IN: Mapping[int, str] = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: "¥#,##0;¥-#,##0",
    6: "¥#,##0;¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00",
    8: "¥#,##0.00;¥-#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: _MONTH,
    28: _DAY,
    29: _DAY,
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: _NOON,
    35: _NOON_SECONDS,
    36: _MONTH,
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: _MONTH,
    51: _DAY,
    52: _MONTH,
    53: _DAY,
    54: _DAY,
    55: _NOON,
    56: _NOON_SECONDS,
    57: _MONTH,
    58: _DAY,
}
_FONTS, _FONT, _STRIKE = S("fonts"), S("font"), S("strike")
_CELL_STYLES, _STYLE, _FORMAT = S("cellXfs"), S("xf"), S("numFmt")


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell is shown: its number format code, and whether its font is struck through."""

    code: str = GENERAL
    struck: bool = False


_PLAIN = CellStyle()


class Styles:
    """The workbook's cell styles by index, fed tag by tag: bloated files have 60,000."""

    def __init__(self) -> None:
        self._codes: dict[int, str] = {}
        self._struck: list[bool] = []
        self._styles: list[tuple[int, int]] = []
        self._known: dict[int, CellStyle] = {}
        self._inside = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an opening tag of styles.xml."""
        if tag in {_FONTS, _CELL_STYLES}:
            self._inside = tag
        elif tag == _FORMAT:
            code = attributes.get("formatCode", GENERAL)
            self._codes.setdefault(integer(attributes.get("numFmtId"), -1), code)
        elif tag == _FONT and self._inside == _FONTS:
            self._struck.append(False)
        elif tag == _STRIKE and self._inside == _FONTS and self._struck:
            self._struck[-1] = switch(attributes.get("val"))
        elif tag == _STYLE and self._inside == _CELL_STYLES:
            found = integer(attributes.get("numFmtId")), integer(attributes.get("fontId"))
            self._styles.append(found)

    def end(self, tag: str) -> None:
        """Take a closing tag of styles.xml."""
        if tag == self._inside:
            self._inside = ""

    def data(self, text: str) -> None:
        """Ignore text; styles have none."""

    def close(self) -> None:
        """Take the end of the part."""

    def get(self, index: int) -> CellStyle:
        """Return the style of a cell; the plain one for a wrong index."""
        if not 0 <= index < len(self._styles):
            return _PLAIN
        if index not in self._known:
            number, font = self._styles[index]
            code = self._codes.get(number) or BUILT_IN.get(number, GENERAL)
            struck = 0 <= font < len(self._struck) and self._struck[font]
            self._known[index] = CellStyle(code, struck)
        return self._known[index]


def read_styles(package: Package, part: str | None) -> Styles:
    """Read styles.xml; a workbook may have none, and those of a blank's copies are read once."""
    packed = package.packed(part)
    if packed is not None:
        return _kept_styles(packed)
    styles = Styles()
    if part:
        feed(package.open(part), part, styles)
    return styles


@lru_cache(maxsize=MOST)
def _kept_styles(packed: Packed) -> Styles:
    styles = Styles()
    feed(io.BytesIO(packed.read()), packed.name, styles)
    return styles
