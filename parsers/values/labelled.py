"""How a sub-value is written in a remarks cell: 其中: 科技人员 300人."""

from __future__ import annotations

import re
from dataclasses import replace

from parsers.values.amounts import scan_amount
from parsers.values.answer import Asked, ValueRead, ambiguous, missing, unreadable
from parsers.values.characters import plain
from parsers.values.measures import one_word
from parsers.values.numbers import read_typed
from parsers.values.numerals import CHINESE, simplified

LONGEST = 4000  # characters of remarks
_JOIN = re.compile(r"\s*(?:\([^()]*\))?\s*[:为有是约=]?\s*")
_ENDS = re.compile(r"[;；。\n]|[、,，](?![0-9]{3}(?![0-9]))")
_MORE = re.compile(rf"\s*(?:-|—|~|至|到|/|、|\+|或)+\s*[0-9{CHINESE}]")


def read_after(text: str, label: str, asked: Asked) -> tuple[ValueRead, str]:
    """Read the number that `text` gives `label`; return it and the text without it."""
    if len(text) > LONGEST:
        return unreadable("too-long"), text
    bare = simplified(one_word(re.sub(r"_+", " ", plain(text))))
    name = r"\s*".join(re.escape(c) for c in simplified(plain(label)) if not c.isspace())
    places = list(re.finditer(name, bare)) if name else []
    if not places:
        return missing(), plain(text)
    answers = [_at(bare, place, asked) for place in places]
    filled = [answer for answer in answers if answer[0].status != "missing"]
    if len({answer[0].value for answer in filled}) > 1:
        return ambiguous("two-numbers"), plain(text)
    return (filled or answers)[0]


def _at(text: str, place: re.Match[str], asked: Asked) -> tuple[ValueRead, str]:
    start = _JOIN.match(text, place.end())
    begin = start.end() if start else place.end()
    amount = scan_amount(text, begin)
    if amount is None:
        return _before(text, place, asked)
    end = amount.end
    if _MORE.match(text, end):
        end = _end_of_clause(text, end)
    answer = read_typed(text[begin:end], replace(asked, label=""))
    return answer, _without(text, place.start(), end)


def _end_of_clause(text: str, position: int) -> int:
    stop = _ENDS.search(text, position + 1)
    return stop.start() if stop else len(text)


def _before(text: str, place: re.Match[str], asked: Asked) -> tuple[ValueRead, str]:
    """300名科技人员: the number stands before its label, in the same clause."""
    clause = re.split(r"[、,，;；。:\n]|其中|含", text[: place.start()])[-1]
    amount = scan_amount(clause)
    if amount is not None and amount.end == len(clause):
        start = place.start() - len(clause)
        return read_typed(clause, replace(asked, label="")), _without(text, start, place.end())
    return _nothing(text, place, asked)


def _nothing(text: str, place: re.Match[str], asked: Asked) -> tuple[ValueRead, str]:
    stop = _ENDS.search(text, place.end())
    end = stop.start() if stop else len(text)
    answer = read_typed(text[place.end() : end].lstrip(" :"), replace(asked, label=""))
    return answer, _without(text, place.start(), end)


def _without(text: str, start: int, end: int) -> str:
    rest = (text[:start].rstrip() + text[end:]).strip(" 、,，;；。\n")
    return "" if re.fullmatch(r"(?:其中|含)?[\s:，,、]*", rest) else rest
