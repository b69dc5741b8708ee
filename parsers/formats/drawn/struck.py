"""Which short lines strike text out, and so are no border of a table."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.formats.drawn.page import Glyph, Rule

_LOOSE = 3.0  # points a stroke may be longer than its text
_MIDDLE = 0.3  # of a glyph's height: how far from its top and bottom a stroke runs


def find_struck(
    glyphs: Sequence[Glyph], across: Sequence[Rule]
) -> tuple[frozenset[int], frozenset[Rule]]:
    """Return the numbers of the glyphs struck out, and the lines that do so."""
    rules = sorted(across)
    heights = [rule.at for rule in rules]
    crossed: dict[Rule, list[int]] = defaultdict(list)
    for number, glyph in enumerate(glyphs):
        if glyph.text.strip():
            first = bisect_left(heights, glyph.top + _MIDDLE * glyph.height)
            last = bisect_right(heights, glyph.bottom - _MIDDLE * glyph.height)
            for rule in rules[first:last]:
                if _spans(rule, glyph):
                    crossed[rule].append(number)
    strokes = {rule for rule, of in crossed.items() if _is_stroke(rule, of, glyphs)}
    return frozenset(n for rule in strokes for n in crossed[rule]), frozenset(strokes)


def _spans(rule: Rule, glyph: Glyph) -> bool:
    slack = 0.2 * (glyph.right - glyph.left)
    return rule.start <= glyph.left + slack and rule.end >= glyph.right - slack


def _is_stroke(rule: Rule, numbers: list[int], glyphs: Sequence[Glyph]) -> bool:
    """Whether a line is as long as the text it crosses; a border crossed by text is longer."""
    left = min(glyphs[number].left for number in numbers)
    right = max(glyphs[number].right for number in numbers)
    return rule.start >= left - _LOOSE and rule.end <= right + _LOOSE
