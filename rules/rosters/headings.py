"""Which column of a roster's sheet is which: known by its heading, wherever it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.document import Cell, Table
from rules.labels import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.document import Document

# heading → other ways to write it; the order is the shipped roster's
HEADINGS: dict[str, tuple[str, ...]] = {
    "单位": ("单位名称", "单位全称", "名称", "应报单位", "报送单位", "机构名称", "部门名称"),
    "简称/别名": ("简称", "别名", "其他名称", "单位简称", "别称", "曾用名", "又称"),
    "上级": ("上级单位", "上级部门", "主管单位", "主管部门", "隶属单位", "归口单位"),
    "类别": ("类型", "单位类别", "单位类型", "单位性质", "分类"),
    "联系人": ("姓名", "联络人", "联络员", "联系人姓名", "负责人", "经办人"),
    "邮箱": ("电子邮箱", "邮箱地址", "电子邮件", "电子信箱", "邮件地址", "email", "e-mail", "mail"),
    "手机": ("电话", "联系电话", "手机号", "手机号码", "移动电话", "电话号码", "联系方式"),
    "应报材料": ("应报", "应报送材料", "报送材料", "需报材料", "要报材料"),
    "免报": ("免报材料", "免报项目", "豁免"),
    "展期至": ("展期", "延期至", "延期", "展期到", "延期到", "展期日期", "延期日期"),
    "备注": ("说明", "备考", "附注"),
    "编号": ("代号", "单位编号", "单位代号", "id"),
}
# a heading that only holds one of these words, where no better one is found: 邮箱（可写多个）
_HELD: tuple[tuple[str, str], ...] = (
    ("简称", "简称/别名"), ("别名", "简称/别名"), ("上级", "上级"), ("主管", "上级"),
    ("邮箱", "邮箱"), ("邮件", "邮箱"), ("email", "邮箱"), ("手机", "手机"), ("联系电话", "手机"),
    ("移动电话", "手机"), ("免报", "免报"), ("应报", "应报材料"), ("展期", "展期至"),
    ("延期", "展期至"), ("联系人", "联系人"), ("联络员", "联系人"), ("单位名称", "单位"),
    ("单位全称", "单位"),
)  # fmt: skip
NEEDED = ("单位",)
OTHERS = frozenset(  # headings that lists often have beside ours, and that mean something else
    {"序号", "邮编", "邮政编码", "地址", "通讯地址", "职务", "职称", "传真", "办公电话", "座机"}
    | {"qq", "微信", "微信号", "人数", "级别", "区域", "地区", "部门", "科室", "性别", "状态"}
)
OWN = frozenset({"应报材料", "免报", "展期至", "简称/别名"})  # headings few other tables have
_HEADING_ROWS = 20  # a title and notes may stand above the headings
_LONGEST = 30  # characters of a heading
_ASIDES = re.compile(r"\([^()]*\)|[*＊★:：。.]+$|^[*＊★]+")


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings: known heading → its grid column, and cells that are not known.

    `row` is the last row that the headings cover.
    """

    table: Table
    row: int
    columns: dict[str, int]
    unknown: tuple[Cell, ...]
    repeated: tuple[Cell, ...]


def find_headings(document: Document) -> Headings | None:
    """Return the visible row with most known headings, 单位 and one more among them."""
    found = (headings for table in document.tables for headings in _of_table(table))
    return max(found, key=lambda one: len(one.columns), default=None)


def other_sheets(document: Document, read: Headings) -> Iterator[Headings]:
    """Return the headings of the visible sheets that stand beside the one that is read."""
    for table in document.tables:
        if table.sheet not in {None, read.table.sheet}:
            best = max(_of_table(table), key=lambda one: len(one.columns), default=None)
            if best is not None:
                yield best


def _of_table(table: Table) -> Iterator[Headings]:
    if "hidden-sheet" in table.flags:
        return
    covering = _covering(table.grid())
    rows = sorted({cell.row for cell in table.cells if cell.text.strip()})[:_HEADING_ROWS]
    for row in rows:
        headings = _deepened(_headings(table, row, covering.get(row, [])), covering)
        if len(headings.columns) > 1 and all(name in headings.columns for name in NEEDED):
            yield headings


def _deepened(headings: Headings, covering: dict[int, list[Cell]]) -> Headings:
    """Take in a second row of headings under the first: 联系人 手机 邮箱 under 联系人信息."""
    below = [c for c in covering.get(headings.row + 1, ()) if c.row == headings.row + 1]
    names = [known_heading(cell.text) for cell in below]
    if len(below) < 2 or not all(names) or set(names) & set(NEEDED):
        return headings
    taken = {cell.column for cell in below}
    kept = {name: column for name, column in headings.columns.items() if column not in taken}
    under = {name: cell.column for name, cell in zip(names, below, strict=True) if name}
    last = max(cell.row + cell.row_span - 1 for cell in below)
    unknown = tuple(cell for cell in headings.unknown if cell.column not in taken)
    return Headings(headings.table, last, kept | under, unknown, headings.repeated)


def _covering(grid: dict[tuple[int, int], Cell]) -> dict[int, list[Cell]]:
    """Return row → the cells that cover it, those merged from above included, each once."""
    rows: dict[int, list[Cell]] = {}
    for at in sorted(grid):
        covering = rows.setdefault(at[0], [])
        if grid[at].text.strip() and not (covering and covering[-1] is grid[at]):
            covering.append(grid[at])
    return rows


def _headings(table: Table, row: int, cells: Sequence[Cell]) -> Headings:
    columns: dict[str, int] = {}
    loose: list[Cell] = []
    repeated: list[Cell] = []
    for cell in cells:
        name = known_heading(cell.text)
        if name is None:
            loose.append(cell)
        elif name in columns:
            repeated.append(cell)
        else:
            columns[name] = cell.column
    unknown = []
    for cell in loose:
        name = _held_heading(cell.text)
        if name is None or name in columns:
            unknown.append(cell)
        else:
            columns[name] = cell.column
    last = max((cell.row + cell.row_span - 1 for cell in cells), default=row)
    return Headings(table, last, columns, tuple(unknown), tuple(repeated))


def known_heading(text: str) -> str | None:
    """Return the heading as the shipped roster writes it, or None."""
    written = {squeeze(text), _bare(text)}
    for name, others in HEADINGS.items():
        if written & set(map(squeeze, (name, *others))):
            return name
    return None


def _held_heading(text: str) -> str | None:
    bare = _bare(text)
    if not bare or len(bare) > _LONGEST:
        return None
    return next((name for word, name in _HELD if word in bare), None)


def _bare(text: str) -> str:
    """Return a heading without what is said beside it: *邮箱（可填多个）： is 邮箱."""
    bare = squeeze(text)
    while (less := _ASIDES.sub("", bare)) != bare:
        bare = less
    return bare
