"""How commands print for people: as wide as the terminal, wide where there is none.

rich is loaded for what is marked up: it takes longer than most commands.
"""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 240  # columns, for a file or a pipe: no line of a table is folded


def width() -> int:
    """Return how many columns a line has."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDE


def bold(line: str) -> str:
    """Return a line in bold letters, if stdout shows such."""
    told = sys.stdout.isatty() and os.environ.get("TERM") not in {"dumb", "unknown"}
    return f"\033[1m{line}\033[0m" if told or os.environ.get("FORCE_COLOR") else line


def screen() -> Console:
    """Return the console for stdout; markup is ours only, so highlighting is off."""
    from rich.console import Console

    return Console(width=width(), highlight=False, soft_wrap=True)


def aside() -> Console:
    """Return the console for what is said beside an answer: stderr, on one line."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
