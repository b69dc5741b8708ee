"""How each view is laid out for its templates: everything a letter prints, already in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from templates import words
from templates.answers import part_lines, titles, tone, whose
from templates.points import points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from templates.views import AnswerView, OwedView, UnrecognisedView


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One thing still owed, in words."""

    title: str
    due: str
    standing: str
    tone: str


def answer_page(view: AnswerView) -> dict[str, Any]:
    """Lay out a receipt or correction list."""
    parts = tuple(part_lines(part) for part in view.parts)
    mail = points(view.findings)
    return {
        "view": view,
        "campaign": view.campaign,
        "title": titles(view),
        "whose": whose(view),
        "several": any(part.unit_name for part in view.parts),
        "parts": parts,
        "returned": tuple(part for part in parts if part.returned),
        "kept": tuple(part for part in parts if not part.returned),
        "mail": mail,
        "must": sum(part.points.count for part in parts),
        "owed": owed_lines(view.owed),
        "attachments": (*view.marked, *view.blanks),
    }


def unrecognised_page(view: UnrecognisedView) -> dict[str, Any]:
    """Lay out the answer to a mail in which nothing was recognised."""
    return {
        "view": view,
        "campaign": view.campaign,
        "several": False,
        "forgotten": any(f.code == "attachment-missing" for f in view.findings),
        "mail": points(view.findings),
        "owed": owed_lines(view.owed),
        "attachments": view.blanks,
    }


def owed_lines(owed: Iterable[OwedView]) -> tuple[OwedLine, ...]:
    """Put what is still owed into words."""
    return tuple(
        OwedLine(
            one.title, words.due(one.due), words.word("standings", one.standing), tone(one.standing)
        )
        for one in owed
    )
