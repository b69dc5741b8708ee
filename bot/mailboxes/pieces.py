"""A large mail in pieces: no more than one of them is in memory, and all of them or none count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from bot.mailboxes.base import BadAnswer, NotWhole, WorldFault
from parsers.message.identity import PIECE

if TYPE_CHECKING:
    from bot.mailboxes.base import Label
    from bot.mailboxes.session import Session


class Pieces:
    """One mail of a server, as an iterator of its bytes; NotWhole when not all can be had.

    `fault` is why, for whoever holds the connection. RFC822.SIZE is no proof of a size, and some
    servers count pieces wrongly: whatever does not add up is not believed.
    """

    def __init__(self, session: Session, label: Label) -> None:
        self._session, self._label = session, label
        self._start, self._ended = 0, False
        self.fault: Exception | None = None

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        if self._ended:
            raise StopIteration
        try:
            piece = self._asked()
        except (BadAnswer, WorldFault) as fault:
            self._ended, self.fault = True, fault
            raise NotWhole(str(fault)) from fault
        self._start += len(piece)
        if not piece:
            raise StopIteration
        return piece

    def _asked(self) -> bytes:
        """Return the next piece, b"" at the end; BadAnswer when it is not what was promised."""
        label = self._label
        piece = self._session.piece(label.uid, self._start, PIECE) or b""
        self._ended = len(piece) < PIECE
        if len(piece) > PIECE or (self._ended and self._start + len(piece) != label.size):
            raise BadAnswer(f"fetch: the pieces of a mail of {label.size} bytes do not add up")
        return piece
