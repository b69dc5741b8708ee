"""One line of a page, read twice by recognisers that were trained apart, from two pictures of it.

A line is sure when both say the same and the ink bears them out; else its words are kept for
people, and it is told that they are not sure (facts: a comma read as a dot at certainty 1.0).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from parsers.formats.scan import models
from parsers.formats.scan.agree import Character, cleared, is_sure, placed, plain, with_marks
from parsers.formats.scan.clean import inked
from parsers.formats.scan.marks import find_marks, is_zero, slant
from parsers.formats.scan.spacing import first_word, spaced
from parsers.formats.scan.strips import crop
from parsers.formats.scan.struck import is_struck

if TYPE_CHECKING:
    from parsers.formats.scan.marks import Mark
    from parsers.formats.scan.picture import Grey
    from parsers.formats.scan.strips import Strip

_VIEWS = ((0.14, 0.22, 1.0), (0.26, 0.35, 0.92))  # above, beside, width: two ways to look
_SLASH = 0.2  # how far a slash leans at least, of its height
_UPRIGHT = 0.1  # and how far a 1 may
_LONE_DASH = re.compile(r"[-一]+")
_THOUSANDTHS = re.compile(r"\d\.\d{3}(?!\d)|\d,(?!\d{3}(?!\d))\d")
_THREE = re.compile(r"\d{3}(?!\d)")
_POINT_IN_WORDS = re.compile(r"[\u3400-\u9fff][.](?![0-9A-Za-z])")  # a comma, most likely
_PALE = 190  # a pixel darker than this is ink, where thin strokes count
_HANGS = 0.035  # of the digits' height: a comma's tail below them; a point has none
_STROKES = frozenset("1lI|/丨丿ノ╱\\｜")
_OF_FOUR = 3  # looks that must say the same where the first two did not


Characters = list[Character]


@dataclass(frozen=True, slots=True)
class Read:
    """What stands on a line, whether both readings agree, and the width of its first word."""

    text: str
    sure: bool
    first_word: float
    certainty: float = 0.0


def read_strip(page: Grey, strip: Strip, tall: float) -> Read:
    """Read one line twice; twice more, with the pictures exchanged, where they differ."""
    ink = _ink(page, strip)
    tall = max(tall, 0.95 * strip.ink.height)
    lone = _lone_slash(ink, strip, tall)
    marks = [m._replace(left=m.left + strip.ink.left, right=m.right + strip.ink.left)
             for m in find_marks(ink, tall)]  # fmt: skip
    first = _look(page, strip, 0, 0, marks)
    second = _look(page, strip, 1, 1, marks)
    chosen, agreed = _settled(page, strip, marks, first, second)
    if lone and (plain(chosen) in _STROKES or not is_sure(chosen)):
        return Read("/", sure=True, first_word=strip.ink.width)
    if plain(chosen) == "0" and is_zero(ink):
        return Read("0", sure=True, first_word=strip.ink.width)
    borne_out = agreed and _borne_out(chosen, _pale_ink(page, strip), strip, tall)
    clear = all(mark.text for mark in marks)
    clear = clear and not is_struck(ink, chosen, strip.ink.left, tall)
    text = spaced(chosen, ink, strip, tall)
    certainty = sum(c.sure for c in chosen) / max(1, len(chosen))
    return Read(text, borne_out and clear, first_word(chosen, strip), certainty)


def _ink(page: Grey, strip: Strip) -> Grey:
    left, top, right, bottom = strip.ink
    return inked(page[top:bottom, left:right])


def _pale_ink(page: Grey, strip: Strip) -> Grey:
    left, top, right, bottom = strip.ink
    return (page[top:bottom, left:right] < _PALE).astype(np.uint8)


def _look(page: Grey, strip: Strip, who: int, view: int, marks: list[Mark]) -> list[Character]:
    above, beside, stretch = _VIEWS[view]
    picture = crop(page, strip, above, beside)
    if stretch != 1.0:
        picture = cv2.resize(picture, None, fx=stretch, fy=1.0, interpolation=cv2.INTER_AREA)
    said = (models.second() if who else models.first()).read(picture)
    pad = round(beside * max(8, strip.ink.height))
    width = strip.ink.width + 2 * pad
    return with_marks(cleared(placed(said, width, strip.ink.left - pad)), marks)


def _settled(
    page: Grey, strip: Strip, marks: list[Mark], first: Characters, second: Characters
) -> tuple[Characters, bool]:
    """Return the characters to write down, and whether both recognisers say so."""
    if plain(first) == plain(second) and is_sure(first) and is_sure(second):
        return first, True
    mine = [first, _look(page, strip, 0, 1, marks)]
    theirs = [second, _look(page, strip, 1, 0, marks)]
    texts = [plain(said) for said in (*mine, *theirs)]
    for said in mine:
        text = plain(said)
        trusted = [any(plain(o) == text and is_sure(o) for o in by) for by in (mine, theirs)]
        if texts.count(text) >= _OF_FOUR and all(trusted):
            return said, True
    return first, False


def _lone_slash(ink: Grey, strip: Strip, tall: float) -> bool:
    return strip.ink.width < 1.1 * tall and _SLASH <= slant(ink) <= 1.2


def _borne_out(characters: list[Character], ink: Grey, strip: Strip, tall: float) -> bool:
    """Say whether the ink shows what was read, where reading is known to go wrong."""
    text = plain(characters)
    if not text or _LONE_DASH.fullmatch(text):
        return False  # 一 is a number, a dash means nothing: no telling them apart
    if not all(map(_is_everyday, text)):
        return False
    if _THOUSANDTHS.search(text) or _POINT_IN_WORDS.search(text):
        return False  # 8,432 with the comma's tail lost; nobody reports thousandths
    if text in _STROKES:
        return text == "1" and abs(slant(ink)) < _UPRIGHT
    return _marks_stand(characters, ink, strip) and not _has_more(characters, ink, tall)


def _is_everyday(char: str) -> bool:
    """Say whether a character is simplified Chinese; another, as 強 for 强, is doubtful."""
    if not "\u3400" <= char <= "\u9fff":
        return True
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _marks_stand(characters: list[Character], ink: Grey, strip: Strip) -> bool:
    """Say whether commas between digits hang below them, and points do not."""
    for number in range(1, len(characters) - 1):
        before, mark, after = characters[number - 1 : number + 2]
        char = plain([mark])
        if char not in {",", "."} or not (before.text.isdigit() and after.text.isdigit()):
            continue
        if char == "." and not _THREE.match(plain(characters[number + 1 :])):
            continue  # a comma is followed by three digits
        hang = _hang(ink, [c.at - strip.ink.left for c in (before, mark, after)])
        if hang is None or (char == ",") == (hang < _HANGS):
            return False
    return True


def _hang(ink: Grey, at: list[float]) -> float | None:
    """Return how far a mark hangs below the digits beside it, of their height."""
    left, right = int((at[0] + at[1]) / 2), int((at[1] + at[2]) / 2) + 1
    own = _rows(ink[:, max(0, left) : right])
    digits = [_rows(ink[:, max(0, left - int(at[1] - at[0])) : max(1, left)]),
              _rows(ink[:, right : right + int(at[2] - at[1])])]  # fmt: skip
    known = [d for d in digits if d is not None]
    if own is None or not known:
        return None
    foot, head = max(d[1] for d in known), min(d[0] for d in known)
    return (own[1] - foot) / max(1, foot - head)


def _rows(ink: Grey) -> tuple[int, int] | None:
    rows = np.flatnonzero(ink.any(axis=1))
    return (int(rows[0]), int(rows[-1]) + 1) if len(rows) else None


def _has_more(characters: Characters, ink: Grey, tall: float) -> bool:
    """Say whether a number has more pieces of ink side by side than characters, or no room."""
    text = plain(characters)
    if not re.fullmatch(r"[0-9.,]+", text):
        return False
    inked = ink.any(axis=0)
    beside = int((inked & ~np.concatenate(([False], inked[:-1]))).sum())
    pieces = min(beside, cv2.connectedComponents(ink)[0] - 1)
    return pieces > len(text) or len(text) * 0.22 * tall > ink.shape[1] + 0.3 * tall
