"""Where two readers of one page differ: which characters only one of them saw, or otherwise."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from parsers.formats.witness.fonts import LOST
from parsers.formats.witness.pen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_ONE_LINE = 1.0  # points between baselines; readers differ by 0.2 at most
_SHADOW = 0.3  # of the size: how far below its letter
_SAME_PLACE = 1.0  # points: closer, the same character is drawn twice to look bold
_DASHES = str.maketrans(dict.fromkeys("\x02\xad\u2010\u2011\u2043\u2212", "-"))
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
_Point = tuple[float, float]


class Shown(NamedTuple):
    """A character as the first reader sees it, by its number on the page."""

    text: str
    x: float
    y: float
    number: int


class _Mark(NamedTuple):
    """A character on its line: the baseline, where it begins, and who saw it."""

    y: float
    x: float
    text: str
    shown: Shown | None
    seen: Seen | None


@dataclass(slots=True)
class Doubts:
    """Characters seen otherwise, by number, and those the first reader did not see at all.

    The readers contradict each other when both know a letter or digit, or only one has it: in no
    healthy file do they, and who knows what else of the page is not as it was.
    """

    numbers: set[int] = field(default_factory=set)
    unseen: list[Seen] = field(default_factory=list)
    contradicted: bool = False

    def __len__(self) -> int:
        return len(self.numbers) + len(self.unseen)


def compare(
    shown: Iterable[Shown], seen: Iterable[Seen], upright: Callable[[float, float], _Point]
) -> Doubts:
    """Compare a page line by line: the same characters must follow each other on each.

    Readers agree on base lines; where a font does not say how wide it is, they differ in x.
    """
    marks = [
        *(m for one in shown for m in _marks(one.text, upright(one.x, one.y), one, None)),
        *(m for one in seen for m in _marks(one.text, upright(one.x, one.y), None, one)),
    ]
    doubts = Doubts()
    for line in _lines(marks):
        first = _once(mark for mark in line if mark.shown)
        second = _once(mark for mark in line if mark.seen)
        _differ(first, _filled_in(second, first), doubts)
    return _without_shadows(doubts, marks) if doubts.unseen else doubts


def _marks(text: str | None, at: _Point, shown: Shown | None, seen: Seen | None) -> Iterator[_Mark]:
    if text is None:
        yield _Mark(at[1], at[0], "", shown, seen)
        return
    for char in unicodedata.normalize("NFKC", text).translate(_DASHES):
        if unicodedata.category(char) not in _UNSEEN:
            yield _Mark(at[1], at[0], char, shown, seen)


def _lines(marks: list[_Mark]) -> Iterator[list[_Mark]]:
    line: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.y):
        if line and mark.y - line[-1].y > _ONE_LINE:
            yield line
            line = []
        line.append(mark)
    if line:
        yield line


def _once(marks: Iterable[_Mark]) -> list[_Mark]:
    """Return marks from left to right, what is drawn twice to look bold once."""
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.x):
        twice = kept and kept[-1].text == mark.text and mark.x - kept[-1].x < _SAME_PLACE
        if not twice:
            kept.append(mark)
    return kept


def _filled_in(second: list[_Mark], first: list[_Mark]) -> list[_Mark]:
    """Let a font that does not say what its codes are say what the other reader knows."""
    if all(mark.text for mark in second):
        return second
    filled: list[_Mark] = []
    for mark in second:
        if mark.text:
            filled.append(mark)
        else:
            there = [m for m in first if abs(m.x - mark.x) < _SAME_PLACE]
            filled += [mark._replace(text=other.text) for other in there]
    return filled


def _differ(first: list[_Mark], second: list[_Mark], doubts: Doubts) -> None:
    one, other = [mark.text for mark in first], [mark.text for mark in second]
    if one == other and LOST not in other:
        return
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        doubts.numbers.update(m.shown.number for m in first[a0:a1] if m.shown and m.text != LOST)
        if kind == "insert":
            doubts.unseen += [m.seen for m in second[b0:b1] if m.seen]
        elif _contradict(one[a0:a1], other[b0:b1]):
            doubts.contradicted = True


def _contradict(one: list[str], other: list[str]) -> bool:
    """Whether what stands here is more than something that one reader does not know."""
    if not other:
        return any(text.isalnum() for text in one)
    unknown = len(one) == len(other) and all(text == LOST for text in one)
    return not unknown and any(text.isalnum() for text in other)


def _without_shadows(doubts: Doubts, marks: list[_Mark]) -> Doubts:
    """Forget what the first reader left out because it saw it beside: a letter and its shadow."""
    shown = [mark for mark in marks if mark.shown]
    left_out = set(doubts.unseen)
    unseen = {mark.seen: mark for mark in marks if mark.seen in left_out}
    doubts.unseen = [
        seen
        for seen, mark in unseen.items()
        if not any(_is_shadow(mark, other, seen.size) for other in shown)
    ]
    known = [seen.text for seen in doubts.unseen if seen.text and seen.text != LOST]
    doubts.contradicted |= any(any(map(str.isalnum, text)) for text in known)
    return doubts


def _is_shadow(mark: _Mark, other: _Mark, size: float) -> bool:
    near = abs(mark.x - other.x) < size and abs(mark.y - other.y) < _SHADOW * size
    return mark.text == other.text and near and abs(mark.x - other.x) + abs(mark.y - other.y) > 0
