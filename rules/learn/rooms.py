"""Room for an answer in the middle of a sentence: no field is proposed for it, so it is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.values.measures import as_measure
from rules.labels import squeeze
from rules.learn.boxes import has_boxes
from rules.learn.cells import is_blank, is_note
from rules.learn.lines import line_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rules.learn.asked import Asked
    from rules.reader.page import Page

_RULED = re.compile(r"(?<=[^\W_])(?<!注明)(?<!说明)(?<!其[他它])\s?[_＿]{3,}")  # 目前从业人员____人
_ROOM = re.compile(r"[_＿]{2,}|[ 　\t]{2,}")
_UNIT = re.compile(r"([^\W_]{1,4}|%)")
SHOWN = 24  # letters of a sentence that is told


def unread_rooms(page: Page, lines: range, asked: list[Asked]) -> list[str]:
    """Return how the sentences begin whose room for an answer no field reads."""
    places = {one.order for one in asked}
    slots = [s for number in lines for s in page.lines[number].slots if s.table is None]
    texts = [s.text for s in slots if _has_room(s.text, known=(s.line, s.column) in places)]
    return list(dict.fromkeys(re.sub(r"[_＿\s]+", "…", t.strip())[:SHOWN] for t in texts))


def _has_room(text: str, *, known: bool) -> bool:
    """Say whether a line has room that is not all there is behind its label."""
    label = line_label(text) if known else None
    rest = text[len(label) + 1 :] if label is not None else text
    if is_blank(rest) or is_note(text) or len(squeeze(rest)) < 2:
        return False
    measured = sum(1 for _ in _measured(rest))
    if known:
        return measured > 1 or (measured == 1 and has_boxes(rest))
    return measured > 0 or (_RULED.search(rest) is not None and not has_boxes(rest))


def _measured(text: str) -> Iterator[str]:
    """Yield the units printed right behind room: ____万元."""
    for room in _ROOM.finditer(text):
        unit = _UNIT.match(text, room.end())
        sizes = range(len(unit[1]), 0, -1) if unit else ()
        named = next((unit[1][:n] for n in sizes if unit and as_measure(unit[1][:n])), None)
        if named and named not in "年月日时分":
            yield named
