"""Which column of a roster's sheet is which: known by its heading, wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.document import Cell, Table
from rules.labels import squeeze

if TYPE_CHECKING:
    from parsers.document import Document

# heading → other ways to write it; the order is the shipped roster's
HEADINGS: dict[str, tuple[str, ...]] = {
    "编号": ("代号", "单位编号", "id"),
    "单位": ("单位名称", "单位全称", "名称"),
    "简称/别名": ("简称", "别名", "其他名称"),
    "上级": ("上级单位", "上级部门"),
    "类别": ("类型", "单位类别"),
    "联系人": ("姓名", "联络人"),
    "邮箱": ("电子邮箱", "邮箱地址", "电子邮件", "email"),
    "手机": ("电话", "联系电话", "手机号", "手机号码"),
    "应报材料": ("应报",),
    "免报": ("免报材料",),
    "展期至": ("展期", "延期至", "延期"),
    "备注": ("说明",),
}
NEEDED = ("编号", "单位")
_HEADING_ROWS = 20  # a title and notes may stand above the headings


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings: known heading → its grid column, and cells that are not known."""

    table: Table
    row: int
    columns: dict[str, int]
    unknown: tuple[Cell, ...]
    repeated: tuple[Cell, ...]


def find_headings(document: Document) -> Headings | None:
    """Return the first visible row that has every needed heading, wherever it stands."""
    for table in document.tables:
        if "hidden-sheet" in table.flags:
            continue
        rows = sorted({cell.row for cell in table.cells if cell.text.strip()})[:_HEADING_ROWS]
        for row in rows:
            headings = _headings(table, row)
            if all(name in headings.columns for name in NEEDED):
                return headings
    return None


def _headings(table: Table, row: int) -> Headings:
    columns: dict[str, int] = {}
    unknown: list[Cell] = []
    repeated: list[Cell] = []
    for cell in (c for c in table.cells if c.row == row and c.text.strip()):
        name = known_heading(cell.text)
        if name is None:
            unknown.append(cell)
        elif name in columns:
            repeated.append(cell)
        else:
            columns[name] = cell.column
    return Headings(table, row, columns, tuple(unknown), tuple(repeated))


def known_heading(text: str) -> str | None:
    """Return the heading as the shipped roster writes it, or None."""
    written = squeeze(text)
    for name, others in HEADINGS.items():
        if written in map(squeeze, (name, *others)):
            return name
    return None
