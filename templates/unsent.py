"""How letters that have not left are put before their coordinators, all in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from templates import words
from templates.views import OrderButton

if TYPE_CHECKING:
    from collections.abc import Iterable

    from templates.views import (
        ApprovalView,
        RehearsedView,
        WaitingLetters,
        WaitingView,
    )

MOST_TEXT = 120  # lines of a letter that are shown


@dataclass(frozen=True, slots=True)
class RehearsedLine:
    """A letter that a rehearsal did not send, in words."""

    kind: str
    recipients: str
    subject: str


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A letter that waits for a coordinator, line by line; `cut`: there are more lines."""

    number: str
    kind: str
    recipients: str
    unit_name: str
    subject: str
    at: str
    lines: tuple[str, ...]
    cut: bool
    files: tuple[str, ...]
    buttons: tuple[OrderButton, ...]


def approval_page(view: ApprovalView) -> dict[str, Any]:
    """Lay out the letters that a coordinator is asked to look at."""
    page = {"view": view, "campaign": view.campaign, "attachments": ()}
    return page | waiting_page(view.waiting)


def waiting_page(waiting: WaitingLetters) -> dict[str, Any]:
    """Lay out waiting letters for any page that shows them."""
    return {
        "waiting": tuple(_waiting(one) for one in waiting.shown),
        "behind": waiting.behind,
        "everything": waiting.everything,
    }


def rehearsed_lines(letters: Iterable[RehearsedView]) -> tuple[RehearsedLine, ...]:
    """Put letters that a rehearsal did not send into words."""
    return tuple(
        RehearsedLine(
            words.word("letter_kinds", letter.kind),
            "、".join(letter.recipients),
            words.shorten(letter.subject),
        )
        for letter in letters
    )


def kinds_of(letters: Iterable[RehearsedView]) -> tuple[tuple[str, int], ...]:
    """Count letters by kind, in words, most of all first."""
    counts = Counter(words.word("letter_kinds", letter.kind) for letter in letters)
    return tuple(counts.most_common())


def _waiting(one: WaitingView) -> WaitingLine:
    lines = one.text.splitlines()
    return WaitingLine(
        number=one.number,
        kind=words.word("letter_kinds", one.kind),
        recipients="、".join(one.recipients),
        unit_name=one.unit_name,
        subject=one.subject,
        at=words.clock(one.at),
        lines=tuple(lines[:MOST_TEXT]),
        cut=len(lines) > MOST_TEXT,
        files=one.files,
        buttons=one.buttons,
    )
