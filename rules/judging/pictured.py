"""A picture of the form that stands, sealed and photographed later: what it says is known.

A unit mails the Word file first and its stamped page days after. Where every cell that can be read
says what was registered, words are spelled as they were there, and the few cells that are blurred
have what was registered; the receipt says which.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.message.quotation import own_lines
from rules.judging.copies import bears_out, is_seen, is_unsure
from rules.judging.nothing import is_reply
from rules.reading import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.mail import Mail
    from rules.judging.arrival import History
    from rules.judging.evidence import Piece
    from rules.reading import FieldReading, Reading

REGISTERED = "as-registered"
_NEW = re.compile(
    r"[更改修订]正|修改|改[好过动了]|修订|有误|[填写报发弄]错|错误|重[新报发填做]|为准|最新|最终|终稿|新版"
    r"|变[更动化]|调整|替换|作废|更新|新增|增加"
)


def as_registered(
    mail: Mail, pieces: Sequence[Piece], unit: str, history: History
) -> tuple[Piece, ...]:
    """Read pictures of forms that are in force by these, unless the mail speaks of a change."""
    names = (file.name for piece in pieces for file in piece.files)
    subject = "" if is_reply(mail.subject) else mail.subject  # ours may ask for a correction
    if _NEW.search("\n".join((subject, *own_lines(mail.text), *names))):
        return tuple(pieces)
    return tuple(_by_registered(piece, unit, history) for piece in pieces)


def _by_registered(piece: Piece, unit: str, history: History) -> Piece:
    if piece.reading is None or not is_seen(piece):
        return piece
    owed = (piece.campaign.id, unit, piece.requirement.key, piece.item)
    standing = history.in_force(*owed)
    if standing is None or not _shows(piece.reading, standing):
        return piece
    fields = tuple(map(_as_typed, piece.reading.fields, standing.fields))
    return replace(piece, reading=replace(piece.reading, fields=fields))


def _shows(seen: Reading, standing: Reading) -> bool:
    """Say whether most of the registered form can be read, and nothing that is not in it."""
    if _asked(seen) != _asked(standing) or _added(seen) != _added(standing):
        return False
    pairs = list(zip(standing.fields, seen.fields, strict=True))
    unsure = [known for known, answer in pairs if is_unsure(answer)]
    read = sum(answer.status is Status.FOUND for _, answer in pairs)
    known = all(one.status is Status.FOUND for one in unsure)
    return known and read > len(unsure) and all(bears_out(*pair) for pair in pairs)


def _asked(reading: Reading) -> tuple[str, ...]:
    """Return what a form asked, which an admin may have changed since."""
    return (reading.form, *(answer.key for answer in reading.fields))


def _added(reading: Reading) -> list[str]:
    return sorted(str(row.value) for row in reading.extra)


def _as_typed(seen: FieldReading, known: FieldReading) -> FieldReading:
    """Return an answer at the picture's cell, where a person can compare it."""
    if is_unsure(seen):
        noted = (REGISTERED,)
        return replace(seen, status=known.status, value=known.value, nil=known.nil, notes=noted)
    return replace(seen, value=known.value) if isinstance(known.value, str) else seen
