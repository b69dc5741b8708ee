"""The digest's and the closing letter's sums, beside last year's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from templates import words
from templates.lines import TotalLine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from templates.views import TotalView

MANYFOLD = 1000  # per cent from which one says how many times as much


def total_lines(totals: Iterable[TotalView]) -> tuple[TotalLine, ...]:
    """Put totals beside last year's into words."""
    return tuple(_total(total) for total in totals)


def _total(total: TotalView) -> TotalLine:
    return TotalLine(
        total.label,
        words.value_text(total.value, total.unit),
        words.value_text(total.last_year, total.unit),
        _share(total.value * 100 / total.last_year) if total.last_year else "",
    )


def _share(percent: float) -> str:
    """Say how much of last year's it is; 935倍 can be read where 93527% cannot."""
    if percent >= MANYFOLD:
        return f"{words.number(round(percent / 100))}倍"
    return f"{round(percent)}%"
