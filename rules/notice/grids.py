"""How tables survive in plain text: cells between tabs, a tab before each cell, bars, columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.document import Block, Cell, Document, Paragraph, Place, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

Rows = list[list[str]]

_BARS = str.maketrans("│┃┆┊｜", "|||||")
_RULE = re.compile(r"[\s|+\-=:─━┌┐└┘├┤┬┴┼╌┈]*")
_HEADINGS = re.compile(
    r"(?:序号\s+)?(?:内\s*容|项\s*目|指\s*标|统计(?:内容|项目|指标)|名\s*称|类\s*别|活动内容|指标名称)"
    r"\s{2,}.*(?:数\s*量|数\s*值|数\s*据|人\s*数|金\s*额|填报数|完成数|备\s*注)"
)
_NO_ROW = re.compile(r"[。；;!?！？]|^(?:注|备注|附件|说明|填表)\s*\d*\s*[:：]|^附件")
# what columns are headed by, as far as their last word tells
_HEADING_WORD = re.compile(
    r"^(?:序号|姓名|性别|民族|年龄|学历|职务|职称|单位|电话|手机|手机号码?|联系电话|联系方式|邮箱|备注|合计"
    r"|日期|时间|地点|地址|类别|数量|人数|金额|名称|内容|项目|指标|说明|身份证号|是否住宿)$"
    r"|(?:名称|姓名|单位|人数|数量|次数|金额|时间|日期|地点|电话|号码|情况|类别|备注)$|\((?:[人个元场次件份亩只台]|万元|人次)\)$|^其中"
)
LEAST_HEADINGS, LONGEST_HEADING = 3, 12
LONGEST_ROW = 40


@dataclass(frozen=True, slots=True)
class _Found:
    """A table of rows in the lines first..after-1."""

    rows: Rows
    after: int


def read_grids(text: str) -> Document:
    """Return a text as paragraphs and the tables that can be told from it."""
    lines = [line.rstrip("\r") for line in text.split("\n")]
    blocks: list[Block] = []
    position = paragraphs = tables = 0
    while position < len(lines):
        found = _table_at(lines, position)
        if found is not None:
            tables += 1
            blocks.append(_table(found.rows, tables))
            position = found.after
            continue
        if lines[position].strip():
            paragraphs += 1
            blocks.append(Paragraph(lines[position].strip(), Place(paragraph=paragraphs)))
        position += 1
    return Document("text", tuple(blocks))


def _table_at(lines: Sequence[str], position: int) -> _Found | None:
    for reader in (_by_leading_tabs, _by_tabs, _by_bars, _by_columns):
        found = reader(lines, position)
        if found is None or max(map(len, found.rows)) < 2:
            continue
        if len(found.rows) == 1 and _heads_a_list(found.rows[0]):
            found.rows.append([""] * len(found.rows[0]))  # its empty rows left no trace
        if len(found.rows) >= 2:
            return found
    return None


def _heads_a_list(row: list[str]) -> bool:
    return len(row) >= 3 and all(0 < len(cell) <= 10 for cell in row)


def _by_leading_tabs(lines: Sequence[str], position: int) -> _Found | None:
    """Read one cell a line, each after a tab, rows parted by empty lines."""
    rows: Rows = []
    row: list[str] = []
    number = position
    while number < len(lines):
        line = lines[number]
        if line.startswith("\t") and "\t" in line[1:].strip():
            return None  # several cells a line
        if line.startswith("\t"):
            row.append(line[1:].strip())
        elif line.strip() and row:
            row[-1] += "\n" + line.strip()
        elif not line.strip() and row:
            rows.append(row)
            row = []
        elif line.strip():
            break
        elif not rows:
            return None
        number += 1
    if row:
        rows.append(row)
    return _Found(rows, number) if rows and number > position else None


def _by_tabs(lines: Sequence[str], position: int) -> _Found | None:
    """Read one row a line, cells parted by tabs; a cell may go on in brackets."""
    rows: Rows = []
    number = position
    while number < len(lines):
        line = lines[number]
        if "\t" in line.lstrip() and line.strip():
            rows.append([cell.strip() for cell in line.split("\t")])
        elif rows and line.strip() and _is_open(rows[-1]):
            _go_on(rows[-1], line)
        elif line.strip() or not rows or not _more_tabs(lines, number):
            break
        number += 1
    return _Found(_same_start(rows), number) if rows else None


def _more_tabs(lines: Sequence[str], number: int) -> bool:
    following = next((line for line in lines[number:] if line.strip()), "")
    return "\t" in following.lstrip()


def _is_open(row: list[str]) -> bool:
    text = "".join(row)
    return text.count("(") + text.count("（") > text.count(")") + text.count("）")


def _go_on(row: list[str], line: str) -> None:
    last = max((n for n, cell in enumerate(row) if cell), default=0)
    first, *more = line.split("\t")
    row[last] += "\n" + first.strip()
    row.extend(cell.strip() for cell in more)


def _same_start(rows: Rows) -> Rows:
    """Drop a first column that is empty in every row."""
    while rows and all(len(row) > 1 and not row[0] for row in rows):
        rows = [row[1:] for row in rows]
    return rows


def _by_bars(lines: Sequence[str], position: int) -> _Found | None:
    rows: Rows = []
    number = position
    while number < len(lines):
        line = lines[number].translate(_BARS).strip()
        if line.count("|") >= 2:
            if not _RULE.fullmatch(line):
                rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif not (line and _RULE.fullmatch(line) and len(line) > 2):
            break
        number += 1
    return _Found(rows, number) if rows else None


def _by_columns(lines: Sequence[str], position: int) -> _Found | None:
    """Read labels under headings that stand far apart; empty cells left no trace."""
    head = re.split(r"\s{2,}|\t", lines[position].strip())
    rows: Rows = [["".join(cell.split()) for cell in head]]
    if not (_HEADINGS.match(lines[position].strip()) or _are_headings(rows[0])):
        return None
    number = position + 1
    while number < len(lines):
        line = lines[number].strip()
        if line and (_NO_ROW.search(line) or len(line) > LONGEST_ROW):
            break
        if line:
            rows.append(_column_row(line, rows[0]))
        number += 1
    if len(rows) == 1:
        rows.append([""] * len(rows[0]))  # its empty rows left no trace
    return _Found(rows, number)


def _are_headings(cells: list[str]) -> bool:
    """Say whether words that stand far apart are a list's headings: 姓名 性别 职务."""
    if len(cells) < LEAST_HEADINGS or not all(0 < len(cell) <= LONGEST_HEADING for cell in cells):
        return False
    return sum(_HEADING_WORD.search(cell) is not None for cell in cells) * 2 >= len(cells)


