"""What stands between the characters of a line that was read, told by the room the ink leaves."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from parsers.formats.drawn.lines import is_tied
from parsers.formats.scan.agree import plain

if TYPE_CHECKING:
    from parsers.formats.scan.agree import Character
    from parsers.formats.scan.picture import Grey
    from parsers.formats.scan.strips import Strip

_SPACE = 0.34  # of a character's height: a gap that is a space
_WIDE_SPACE, _PIECES = 0.9, 1.6  # of it: a space between wide characters, and two spaces
_BETWEEN_DIGITS = 0.18  # of it: no less parts two numbers, wherever a reading puts its digits
_MORE = 0.13  # of it: how much more than the digits of one number have between them
_PITCH = 1.45  # of the digits' own distance: another number begins


def spaced(characters: list[Character], ink: Grey, strip: Strip, tall: float) -> str:
    """Return the text, with spaces where the ink leaves room for them."""
    if not characters:
        return ""
    text = characters[0].text
    pitch = _pitch(characters)
    gaps = [_gap(ink, before, after, strip) / tall for before, after in pairwise(characters)]
    for number, (before, after) in enumerate(pairwise(characters)):
        if _are_digits(before, after):
            far = after.at - before.at > max(_PITCH * pitch, 0.7 * tall)
            text += " " if far and gaps[number] >= _least(characters, gaps, number) else ""
        else:
            text += _between(before, after, gaps[number])
        text += _dash(characters, number + 1)
    return text


def _are_digits(before: Character, after: Character) -> bool:
    return before.text.isdigit() and after.text.isdigit()


def _least(characters: list[Character], gaps: list[float], number: int) -> float:
    """Return the least gap that parts two numbers: more than between the digits of each."""
    others = [
        gap
        for n, (gap, pair) in enumerate(zip(gaps, pairwise(characters), strict=True))
        if n != number and _are_digits(*pair)
    ]
    return max(_BETWEEN_DIGITS, min(others) + _MORE) if others else _SPACE


def _dash(characters: list[Character], number: int) -> str:
    """Return a character, a dash between dates as what it is."""
    char = characters[number].text
    around = plain(characters[max(0, number - 1) : number + 2])
    return "—" if char == "一" and len(around) == 3 and around[1] == "-" else char


def _pitch(characters: list[Character]) -> float:
    """Return how far apart two digits of one number stand here; 0 where it is not to be told."""
    apart = [b.at - a.at for a, b in pairwise(characters) if _are_digits(a, b)]
    return min(apart) if len(apart) > 1 else 0.0


def _between(before: Character, after: Character, gap: float) -> str:
    """Return what a gap of so much of a character's height stands for."""
    if gap >= _PIECES:
        return "  "
    latin = before.text.isascii() and after.text.isascii()
    words = before.text.isalnum() and after.text.isalnum()
    return " " if gap >= (_SPACE if latin and words else _WIDE_SPACE) else ""


def _gap(ink: Grey, before: Character, after: Character, strip: Strip) -> int:
    """Return the widest run of columns without ink between two characters."""
    start, end = (int(c.at) - strip.ink.left for c in (before, after))
    widest = run = 0
    for full in ink[:, max(0, start) : end + 1].any(axis=0).tolist():
        run = 0 if full else run + 1
        widest = max(widest, run)
    return widest


def first_word(characters: list[Character], strip: Strip) -> float:
    """Return the width that may not be broken over lines."""
    last = None
    for before, after in pairwise(characters):
        both_latin = before.text.isascii() and after.text.isascii()
        if not (both_latin or is_tied(before.text, after.text)):
            break
        last = after
    width = strip.ink.width / max(1, len(characters))
    return (last.at - strip.ink.left + width / 2) if last else min(width, strip.ink.height)
