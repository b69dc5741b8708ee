"""How a PDF page's coordinates become a page seen upright, from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.formats.drawn.matrix import Matrix


@dataclass(frozen=True, slots=True)
class View:
    """The page's box and the quarter turns after which its text stands upright."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height as seen."""
        across, down = self.right - self.left, self.top - self.bottom
        return (down, across) if self.turns % 2 else (across, down)

    @property
    def matrix(self) -> Matrix:
        """Return the map from the page's points to what is seen."""
        return (
            Matrix(1, 0, 0, -1, -self.left, self.top),
            Matrix(0, 1, 1, 0, -self.bottom, -self.left),
            Matrix(-1, 0, 0, 1, self.right, -self.bottom),
            Matrix(0, -1, -1, 0, self.top, self.right),
        )[self.turns % 4]
