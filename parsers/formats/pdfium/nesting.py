"""What a PDF's forms draw inside each other, counted before PDFium draws it all into memory.

A few hundred bytes can state 10^30 objects, and PDFium ends its process when memory ends
(facts/documents.md §5). Names are looked up as it does, in each form's own resources.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DRAWN = 100_000  # objects one form may come to; more is refused anyway (objects.py)
MAX_SAVED = 10_000  # graphics states saved inside each other
_LEVELS = 40  # PDFium draws no form deeper than this
_DO = re.compile(rb"/([^\s/<>\[\](){}%]{1,127})\s+Do\b")
_SAVE = re.compile(rb"(?<![^\s\])>])[qQ](?![^\s/\[(<])")
_OBJECT = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+obj\b(.{0,65536}?)(?=endobj|stream\r?\n)", re.DOTALL)
_RESOURCES = re.compile(rb"/Resources\s+(\d{1,10})\s+\d{1,5}\s+R")
_XOBJECTS = re.compile(rb"/XObject\s*(?:<<(.*?)>>|(\d{1,10})\s+\d{1,5}\s+R)", re.DOTALL)
_NAMED = re.compile(rb"/([^\s/<>\[\](){}%]{1,127})\s+(\d{1,10})\s+\d{1,5}\s+R")


@dataclass(slots=True)
class Nesting:
    """The forms of one file: what each draws how often, and the dictionaries around them."""

    objects: dict[int, bytes] = field(default_factory=dict)
    draws: dict[int, Counter[bytes]] = field(default_factory=dict)
    _counted: dict[int, int] = field(default_factory=dict)

    def take(self, number: int, head: bytes, content: bytes) -> None:
        """Take an unpacked stream with the dictionary before it."""
        if b"/ObjStm" in head:
            self.objects.update(_packed_objects(head, content))
            return
        _check_states(content)
        if b"/Form" in head:
            self.objects[number] = head
            self.draws[number] = Counter(_DO.findall(content))

    def check(self, data: bytes) -> None:
        """Refuse a file with a form that draws itself, or too much."""
        if any(self.draws.values()):
            self.objects = {int(o[1]): o[2] for o in _OBJECT.finditer(data)} | self.objects
            for number in self.draws:
                self._count(number, ())

    def _count(self, number: int, around: tuple[int, ...]) -> int:
        """Return how many objects a form comes to."""
        if number in around:
            raise Unreadable("too-large", "a form draws itself")
        if number not in self.draws or len(around) >= _LEVELS:
            return 1
        if number not in self._counted:
            named = self._named(self.objects.get(number, b""))
            self._counted[number] = 1 + sum(
                times * self._count(named.get(name, 0), (*around, number))
                for name, times in self.draws[number].items()
            )
        if self._counted[number] > MAX_DRAWN:
            raise Unreadable("too-large", "forms in forms")
        return self._counted[number]

    def _named(self, head: bytes) -> dict[bytes, int]:
        """Return the objects that a form calls by name."""
        apart = _RESOURCES.search(head)
        resources = self.objects.get(int(apart[1]), b"") if apart else head
        found = _XOBJECTS.search(resources)
        if found is None:
            return {}
        listed = found[1] if found[2] is None else self.objects.get(int(found[2]), b"")
        return {name: int(number) for name, number in _NAMED.findall(listed)}


def _packed_objects(head: bytes, content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the objects of an object stream (ISO 32000-1 §7.5.7)."""
    first = re.search(rb"/First\s+(\d{1,10})", head)
    start = int(first[1]) if first else 0
    numbers = [int(word) for word in content[:start].split() if word.isdigit() and len(word) < 11]
    places = [start + at for at in numbers[1::2]]
    for number, at, end in zip(numbers[::2], places, [*places[1:], len(content)], strict=False):
        yield number, content[at:end]


def _check_states(content: bytes) -> None:
    if content.count(b"q") <= MAX_SAVED:
        return
    depth = 0
    for found in _SAVE.finditer(content):
        depth = depth + 1 if found[0] == b"q" else max(0, depth - 1)
        if depth > MAX_SAVED:
            raise Unreadable("too-large", "graphics states")
