"""Which reading is slow, and the lane where it waits so that it holds up nobody else.

Nothing that a sender writes about a file says how long it takes. So every mail is first read
quickly; what has not ended by then, what only LibreOffice opens, and pictures of paper are handed
over to a lane of their own, each worked by one thread; their processes give way to the others.
Pictures beside a form that has been read mostly show the event. One of them may be the form on
paper, so they are looked at all the same, but not behind everybody's scans.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from bot.reading.looking import is_picture
from parsers.legacy import legacy_of

if TYPE_CHECKING:
    from parsers.mail import Mail
    from rules.judging.noted import Noted

QUICK_SECONDS = 5.0  # a form takes some hundredths of one, a full archive rarely two
SPAN = 10  # within a lane, the number that bot/mails/lanes.py gave a mail is its place in turn


class Lane(IntEnum):
    """Lanes of reading, by what a mail needs besides a few seconds."""

    QUICK = 0
    LONG = 1
    OFFICE = 2
    PAPER = 3
    PHOTOS = 4

    @property
    def numbers(self) -> range:
        """What the ledger calls it."""
        return range(self * SPAN, (self + 1) * SPAN)


SLOW = (Lane.LONG, Lane.OFFICE, Lane.PAPER, Lane.PHOTOS)


class HandOver(Exception):  # noqa: N818 - no error: where the mail is read instead
    """A mail needs what only another lane has."""

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane.name)
        self.lane = lane


def lane_of(mail: Mail, found: Noted) -> Lane:
    """Return where a mail that has been read gets what it still needs."""
    pictures = [file for file in mail.files if is_picture(file)]
    if any(not file.inline for file in pictures) or (pictures and not found.has_filled):
        return Lane.PHOTOS if found.has_filled else Lane.PAPER
    return Lane.OFFICE if any(map(legacy_of, mail.files)) else Lane.QUICK