def _column_row(line: str, head: list[str]) -> list[str]:
    cells = re.split(r"\s{2,}|\t", line)
    serial = [cells.pop(0)] if head[0] == "序号" and re.fullmatch(r"\d+[.、]?", cells[0]) else []
    if not cells:
        return [*serial, *[""] * (len(head) - len(serial))]
    row = [*serial, cells[0], *[""] * (len(head) - len(serial) - 1)]
    if len(cells) > 1 and len(row) > 1:
        row[-1] = " ".join(cells[1:])
    return row


def _table(rows: Rows, number: int) -> Table:
    width = max(map(len, rows))
    if _heads_a_list(rows[0]) and len(rows[0]) == width:
        rows = [_padded(row, width) for row in rows]
    cells: dict[tuple[int, int], Cell] = {}
    above: tuple[int, int] | None = None  # the last cell of the first column with a text
    for at, row in enumerate(rows, start=1):
        goes_on = above if _goes_on(row, width) else None
        for column, text in enumerate(row, start=1):
            if column == 1 and goes_on is not None:
                cells[goes_on] = _taller(cells[goes_on], at)
                continue
            span = width - len(row) + 1 if column == len(row) else 1
            place = Place(table=number, row=at, column=column)
            cells[at, column] = Cell(at, column, text, place, 1, span)
        above = (at, 1) if row[0] else above
    return Table(number, tuple(cells[key] for key in sorted(cells)))


def _padded(row: list[str], width: int) -> list[str]:
    """Give a row of a list its empty cells back; a long last text lies over them instead."""
    return row if len(row[-1]) > LONGEST_HEADING else [*row, *[""] * (width - len(row))]


def _goes_on(row: list[str], width: int) -> bool:
    """Say whether a row's empty first cell continues the one over it."""
    return width >= 3 and len(row) >= 3 and not row[0] and bool(row[1])


def _taller(cell: Cell, row: int) -> Cell:
    return Cell(cell.row, cell.column, cell.text, cell.place, row - cell.row + 1, cell.column_span)
