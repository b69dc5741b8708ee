"""What a short text says is worked out once: a blank's labels come back with every copy of it."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 200  # characters; what a longer text says is not kept
MOST = 2048  # texts kept for one function; a campaign's labels are some hundred

_T = TypeVar("_T")


def remembered(function: Callable[[str], _T]) -> Callable[[str], _T]:
    """Let a pure function of one text keep its latest answers, those on long texts apart."""
    known = lru_cache(maxsize=MOST)(function)

    @wraps(function)
    def answer(text: str) -> _T:
        return known(text) if len(text) <= LONGEST else function(text)

    return answer
