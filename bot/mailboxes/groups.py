"""Which mails are small enough to be asked for together: a command costs as much as some do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.message.identity import PIECE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from bot.mailboxes.base import Label

MOST_MAILS, MOST_BYTES = 16, PIECE  # of one command
SMALL = PIECE // 4  # bytes; what is larger costs far more than its command


def groups(wanted: Sequence[Label], alone: AbstractSet[int]) -> Iterator[list[Label]]:
    """Part mails, in their order, into what one command asks for; those in `alone` stay so.

    Nor does a mail join others whose size the server does not say.
    """
    group: list[Label] = []
    for label in wanted:
        if group and not _fits(group, label, alone):
            yield group
            group = []
        group.append(label)
    if group:
        yield group


def _fits(group: Sequence[Label], label: Label, alone: AbstractSet[int]) -> bool:
    joined = (*group, label)
    small = all(0 < one.size <= SMALL and one.uid not in alone for one in (group[0], label))
    return small and len(joined) <= MOST_MAILS and sum(one.size for one in joined) <= MOST_BYTES
