"""What a short text says is worked out once: a blank's labels come back with every copy of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 200  # characters; what a longer text says is not kept
MOST = 2048  # texts kept for one function; a campaign's labels are some hundred

_T = TypeVar("_T")


class _Known(dict[str, _T]):
    """Text → what a function says of it; when there are very many, all are let go."""

    def __init__(self, function: Callable[[str], _T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> _T:
        answer = self._function(text)
        if len(text) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[text] = answer
        return answer


def remembered(function: Callable[[str], _T]) -> Callable[[str], _T]:
    """Let a pure function of one text keep its answers, those on long texts apart.

    A known text costs a look into a dict: reading one form asks some five hundred times.
    """
    return _Known(function).__getitem__
