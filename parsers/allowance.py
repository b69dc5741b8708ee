"""Whether pages that are only pictures may be looked at now, and how many.

Reading a picture takes seconds and a quarter of a gigabyte, where every other format takes
milliseconds: it is done in a process of its own, one file at a time (`bot/reading/looking.py`).
"""

from __future__ import annotations

import contextlib
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HEIC = "heic"  # detail of a picture in the format of newer phones, which nothing here opens
MAX_PAGES = 8  # of one file
LEFT_OUT = "pictures"  # detail of a file none of whose pictures may be read any more


@dataclass(slots=True)
class Allowance:
    """Pages that may still be looked at."""

    pages: int = MAX_PAGES

    def take(self) -> bool:
        """Use up one page; False when none is left."""
        self.pages -= 1
        return self.pages >= 0


_CURRENT: ContextVar[Allowance | None] = ContextVar("allowance", default=None)


@contextlib.contextmanager
def looking(pages: int = MAX_PAGES) -> Iterator[Allowance]:
    """Let pictures be read inside, so many pages of them."""
    allowance = Allowance(pages)
    token = _CURRENT.set(allowance)
    try:
        yield allowance
    finally:
        _CURRENT.reset(token)


def allowance() -> Allowance | None:
    """Return what may be looked at; None where pictures are not read."""
    return _CURRENT.get()
