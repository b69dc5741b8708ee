"""A page as Excel 2003's XML workbook, as Excel writes it (and web systems that imitate it)."""

# ruff: noqa: E501 - parts of files stand here as programs write them

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.draw.clerks.page import Line, Tab, bare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.draw.clerks.page import Cel, Page

_HEAD = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">\n'
    '<Styles><Style ss:ID="Default" ss:Name="Normal"/><Style ss:ID="s62"><Alignment ss:Horizontal="Center" ss:WrapText="1"/></Style></Styles>\n'
)


def workbook(pages: Sequence[Page], *, numbers: bool = True) -> bytes:
    """Write one worksheet a page."""
    sheets = "".join(_sheet(page, numbers=numbers) for page in pages)
    return f"{_HEAD}{sheets}</Workbook>\n".encode()


def _sheet(page: Page, *, numbers: bool) -> str:
    width = max((b.width for b in page.blocks if isinstance(b, Tab)), default=1)
    rows: list[str] = []
    for block in page.blocks:
        if isinstance(block, Line):
            rows.append(_row([_cell(1, bare(block.text), across=width - 1)]))
        elif isinstance(block, Tab):
            rows += _table(block, numbers=numbers)
    return f'<Worksheet ss:Name="{page.sheet}"><Table>{"".join(rows)}</Table></Worksheet>\n'


def _row(cells: list[str], *, hidden: bool = False) -> str:
    mark = ' ss:Hidden="1"' if hidden else ""
    return f"<Row{mark}>{''.join(cells)}</Row>\n"


def _table(table: Tab, *, numbers: bool) -> list[str]:
    rows: list[list[str]] = [[] for _ in table.rows]
    for r, c, cell in table.placed():
        rows[r].append(_stored(c + 1, cell, numbers=numbers))
    return [_row(cells, hidden=n in table.hidden) for n, cells in enumerate(rows)]


def _stored(column: int, cell: Cel, *, numbers: bool) -> str:
    text = bare(cell.text)
    number = numbers and re.fullmatch(r"[1-9][0-9]{0,9}|0|[0-9]{1,9}\.[0-9]{1,4}", text) is not None
    kind = "Number" if number else "String"
    if isinstance(cell.value, datetime):
        kind, text = "DateTime", cell.value.strftime("%Y-%m-%dT00:00:00.000")
    return _cell(column, text, cell.cols - 1, cell.rows - 1, kind)


def _cell(column: int, text: str, across: int = 0, down: int = 0, kind: str = "String") -> str:
    spans = (f' ss:MergeAcross="{across}"' if across else "") + (
        f' ss:MergeDown="{down}"' if down else ""
    )
    data = f'<Data ss:Type="{kind}">{escape(text).replace(chr(10), "&#10;")}</Data>' if text else ""
    return f'<Cell ss:Index="{column}" ss:StyleID="s62"{spans}>{data}</Cell>'
