"""What a Word field shows: the result it stored, a form field's state, or a drawn character."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.formats.ooxml.xml import Element, integer
from parsers.formats.word.controls import TICKED, UNTICKED
from parsers.formats.word.names import VAL, W, is_on, value

# 带圈字符: eq \o\ac(□,√) has no stored result
_ENCLOSED = re.compile(r"eq\s*\\o\s*\\ac\s*\((.)\s*[,，;；]\s*([^()]{1,3})\)", re.IGNORECASE)
# 拼音指南 in a .doc: eq \o\ad(\s\up 9(wū),乌)
_RUBY = re.compile(
    r"eq\b.*\\o(?:\s*\\a[a-z])?\s*\(\\s\s*\\up\s*\d+\s*\([^()]*\)[,，;；]([^()]*)\)", re.IGNORECASE
)
_BOXES, _TICKS, _CROSSES = "□☐◻▢○◯〇", "√✓✔", "×✗✘xX"
_FORM = W("ffData")


@dataclass(slots=True)
class Field:
    """A complex field being walked through, from its begin to its end."""

    silent: bool = False  # its state was said at the beginning, so its result is not read
    in_code: bool = True
    code: list[str] = field(default_factory=list)
    spoke: bool = False


def form_state(begin: Element) -> str | None:
    """Return what a legacy check box or drop-down says; None when it is neither."""
    data = begin.find(_FORM)
    if data is None:
        return None
    box, choice = data.find(W("checkBox")), data.find(W("ddList"))
    if box is not None:
        kept = W("checked") if box.find(W("checked")) is not None else W("default")
        return TICKED if is_on(box, kept) else UNTICKED
    return None if choice is None else _chosen(choice)


def _chosen(choice: Element) -> str:
    entries = [entry.get(VAL, "") for entry in choice.findall(W("listEntry"))]
    index = integer(value(choice, W("result")) or value(choice, W("default")))
    return entries[index] if 0 <= index < len(entries) else ""


def drawn(code: str) -> str:
    """Return what an EQ field draws: a tick in a box is ☑, a digit in a ring is ①, 乌 under wū."""
    spelt = _RUBY.search(code)
    if spelt is not None:
        return spelt[1]
    found = _ENCLOSED.search(code)
    if found is None:
        return ""
    frame, inside = found[1], found[2].strip()
    if frame in _BOXES and inside and inside in _TICKS:
        return TICKED
    if frame in _BOXES and inside and inside in _CROSSES:
        return "☒"
    if inside.isascii() and inside.isdigit() and 1 <= int(inside) <= 20:
        return chr(0x245F + int(inside))
    return inside
