"""How long a report must be at least: beside its name in brackets, or wherever it is said."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from rules.notice.material import Thing, find_things
from rules.notice.merging import alike

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.notice.elsewhere import Reading
    from rules.notice.model import Owed

_LEAST = re.compile(r"(?:不少于|不低于|不得少于|至少|≥|>=?)(\d{2,5})字|(?<![\d-])(\d{3,5})字以上")
# where the name of a thing ends and what is said of it begins: 活动总结应包括…,字数不少于500字
_SAID = re.compile(
    r"[,;:、(]|字数|篇幅|正文|全文|内容|包括|一般|原则上|主要|重点|每篇|应|须|需|要|均|为|在"
)
_ASKED = re.compile(r"报送|提交|上报|递交|撰写|形成|将|把")  # and where it may begin
_PAPERS = re.compile(r"(?:(?<=总结)报告|(?<=..)材料)$")  # 总结材料 is the 总结
FAR = 150  # characters from which a length is no longer of a thing

MOST = 40  # lengths of one notice


def length_beside(thing: Thing) -> int | None:
    """Return the least length in 活动总结(不少于1500字)."""
    match = _LEAST.search(thing.aside)
    return _number(match) if match else None


def with_lengths(reading: Reading, found: list[Owed]) -> list[Owed]:
    """Give a report the length that the notice asks of it in another place, if it is but one."""
    said = list(_said(reading)) if any(owed.kind == "report" for owed in found) else []
    return [_measured(owed, said, found) for owed in found] if said else found


def _measured(owed: Owed, said: list[tuple[str, int]], found: list[Owed]) -> Owed:
    if owed.kind != "report" or owed.characters is not None:
        return owed
    lengths = {length for title, length in said if _means(title, owed.title, found)}
    return replace(owed, characters=lengths.pop()) if len(lengths) == 1 else owed


def _means(said: str, title: str, found: list[Owed]) -> bool:
    """Say whether a thing named with its length is the one of this title, and no other."""
    bare = _PAPERS.sub("", said)
    return {one.title for one in found if alike(_PAPERS.sub("", one.title), bare)} == {title}


def _said(reading: Reading) -> Iterator[tuple[str, int]]:
    """Yield what is named last before a length, with it; not what the blanks ask of a cell."""
    text = reading.flat.text
    for match in islice(_LEAST.finditer(text), MOST):
        first, _ = reading.flat.sentence(match.start())
        thing = _named(text, max(first, match.start() - FAR), match.start())
        if thing is not None and thing.kind == "report" and not _in_blank(reading, match):
            yield thing.title, _number(match)


def _named(text: str, first: int, last: int) -> Thing | None:
    begins = [first, *(asked.end() for asked in _ASKED.finditer(text, first, last))]
    ends = [*(said.start() for said in _SAID.finditer(text, first, last)), last]
    parts = [(max(b for b in begins if b <= end), end) for end in ends]
    things = (thing for part in parts for thing in find_things(text, *part))
    return max(things, key=lambda thing: thing.start, default=None)


def _in_blank(reading: Reading, match: re.Match[str]) -> bool:
    block = reading.source.block_at(match.start())
    return any(form.has(block) for form in reading.forms)


def _number(match: re.Match[str]) -> int:
    return int(match[1] or match[2])
