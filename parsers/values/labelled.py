"""How a sub-value is written in a remarks cell: 其中: 科技人员 300人."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from parsers.short_texts import remembered
from parsers.values.amounts import Amount, scan_amount
from parsers.values.answer import Asked, ValueRead, ambiguous, found, missing, unreadable
from parsers.values.characters import is_nil, plain
from parsers.values.measures import one_word
from parsers.values.numbers import read_typed
from parsers.values.numerals import CHINESE, simplified

LONGEST = 4000  # characters of remarks
BOXES = "□☐☑☒■√✓✔"
_EDGES = " ,，;；。、()（）"
_JOIN = re.compile(r"\s*(?:人数|数量|数(?![十百千万亿]))?\s*(?:\([^()]*\))?\s*[:为有是约达=]?\s*")
_ENDS = re.compile(r"[;；。\n]|[、,，](?![0-9]{3}(?![0-9]))")
_CLAUSE = re.compile(r"[、,，;；。:\n(]")
# What may stand before a label and leave it its own: 其中, 1200人中, 学生500人和; not 非, 青年.
_LEAD = re.compile(
    r"(?:.*[0-9]\s*(?:人次?|名|位)?\s*(?:[和及与中]|以及)?)?"
    r"(?:其中|包括|包含|含|另有|还有|共有|有|参加的?|参与的?|各类|[0-9]{1,2}[.)]|\s)*"
)
_NOT_FROM = re.compile(r"(?:不含|不包括|不包含|除|没有)\s*$")
_BEING = re.compile(r"(?:为|是|系|属于?)\s*$")
_AFTER_LABEL = re.compile(r"\s*(?:$|[、,，;；。:)\n]|参加|参与|到场|出席)")
_NUMBER = re.compile(rf"[0-9]|[{CHINESE}]\s*(?:人|名|位)")
_EACH = re.compile(r"\s*[/每×*]")
_GOES_ON = re.compile(r"(?!其[中他余]|含|包括|包含)[^\W\d_]")
_MORE = re.compile(rf"\s*(?:-|—|~|至|到|/|、|\+|或)+\s*[0-9{CHINESE}]")


def read_words_after(text: str, label: str) -> tuple[ValueRead, str]:
    """Read the words behind `label`, up to the line's end or the next box: 请注明__某某协会__."""
    name = r"\s*".join(re.escape(c) for c in label if not c.isspace())
    place = re.search(rf"{name}[\s:：_＿]*([^\n{BOXES}]*)", text) if name else None
    words = re.sub(r"[\s_＿]+", " ", place[1]).strip(_EDGES) if place else ""
    if place is None or not words:
        return missing(), plain(text)
    if "\ufffd" in words:
        return unreadable("garbled"), plain(text)
    rest = f"{text[: place.start()].rstrip()}{text[place.end() :]}"
    return found(words, nil=is_nil(words)), plain(rest)


def read_after(text: str, label: str, asked: Asked) -> tuple[ValueRead, str]:
    """Read the number that `text` gives `label`; return it and the text without it."""
    if len(text) > LONGEST:
        return unreadable("too-long"), text
    return _read_after(text, label, asked)


@lru_cache(maxsize=128)  # a remark is read for its number, and for what else it says
def _read_after(text: str, label: str, asked: Asked) -> tuple[ValueRead, str]:
    bare = simplified(one_word(re.sub(r"_+", " ", plain(text))))
    name = _name(label)
    places = list(name.finditer(bare)) if name else []
    if not places:
        return missing(), plain(text)
    if "\ufffd" in bare:
        return unreadable("garbled"), plain(text)
    answers = [_at(bare, place, asked) for place in places]
    filled = [answer for answer in answers if answer[0].status != "missing"]
    if len({answer[0].value for answer in filled}) > 1:
        return ambiguous("two-numbers"), plain(text)
    return (filled or answers)[0]


@remembered
def _name(label: str) -> re.Pattern[str] | None:
    """Return what finds a label however it is spaced, None for one without a letter."""
    letters = [re.escape(c) for c in simplified(plain(label)) if not c.isspace()]
    return re.compile(r"\s*".join(letters)) if letters else None


def _at(text: str, place: re.Match[str], asked: Asked) -> tuple[ValueRead, str]:
    if (
        not _is_own_label(text[: place.start()])
        and _amount_before(text[: place.start()])[0] is None
    ):
        return _foreign(text), plain(text)
    start = _JOIN.match(text, place.end())
    begin = start.end() if start else place.end()
    amount = scan_amount(text, begin)
    if amount is None:
        return _before(text, place, asked)
    if _belongs_to_more(text, amount):
        return ambiguous("words"), plain(text)
    end = amount.end
    if _MORE.match(text, end):
        end = _end_of_clause(text, end)
    answer = read_typed(text[begin:end], replace(asked, label=""))
    return answer, _without(text, place.start(), end)


def _is_own_label(before: str) -> bool:
    """Say whether no word before a label makes it another one: 非, 青年, 志愿者和."""
    clause = _CLAUSE.split(before)[-1]
    return _LEAD.fullmatch(clause) is not None and _NOT_FROM.search(clause) is None


def _foreign(text: str) -> ValueRead:
    """Ask about 非科技人员300人; without any number nothing is stated."""
    return ambiguous("words") if _NUMBER.search(text) else missing()


def _belongs_to_more(text: str, amount: Amount) -> bool:
    """Say whether words go on after a number as in 科技人员5月20日, or 30人/场."""
    rest = text[amount.end :]
    if _EACH.match(rest):
        return True
    apart = text[amount.end - 1].isspace()
    return not amount.units and not apart and _GOES_ON.match(rest) is not None


def _end_of_clause(text: str, position: int) -> int:
    stop = _ENDS.search(text, position + 1)
    return stop.start() if stop else len(text)


def _before(text: str, place: re.Match[str], asked: Asked) -> tuple[ValueRead, str]:
    """300名科技人员, 300人为科技人员: the number stands before its label, in the same clause."""
    amount, start = _amount_before(text[: place.start()])
    if amount is None:
        return _nothing(text, place, asked)
    if not _AFTER_LABEL.match(text, place.end()):
        return ambiguous("words"), plain(text)
    answer = read_typed(text[start : start + amount.end], replace(asked, label=""))
    return answer, _without(text, start, place.end())


def _amount_before(before: str) -> tuple[Amount | None, int]:
    clause = re.split(r"[、,，;；。:\n(]|其中|含", before)[-1]
    amount = scan_amount(clause)
    ends = amount is not None and not _BEING.sub("", clause[amount.end :]).strip()
    return (amount if ends else None), len(before) - len(clause)


def _nothing(text: str, place: re.Match[str], asked: Asked) -> tuple[ValueRead, str]:
    stop = _ENDS.search(text, place.end())
    end = stop.start() if stop else len(text)
    answer = read_typed(text[place.end() : end].lstrip(" :"), replace(asked, label=""))
    return answer, _without(text, place.start(), end)


def _without(text: str, start: int, end: int) -> str:
    rest = (text[:start].rstrip() + text[end:]).strip(" 、,，;；。\n")
    rest = re.sub(r"^(其中|含)[\s:]*[，,、;；]\s*", r"\1：", rest)
    return "" if re.fullmatch(r"(?:其中|含)?[\s:，,、]*", rest) else rest
