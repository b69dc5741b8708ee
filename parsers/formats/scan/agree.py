"""When two readings of one line say the same, and what is then written down."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.formats.scan.marks import TICKED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.formats.scan.marks import Mark
    from parsers.formats.scan.models import Said

LEAST, MEAN = 0.4, 0.75  # how sure a reading must be of its worst character, and on the whole
_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟＂″〃", '"'),
        **dict.fromkeys("‘’‚′`´", "'"),
        **dict.fromkeys("‐‑‒–—―─ー−", "-"),
        **dict.fromkeys("〜～∼", "~"),
        **dict.fromkeys("•・‧∙⋅●", "·"),
        **dict.fromkeys("☐◻▢", "□"),
        **dict.fromkeys("☒✓✔√", TICKED),
        **dict(zip("內別戶戸呂沒稅黃溫靑査歩", "内别户户吕没税黄温青查步", strict=True)),
    }
)
_BOXLIKE = frozenset("□☐☑☒■▢◻√✓✔口")
_DASHES = frozenset("-‐‑‒–—―─ー−一")
_NUMBER_LIKE = re.compile(r"[0-9O.,]+")
_DATED = re.compile(r"[0-9日月号年时分点]")


@dataclass(frozen=True, slots=True)
class Character:
    """One character read, the middle of its place in pixels, and how sure."""

    text: str
    at: float
    sure: float


def placed(said: Said, width: float, left: float) -> list[Character]:
    """Return a reading's characters by place; spaces are told by the ink instead."""
    return [
        Character(char, left + at * width, sure)
        for char, at, sure in zip(said.text, said.at, said.sure, strict=True)
        if not char.isspace()
    ]


def cleared(characters: list[Character]) -> list[Character]:
    """Leave out lines to write on, and let an O among digits be the 0 it looks like."""
    kept = [c for number, c in enumerate(characters) if not _is_ruled(characters, number)]
    if not _NUMBER_LIKE.fullmatch("".join(c.text for c in kept)):
        return kept
    return [replace(c, text="0") if c.text == "O" else c for c in kept]


def _is_ruled(characters: Sequence[Character], number: int) -> bool:
    """Say whether an underscore is no part of an address: nothing Latin stands beside its run."""
    if characters[number].text != "_":
        return False
    text = "".join(c.text for c in characters)
    beside = text[:number].rstrip("_")[-1:] + text[number:].lstrip("_")[:1]
    return not any(char.isascii() and char.isalnum() for char in beside)


def with_marks(characters: list[Character], marks: Sequence[Mark]) -> list[Character]:
    """Put boxes where pixels show them, unless a character is read there that is no box."""
    for mark in marks:
        inside = [c for c in characters if mark.left - 2 <= c.at <= mark.right + 2]
        if any(c.text not in _BOXLIKE for c in inside) or not mark.text:
            continue
        if not inside and _is_occupied(characters, mark):
            continue
        rest = [c for c in characters if c not in inside]
        box = Character(mark.text, (mark.left + mark.right) / 2, 1.0)
        characters = sorted([*rest, box], key=lambda c: c.at)
    return characters


def _is_occupied(characters: Sequence[Character], mark: Mark) -> bool:
    """Say whether what looks like a box is part of a character that was read beside it."""
    middle = (mark.left + mark.right) / 2
    return any(abs(c.at - middle) < 0.8 * (mark.right - mark.left) for c in characters)


def plain(characters: Sequence[Character]) -> str:
    """Return what two readings are compared by: widths and the look of marks do not count."""
    text = "".join(c.text for c in characters).translate(_SAME)
    text = unicodedata.normalize("NFKC", text)
    chars = [
        "-" if char == "一" and _is_between_dates(text, number) else char
        for number, char in enumerate(text)
    ]
    return "".join(chars)


def _is_between_dates(text: str, number: int) -> bool:
    before, after = text[:number][-1:], text[number + 1 :][:1]
    return bool(_DATED.match(before) and _DATED.match(after))


def is_sure(characters: Sequence[Character]) -> bool:
    """Say whether a reading trusts itself."""
    sure = [c.sure for c in characters]
    return bool(sure) and min(sure) >= LEAST and sum(sure) / len(sure) >= MEAN
