"""Which text boxes hang where: anchors in the body, and the story that holds their text."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from parsers.formats.msdoc import fib

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANCHOR_SIZE, _BOX_SIZE, _SHAPE_ID = 26, 22, 14

Stretch = tuple[int, int]


class Boxes:
    """The stretches of text in boxes, each handed out once."""

    def __init__(self, anchors: dict[int, int], boxes: list[tuple[int, Stretch]]) -> None:
        self._anchors = anchors
        self._boxes = boxes

    def at(self, position: int) -> list[Stretch]:
        """Take the boxes that hang on a position of the body."""
        shape = self._anchors.get(position)
        found = [stretch for number, stretch in self._boxes if number == shape]
        self._boxes = [box for box in self._boxes if box[0] != shape]
        return found

    def rest(self) -> list[Stretch]:
        """Take the boxes that hang on nothing known: those in groups of shapes."""
        found, self._boxes = [stretch for _, stretch in self._boxes], []
        return found


def read_boxes(file: fib.File) -> Boxes:
    """Read both tables."""
    anchors = dict(_anchors(file.part(fib.ANCHORS)))
    return Boxes(anchors, list(_boxes(file.part(fib.BOXES), file.before_boxes, file.boxes)))


def _anchors(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield (position, number of the shape)."""
    count = max((len(table) - 4) // (4 + _ANCHOR_SIZE), 0)
    for index in range(count):
        position = struct.unpack_from("<I", table, 4 * index)[0]
        at = 4 * (count + 1) + _ANCHOR_SIZE * index
        yield position, struct.unpack_from("<I", table, at)[0]


def _boxes(table: bytes, start: int, length: int) -> Iterator[tuple[int, Stretch]]:
    """Yield (number of the shape, stretch); the last entry only ends the table."""
    count = max((len(table) - 4) // (4 + _BOX_SIZE), 0)
    for index in range(count):
        first, last = struct.unpack_from("<2I", table, 4 * index)
        at = 4 * (count + 1) + _BOX_SIZE * index
        reusable = struct.unpack_from("<H", table, at + 8)[0]
        shape = struct.unpack_from("<I", table, at + _SHAPE_ID)[0]
        if first < last <= length and not reusable:
            yield shape, (start + first, start + last)
