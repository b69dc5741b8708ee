"""How each view is laid out for its templates: everything a letter prints, already in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rules.decision import Standing
from templates import words
from templates.answers import part_lines, titles, tone
from templates.points import Points, points

if TYPE_CHECKING:
    from collections.abc import Iterable

    from templates.views import (
        AnswerView,
        OwedView,
        ReminderItem,
        ReminderView,
        UnrecognisedView,
    )


@dataclass(frozen=True, slots=True)
class OwedLine:
    """One thing still owed, in words."""

    title: str
    due: str
    standing: str
    tone: str


@dataclass(frozen=True, slots=True)
class ReminderLine:
    """One thing a reminder asks for, with the open points of a returned one."""

    title: str
    item: str
    note: str
    due: str
    standing: str
    tone: str
    returned: bool
    points: Points


def answer_page(view: AnswerView) -> dict[str, Any]:
    """Lay out a receipt or correction list."""
    parts = tuple(part_lines(part) for part in view.parts)
    mail = points(view.findings)
    return {
        "view": view,
        "campaign": view.campaign,
        "title": titles(view),
        "parts": parts,
        "returned": tuple(part for part in parts if part.returned),
        "kept": tuple(part for part in parts if not part.returned),
        "mail": mail,
        "must": sum(part.points.count for part in parts),
        "owed": _owed(view.owed),
        "attachments": (*view.marked, *view.blanks),
    }


def unrecognised_page(view: UnrecognisedView) -> dict[str, Any]:
    """Lay out the answer to a mail in which nothing was recognised."""
    return {
        "view": view,
        "campaign": view.campaign,
        "mail": points(view.findings),
        "owed": _owed(view.owed),
        "attachments": view.blanks,
    }


def reminder_page(view: ReminderView) -> dict[str, Any]:
    """Lay out a reminder; `days` are calendar days left, negative once it is overdue."""
    names = list(dict.fromkeys(item.requirement.title for item in view.items))
    return {
        "view": view,
        "campaign": view.campaign,
        "title": names[0] if len(names) == 1 else f"{names[0]}等{len(names)}项",
        "days": (words.due_day(view.due) - view.now.date()).days,
        "items": tuple(_reminder_line(item) for item in view.items),
        "later": _owed(view.later),
        "attachments": view.blanks,
    }


def _owed(owed: Iterable[OwedView]) -> tuple[OwedLine, ...]:
    return tuple(
        OwedLine(
            one.title, words.due(one.due), words.word("standings", one.standing), tone(one.standing)
        )
        for one in owed
    )


def _reminder_line(item: ReminderItem) -> ReminderLine:
    return ReminderLine(
        title=item.requirement.title,
        item=item.item,
        note=item.requirement.note,
        due=words.due(item.due),
        standing=words.word("standings", item.standing),
        tone=tone(item.standing),
        returned=item.standing is Standing.RETURNED,
        points=points(item.findings, item.form),
    )
