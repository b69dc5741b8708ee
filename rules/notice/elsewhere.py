"""Where material is named when its deadline stands in another sentence: lists before or after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.notice.acts import Act, read_acts, sends
from rules.notice.annexes import Source
from rules.notice.dates import Moment, Years
from rules.notice.deadlines import Deadline, find_deadlines
from rules.notice.mailboxes import Mailbox
from rules.notice.material import Thing, find_things
from rules.notice.model import NoticeForm

if TYPE_CHECKING:
    from rules.notice.flat import Flat

_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、")
_ITEM = re.compile(r"(?:\d{1,2}[.、]|[①-⑳]|\([一二三四五六七八九十\d]{1,3}\))")
_MATERIAL_HEAD = re.compile(
    r"(?:报送|申报|提交|上报|推荐|报名|需提供|所需)(?:的)?(?:材料|内容|资料|清单)"
)
_MATERIAL_SECTION = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\d{1,2}[.、])?(?:需要?)?"
    r"(?:报送|申报|提交|上报|推荐|报名|征集)(?:的)?(?:材料|资料)(?:清单|目录|要求|及要求)?[:。]?"
)
_NAME_ENDS = re.compile(r"[:,;。(]")
NEAR = 14  # sentences looked through


@dataclass(frozen=True, slots=True)
class Reading:
    """What requirements are read from."""

    source: Source
    years: Years
    forms: tuple[NoticeForm, ...]
    annexes: dict[int, str]
    skip: tuple[int, int]  # the title
    mailboxes: tuple[Mailbox, ...] = ()

    @property
    def flat(self) -> Flat:
        """The notice's flat text."""
        return self.source.flat


def elsewhere(
    reading: Reading, sentences: list[tuple[int, int]], index: int, act: Act
) -> tuple[Thing, ...]:
    """Return material named before the deadline's sentence, or in a list after it."""
    earlier = find_things(reading.flat.text, max(sentences[index][0], reading.skip[1]), act.first)
    if earlier and not act.refers:
        return tuple(earlier)
    if act.refers == "below":
        return _below(reading.flat, sentences, index)
    return _above(reading, sentences, index, act) or _in_section(reading.flat, sentences, act)


def _in_section(flat: Flat, sentences: list[tuple[int, int]], act: Act) -> tuple[Thing, ...]:
    """Return what the section 报送材料 lists, wherever it stands, for a day that names nothing."""
    if not act.sends or act.deadline.how == "on":
        return ()
    for index, (first, last) in enumerate(sentences):
        if _MATERIAL_SECTION.fullmatch(flat.text, first, last):
            return _below(flat, sentences, index)
    return ()


def _below(flat: Flat, sentences: list[tuple[int, int]], index: int) -> tuple[Thing, ...]:
    found: list[Thing] = []
    for first, last in sentences[index + 1 : index + NEAR]:
        if _SECTION.match(flat.text, first):
            break
        things = listed(flat, first, last) or _item_name(flat, first, last)
        if not things and found:
            break
        found.extend(things)
    return tuple(found)


def _above(
    reading: Reading, sentences: list[tuple[int, int]], index: int, act: Act
) -> tuple[Thing, ...]:
    """Return the material of the nearest sentences before: of this section, else of those before.

    Sentences with a deadline of their own have told whose they are.
    """
    flat = reading.flat
    found: list[Thing] = []
    for first, last in reversed(sentences[max(0, index - NEAR) : index]):
        if find_deadlines(flat.text, first, last, reading.years):
            break
        begin = max(first, reading.skip[1])
        things = listed(flat, begin, last) if begin < last else []
        if act.refers and not things:
            things = _item_name(flat, begin, last)
        if not things and found and not _ITEM.match(flat.text, first):
            break
        found[:0] = things
    return tuple(found)


def listed(flat: Flat, first: int, last: int) -> list[Thing]:
    """Return things of a numbered item, of 材料：…, or of a sentence that asks for them."""
    text = flat.text[first:last]
    item = _ITEM.match(text)
    head = _MATERIAL_HEAD.search(text)
    if item or head:
        start = first + (head.end() if head else item.end() if item else 0)
        return find_things(flat.text, start, last)
    if not sends(text):
        return []

    nowhere = Deadline(last, last, Moment(None, None), "")
    return list(read_acts(flat.text, first, last, [nowhere])[0].things)


def _item_name(flat: Flat, first: int, last: int) -> list[Thing]:
    """Return what a numbered item names first, where a list is known to be of material."""
    item = _ITEM.match(flat.text, first)
    if item is None or _SECTION.match(flat.text, first):
        return []
    stop = _NAME_ENDS.search(flat.text, item.end(), last)
    end = stop.start() if stop else last
    name = flat.text[item.end() : end].strip("《》“”")
    return [Thing(name, "report", item.end(), end)] if 2 <= len(name) <= 20 else []
