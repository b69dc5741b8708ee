"""How far a long command is: a bar or a turning wheel on stderr; nothing unless a person looks."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import track

from bot.commands.trouble import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

T = TypeVar("T")


def is_watched() -> bool:
    """Return whether stderr is a terminal: files and pipes get no bar."""
    return sys.stderr.isatty()


def steps(items: Sequence[T], what: str, *, quiet: bool = False) -> Iterable[T]:
    """Go through items under a bar; `what` is of templates/terminal."""
    if quiet or not is_watched():
        return items
    return track(items, said(what), console=Console(stderr=True), transient=True)


def busy(what: str) -> AbstractContextManager[object]:
    """Turn a wheel while something goes on of which nobody knows how long it takes; as above."""
    if not is_watched():
        return nullcontext()
    return Console(stderr=True).status(f"{said(what)} ...")
