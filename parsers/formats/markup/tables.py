"""How a table of HTML lies on its grid: each cell takes the first free column of its row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from parsers.formats.markup.css import Css
from parsers.formats.markup.values import read_value
from parsers.formats.markup.walk import collapsed, walk
from parsers.formats.page.blocks import nested_text
from parsers.formats.page.frames import is_frame
from parsers.formats.page.lattice import Box, Lattice
from parsers.formats.page.looks import Look, Pen

if TYPE_CHECKING:
    from parsers.formats.markup.css import Rule

MAX_SPAN = 1_000
_CELLS = ("td", "th")


@dataclass(slots=True)
class CellText:
    """The text of one cell, line by line."""

    css: Css
    data: frozenset[etree._Element]
    pen: Pen = field(default_factory=Pen)
    flags: set[str] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)

    def text(self, text: str, look: Look, *, verbatim: bool = False) -> None:
        """Take text; white space at the beginning of a line is not shown."""
        if not verbatim:
            text = collapsed(text)
            before = self.pen.parts[-1] if self.pen.parts else ""
            if text[:1] == " " and (not before or before.endswith(" ")):
                text = text.removeprefix(" ")
        self.pen.put(text, look)

    def block(self) -> None:
        """Begin a new line unless this one is empty."""
        if self.pen.text.strip():
            self.line_break()

    def line_break(self) -> None:
        """End the line."""
        self.lines.append(self.pen.text.rstrip(" "))
        self.flags |= self.pen.flags
        self.pen = Pen()

    def table(self, element: etree._Element) -> None:
        """Add a nested table as 甲|乙, a line per row."""
        boxes = read_table(element, self.css, self.data)
        self.lines.append(nested_text(boxes))
        self.flags.update({"nested-table"}, *(box.flags for box in boxes))

    def note(self, flag: str) -> None:
        """Keep a flag."""
        self.flags.add(flag)

    def finished(self) -> str:
        """Return the text without the empty lines around it."""
        self.line_break()
        return "\n".join(self.lines).strip()


def data_tables(root: etree._Element) -> frozenset[etree._Element]:
    """Return the tables that hold data, not the layout of a page."""
    return frozenset(table for table in root.iter("table") if _is_data(table))


def _is_data(table: etree._Element) -> bool:
    inner = sum(1 for _ in table.iterdescendants("table"))
    rows = enumerate(own_rows(table) if inner else ())
    texts = (n for n, row in rows for cell in row.iterchildren(*_CELLS) if _says(cell))
    return not is_frame(texts, inner)


def _says(cell: etree._Element) -> bool:
    """Tell whether a cell holds text and no table."""
    if next(cell.iterdescendants("table"), None) is not None:
        return False
    return any(text.strip() for text in cell.itertext())


def own_rows(table: etree._Element) -> list[etree._Element]:
    """Return the rows of a table without those of tables inside it."""
    groups = [child for child in table if child.tag in {"tr", "thead", "tbody", "tfoot"}]
    rows: list[etree._Element] = []
    for group in groups:
        rows += [group] if group.tag == "tr" else [row for row in group if row.tag == "tr"]
    return rows


def read_table(table: etree._Element, css: Css, data: frozenset[etree._Element]) -> list[Box]:
    """Read a table of data."""
    rows = own_rows(table)
    hidden = _hidden_columns(table, css)
    lattice = Lattice()
    for index, row in enumerate(rows):
        rule = css.rule(row)
        lattice.next_row()
        flags = frozenset({"hidden-row"}) if _is_hidden(row, css) else frozenset[str]()
        for cell in row.iterchildren(*_CELLS):
            for box in _placed(cell, css.rule(cell), lattice, len(rows) - index):
                _fill(box, cell, css, data)
                box.flags |= flags
                if box.column in hidden:
                    box.flags |= {"hidden-column"}
        lattice.skip_rows(rule.rows - 1)
    return lattice.finish()


def _is_hidden(row: etree._Element, css: Css) -> bool:
    group = row.getparent()
    inside = group is not None and group.tag != "table" and css.rule(group).hidden
    return inside or css.rule(row).hidden or row.get("hidden") is not None


def _placed(cell: etree._Element, rule: Rule, lattice: Lattice, rows_left: int) -> list[Box]:
    """Place a cell; Excel writes neighbouring empty cells as one whose span is to be ignored."""
    if rule.hidden or cell.get("hidden") is not None:
        return []
    width = span(cell, "colspan")
    height = span(cell, "rowspan") if cell.get("rowspan") != "0" else rows_left
    height = min(height, rows_left)
    if rule.ignored_span:
        return [lattice.place(lattice.free_column()) for _ in range(width)]
    return [lattice.place(lattice.free_column(), width, height)]


def span(cell: etree._Element, name: str) -> int:
    """Return a span as a browser takes it."""
    match = re.match(r"\s*(\d{1,6})", cell.get(name) or "")
    return max(1, min(MAX_SPAN, int(match[1]))) if match else 1


def _fill(box: Box, cell: etree._Element, css: Css, data: frozenset[etree._Element]) -> None:
    inside = CellText(css, data)
    walk(cell, css, inside, data)
    text = inside.finished()
    value = read_value(cell, text, css.rule(cell).code)
    box.text, box.number, box.moment, box.formula = (
        value.text, value.number, value.moment, value.formula,
    )  # fmt: skip
    box.flags = frozenset(inside.flags) | value.flags


def _hidden_columns(table: etree._Element, css: Css) -> frozenset[int]:
    hidden: set[int] = set()
    column = 1
    for element in table.iter("col", "colgroup"):
        if element.tag == "colgroup" and next(element.iterchildren("col"), None) is not None:
            continue
        width = span(element, "span")
        if css.rule(element).hidden and next(element.iterancestors("table"), None) is table:
            hidden.update(range(column, column + width))
        column += width
    return frozenset(hidden)
