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

    def __init__(self, anchors: dict[int, int], boxes: dict[int, list[Stretch]]) -> None:
        self._anchors = anchors
        self._boxes = boxes

    def at(self, position: int) -> list[Stretch]:
        """Take the boxes that hang on a position of the body."""
        return self._boxes.pop(self._anchors.get(position, 0), [])

    def rest(self) -> list[Stretch]:
        """Take the boxes that hang on nothing known: those in groups of shapes."""
        found, self._boxes = [part for parts in self._boxes.values() for part in parts], {}
        return found


def read_boxes(file: fib.File) -> Boxes:
    """Read both tables."""
    anchors = dict(_anchors(file.part(fib.ANCHORS)))
    boxes: dict[int, list[Stretch]] = {}
    for shape, stretch in _boxes(file.part(fib.BOXES), file.before_boxes, file.boxes):
        boxes.setdefault(shape, []).append(stretch)
    return Boxes(anchors, boxes)


def _anchors(table: bytes) -> Iterator[tuple[int, int]]:
    """Yield (position, number of the shape)."""
    count = max((len(table) - 4) // (4 + _ANCHOR_SIZE), 0)
    for index in range(count):
        position = struct.unpack_from("<I", table, 4 * index)[0]
        at = 4 * (count + 1) + _ANCHOR_SIZE * index
        yield position, struct.unpack_from("<I", table, at)[0]


def _boxes(table: bytes, start: int, length: int) -> Iterator[tuple[int, Stretch]]:
    """Yield (number of the shape, stretch) without overlaps; the last entry ends the table."""
    done = 0
    count = max((len(table) - 4) // (4 + _BOX_SIZE), 0)
    for index in range(count):
        first, last = struct.unpack_from("<2I", table, 4 * index)
        at = 4 * (count + 1) + _BOX_SIZE * index
        reusable = struct.unpack_from("<H", table, at + 8)[0]
        shape = struct.unpack_from("<I", table, at + _SHAPE_ID)[0]
        if done <= first < last <= length and not reusable and shape:
            done = last
            yield shape, (start + first, start + last)
