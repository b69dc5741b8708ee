"""How the sheets we write look: styles by name, room for what they hold, what is printed."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

STYLES = (
    *("title", "header", "text", "number", "money", "exact", "date"),
    *("good", "warn", "bad", "muted"),
    *("heading", "entry", "key"),  # of a sheet that people fill in: its cells are text
)
_LINE_HEIGHT = 15  # points
_LARGE = 1_000_000  # smaller numbers fit every column
_MOST_LINES = 8
_WIDE = 0x2E7F  # from here on characters are Chinese and the like
_EDGE = Side(style="thin", color="BFBFBF")
_FILLS = {"header": "DDEBF7", "good": "E2EFDA", "warn": "FFF2CC", "bad": "F8CBAD"}
_FILLS |= {"heading": "1F5C99", "key": "F2F2F2"}
FORMATS = {"number": "#,##0", "money": "#,##0.00", "exact": "#,##0.######", "date": "yyyy-mm-dd"}
FORMATS |= dict.fromkeys(("heading", "entry", "key"), "@")  # 13900000001 stays as typed
_INKS = {"muted": "808080", "key": "808080", "heading": "FFFFFF"}
_BOLD = frozenset({"title", "header", "heading"})
_HEIGHTS = {"title": 27.0, "heading": 26.0}  # points; merged cells make no room for themselves
_CENTRED = frozenset({"title", "header", "date", "heading"})


def named_style(name: str) -> NamedStyle:
    """Return one of STYLES as openpyxl takes it."""
    fill = _FILLS.get(name)
    return NamedStyle(
        name=name,
        font=Font(
            name="宋体",
            size=16 if name == "title" else 11,
            bold=name in _BOLD,
            color=_INKS.get(name, "000000"),
        ),
        fill=PatternFill("solid", fgColor=fill) if fill else PatternFill(),
        border=Border() if name == "title" else Border(_EDGE, _EDGE, _EDGE, _EDGE),
        alignment=Alignment(
            horizontal="center" if name in _CENTRED else None,
            vertical="center",
            wrap_text=_wraps(name),
        ),
        number_format=FORMATS.get(name, "General"),
    )


def row_height(cells: Sequence[tuple[object, str]], widths: Sequence[float]) -> float | None:
    """Return the points a row needs where it is not one line: programs seldom make room.

    `cells` are values with their styles.
    """
    if cells and cells[0][1] in _HEIGHTS:
        return _HEIGHTS[cells[0][1]]
    if len(cells) == 1:  # a line over the whole table
        return None
    pairs = zip(cells, widths, strict=False)
    needed = (_lines(value, width) for (value, style), width in pairs if _wraps(style))
    lines = min(max(needed, default=1), _MOST_LINES)
    return lines * _LINE_HEIGHT if lines > 1 else None


def with_room(widths: Sequence[float], rows: Iterable[Sequence[tuple[object, str]]]) -> list[float]:
    """Return widths at which the numbers of `rows` (values with their styles) are shown.

    Of a number that is wider than its column programs show ### alone.
    """
    roomy = list(widths)
    for row in rows:
        for at, (value, style) in enumerate(row[: len(roomy)]):
            if isinstance(value, int | float | Decimal) and not -_LARGE < value < _LARGE:
                shown = f"{value:,.2f}" if style in {"money", "exact"} else f"{value:,.0f}"
                roomy[at] = max(roomy[at], len(shown) + 2.0)
    return roomy


def _lines(value: object, width: float) -> int:
    """Count the lines a text takes: a Chinese character is as wide as two digits."""
    if not isinstance(value, str) or 2 * len(value) < width:
        return 1
    room = max(width - 1, 1)
    return sum(max(1, math.ceil(_units(line) / room)) for line in value.split("\n"))


def _units(line: str) -> int:
    wide = 0 if line.isascii() else sum(map(_WIDE.__lt__, map(ord, line)))
    return len(line) + wide


def _wraps(style: str) -> bool:
    return style not in {"number", "money", "exact", "date"}


def set_up_print(worksheet: Worksheet, header_rows: int) -> None:
    """Print on A4 landscape, as wide as the page, the header on every page."""
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = 9
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = 0
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.print_options.horizontalCentered = True
    footer = worksheet.oddFooter
    if footer is not None and footer.center is not None:
        footer.center.text = "&P / &N"
    if header_rows:
        worksheet.print_title_rows = f"1:{header_rows}"
