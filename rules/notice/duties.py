"""Tables that say who owes what by when: the column of those who owe."""

from __future__ import annotations

import re

from parsers.document import Block, Table
from rules.labels import squeeze

_OWING = re.compile(
    r"^(?:报送|填报|责任|上报|提交|完成|承办|报名|牵头|应报)(?:单位|部门|主体|对象)$"
)


_NAMES = re.compile(
    r"^(?:表名|(?:报表|表格|材料|资料|文件|附件)?名称|(?:报送|提交|上报)?(?:材料|资料|内容|报表))$"
)


def named_in_row(block: Block, said: str) -> str:
    """Return what the row with a phrase calls its thing, in a column of names; "" if none."""
    if not isinstance(block, Table) or not block.cells:
        return ""
    first = min(cell.row for cell in block.cells)
    heads = [c for c in block.cells if c.row == first and _NAMES.match(squeeze(c.text))]
    rows = {c.row for c in block.cells if c.row > first and squeeze(said) in squeeze(c.text)}
    names = (c.text for c in block.cells if heads and c.column == heads[0].column and c.row in rows)
    return " ".join(next(names, "").split()) if len(rows) == 1 else ""


def asked_of(block: Block, title: str) -> str:
    """Return whom the table's row of a thing names as owing it; "" where none does."""
    if not isinstance(block, Table) or not block.cells:
        return ""
    first = min(cell.row for cell in block.cells)
    heads = [c for c in block.cells if c.row == first and _OWING.match(squeeze(c.text))]
    rows = {cell.row for cell in block.cells if squeeze(title) in squeeze(cell.text)}
    if not heads or not rows:
        return ""
    column = heads[0].column
    owing = (c.text for c in block.cells if c.column == column and c.row in rows)
    return " ".join(next(owing, "").split())


def row_of(block: Block, title: str) -> str:
    """Return the texts of the row that names a thing, as its quotation; "" where none does."""
    if not isinstance(block, Table):
        return ""
    rows = [cell.row for cell in block.cells if squeeze(title) in squeeze(cell.text)]
    cells = [c for c in block.cells if rows and c.row == rows[0] and c.text.strip()]
    return " ".join(" ".join(cell.text.split()) for cell in cells)
