"""How rows are printed: as JSON Lines, or as a table that fits a terminal."""

from __future__ import annotations

import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from bot.commands.screen import bold, screen, width
from bot.commands.table import table_lines
from parsers.names import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console


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
    head, *below = table_lines([columns, *rows], width())
    print(*map(bold, head), *chain.from_iterable(below), sep="\n")  # noqa: T201 - what was asked
