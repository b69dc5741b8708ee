"""A page as plain text: CSV as spreadsheets export it, lines as people type them into a mail."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tests.draw.clerks.page import Line, Tab, bare

if TYPE_CHECKING:
    from tests.draw.clerks.page import Page


def grid(page: Page) -> list[list[str]]:
    """Return the page as rows of texts, a merged cell's text in its first place."""
    width = max((b.width for b in page.blocks if isinstance(b, Tab)), default=1)
    rows: list[list[str]] = []
    for block in page.blocks:
        if isinstance(block, Line):
            rows.append([bare(block.text)] + [""] * (width - 1))
        elif isinstance(block, Tab):
            drawn = [[""] * width for _ in block.rows]
            for r, c, cell in block.placed():
                drawn[r][c] = bare(cell.text)
            rows += drawn
    return rows


def table(page: Page, *, charset: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    """Write CSV as Excel (GB18030) and WPS or programs (UTF-8) do."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(grid(page))
    return out.getvalue().encode(charset)


def typed(page: Page, *, between: str = "：") -> str:
    """Type a page of two columns as lines: 标签：值."""
    lines = []
    for row in grid(page):
        parts = [" ".join(part.split("\n")).strip() for part in row if part.strip()]
        lines.append(
            between.join(p.rstrip("：:") for p in parts[:2]) + "".join(f" {p}" for p in parts[2:])
        )
    return "\n".join(lines)
