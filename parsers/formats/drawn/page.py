"""A page as ink: what stands where, in points from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Glyph(NamedTuple):
    """One character, or a typed-in value, in the box its font gives it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Return its height, which stands for the size of its font."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Return the height at which its middle stands."""
        return (self.top + self.bottom) / 2


class Rule(NamedTuple):
    """A straight line along one axis: where it stands on the other, and from where to where."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """Glyphs in the order they were drawn, and the lines among them."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]


def rules_of_box(
    left: float, top: float, right: float, bottom: float
) -> tuple[list[Rule], list[Rule]]:
    """Return the lines across and down that a filled box looks like: none unless it is thin."""
    across = [Rule((top + bottom) / 2, left, right)] if bottom - top <= _THICK else []
    down = [Rule((left + right) / 2, top, bottom)] if right - left <= _THICK else []
    return across, down


_THICK = 4.0  # points: no border is drawn thicker
