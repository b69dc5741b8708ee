"""What people write into a roster's 手机, and when it cannot be a number to call."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_LEAST, _MOST = 7, 13  # digits: a local number, one with country or area code
_APART = re.compile(r"[、，,；;/\n]+")
_LANDLINE = re.compile(r"0\d{2,3}[-\s)]?\d{7,8}")
MOBILE_DIGITS = 11


@dataclass(frozen=True, slots=True)
class Phones:
    """The cell's text in half-width, "" where digits are lost; (problem code, number) of doubts."""

    text: str
    problems: tuple[tuple[str, str], ...] = ()


def read_phones(text: str) -> Phones:
    """Read one number or several; words beside them are kept for people."""
    plain = re.sub(
        r"(?<=\d)\.0+(?=$|[、，,；;/\n])", "", unicodedata.normalize("NFKC", text)
    ).strip()
    rounded = _ROUNDED.search(plain)
    if rounded is not None:
        return Phones("", (("rounded-phone", rounded[0]),))
    doubtful = [part for part in _APART.split(plain) if part.strip() and not _may_be(part)]
    return Phones(plain, tuple(("doubtful-phone", part.strip()) for part in doubtful[:1]))


def _may_be(part: str) -> bool:
    if _LANDLINE.search(part):
        return True
    digits = re.sub(r"^(?:\+?86)(?=1\d{10}$)", "", re.sub(r"\D", "", part))
    if digits[:1] == "1" and digits[1:2] in set("3456789"):
        return len(digits) >= MOBILE_DIGITS and len(digits) % MOBILE_DIGITS == 0
    return _LEAST <= len(digits) <= _MOST * 2
