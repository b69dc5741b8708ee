"""How rows are printed: as JSON Lines, or as a table that fits a terminal without cutting words.

rich is loaded for a terminal and for what does not fit: it takes longer than most commands.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from bot.commands.screen import WIDE, screen
from parsers.names import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console
    from rich.table import Table


def print_rows(
    rows: Iterable[dict[str, Any]],
    *,
    as_json: bool,
    empty: str = "",
    leave_out: frozenset[str] = frozenset(),
) -> None:
    """Print rows; `leave_out` names what only JSON tells."""
    listed = list(rows)
    if as_json:
        for row in listed:
            print_json(row)
        return
    columns = [k for k in dict.fromkeys(k for row in listed for k in row) if k not in leave_out]
    if listed:
        _print_table(columns, [[shown(row.get(key, "")) for key in columns] for row in listed])
    elif empty:
        print(empty)  # noqa: T201 - what was asked


def print_json(row: dict[str, Any]) -> None:
    """Print one line of JSON; text that no terminal can show is escaped by it."""
    print(json.dumps(row, ensure_ascii=False))  # noqa: T201 - the contract


def print_fields(row: dict[str, Any], console: Console | None = None) -> None:
    """Print one row downwards, a line for each thing it says."""
    console = console or screen()
    width = max(len(name) for name in row)
    for name, value in row.items():
        if value not in (None, "", []):
            console.print(f"{name:<{width}}  {shown(value)}", markup=False)


def shown(value: Any) -> str:
    """Return a value on one line, without what would move a terminal's cursor."""
    if isinstance(value, list | tuple):
        return ", ".join(shown(one) for one in value)
    return "" if value is None else one_line(str(value))


def _print_table(columns: list[str], rows: list[list[str]]) -> None:
    lines = [] if sys.stdout.isatty() or "FORCE_COLOR" in os.environ else aligned(columns, *rows)
    if lines and cell_len(lines[0]) <= WIDE:
        print(*lines, sep="\n")  # noqa: T201 - what was asked
    else:
        screen().print(table(columns, rows))


def aligned(*rows: list[str]) -> list[str]:
    """Return rows as lines, each cell between two blanks and as wide as the widest under it."""
    widths = [max(map(cell_len, cells)) for cells in zip(*rows, strict=True)]
    return [
        "".join(
            f" {cell}{' ' * (width - cell_len(cell))} "
            for cell, width in zip(row, widths, strict=True)
        )
        for row in rows
    ]


def table(columns: list[str], rows: list[list[str]]) -> Table:
    """Return the same for a terminal, which is perhaps narrower."""
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, padding=(0, 1))
    for column in columns:
        made.add_column(column, overflow="fold")
    for row in rows:
        made.add_row(*map(Text, row))
    return made
