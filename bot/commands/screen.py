"""How commands print for people: as wide as the terminal, wide where there is none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDE = 240  # columns, for a file or a pipe: no line of a table is folded


def screen() -> Console:
    """Return the console for stdout; markup is ours only, so highlighting is off."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else WIDE
    return Console(width=width, highlight=False, soft_wrap=True)


def aside() -> Console:
    """Return the console for what is said beside an answer: stderr, on one line."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
