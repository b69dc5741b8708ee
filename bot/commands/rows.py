"""How rows are printed: as JSON Lines, or as a table that fits a terminal."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from bot.commands.screen import bold, screen, width
from bot.commands.table import table_lines
from bot.commands.trouble import language
from parsers.names import one_line
from templates.terminal import heading, load, value

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
    """Print rows; `leave_out` names what only JSON tells. An empty column is left out."""
    listed = list(rows)
    if as_json:
        for row in listed:
            print_json(row)
        return
    named = dict.fromkeys(k for row in listed for k in row if k not in leave_out)
    columns = [k for k in named if any(shown(row.get(k)) for row in listed)]
    if listed:
        cells = [[in_words(key, row.get(key, "")) for key in columns] for row in listed]
        _print_table([heading(language(), key) for key in columns], cells)
    elif empty:
        print(empty)  # noqa: T201 - what was asked


def print_json(row: dict[str, Any]) -> None:
    """Print one line of JSON; text that no terminal can show is escaped by it."""
    print(json.dumps(row, ensure_ascii=False))  # noqa: T201 - the contract


def print_fields(row: dict[str, Any], console: Console | None = None) -> None:
    """Print one row downwards, a line for each thing it says."""
    console = console or screen()
    told = [(heading(language(), name), in_words(name, given)) for name, given in row.items()]
    width = max(cell_len(name) for name, _ in told)
    for name, said in told:
        if said:
            console.print(f"{name}{' ' * (width - cell_len(name))}  {said}", markup=False)


def clock(instant: str, zone: str) -> str:
    """Return an instant, given in ISO 8601, as clocks show it where the bot works."""
    return f"{datetime.fromisoformat(instant).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def in_words(name: str, given: Any) -> str:
    """Return what a row says under a name, constants in the terminal's language."""
    if isinstance(given, bool):
        told: str = load(language())[str(given).lower()]
        return told
    return value(language(), name, shown(given))


def shown(value: Any) -> str:
    """Return a value on one line, without what would move a terminal's cursor."""
    if isinstance(value, list | tuple):
        return ", ".join(shown(one) for one in value)
    return "" if value is None else one_line(str(value))


def _print_table(columns: list[str], rows: list[list[str]]) -> None:
    head, *below = table_lines([columns, *rows], width())
    print(*map(bold, head), *chain.from_iterable(below), sep="\n")  # noqa: T201 - what was asked
