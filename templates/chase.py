"""How letters that ask for what is still owed are laid out for their templates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rules.judging.nothing import thing_of
from rules.outcome import Standing
from templates import words
from templates.answers import tone
from templates.pages import owed_lines
from templates.points import Points, points

if TYPE_CHECKING:
    from templates.views import LinkView, ReminderItem, ReminderView, SuperiorUnit, SuperiorView


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A file of which only a link came, in words; each may be empty."""

    name: str
    size: str
    expires: str


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
    returned_at: str
    kept: tuple[str, ...]
    link: LinkLine | None
    points: Points


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit of a 上级, in words."""

    name: str
    titles: tuple[str, ...]
    due: str


def reminder_page(view: ReminderView) -> dict[str, Any]:
    """Lay out a reminder; `days` are calendar days left, negative once it is overdue."""
    names = list(dict.fromkeys(item.requirement.title for item in view.items))
    return {
        "view": view,
        "campaign": view.campaign,
        "title": names[0] if len(names) == 1 else f"{names[0]}等{len(names)}项",
        "days": (words.due_day(view.due) - view.now.date()).days,
        "items": tuple(_reminder_line(item) for item in view.items),
        "later": owed_lines(view.later),
        "nil_title": next((thing_of(i.requirement) for i in view.items if i.requirement.nil), ""),
        "attachments": view.blanks,
    }


def superior_page(view: SuperiorView) -> dict[str, Any]:
    """Lay out a letter to a 上级."""
    return {
        "view": view,
        "campaign": view.campaign,
        "units": tuple(_unit_line(unit) for unit in view.units),
        "attachments": (),
    }


def _unit_line(unit: SuperiorUnit) -> UnitLine:
    return UnitLine(unit.name, unit.titles, words.due(unit.due))


def _reminder_line(item: ReminderItem) -> ReminderLine:
    return ReminderLine(
        title=item.requirement.title,
        item=item.item,
        note=item.requirement.note,
        due=words.due(item.due),
        standing=words.word("standings", item.standing),
        tone=tone(item.standing),
        returned=item.standing is Standing.RETURNED,
        returned_at=words.clock(item.returned_at) if item.returned_at else "",
        kept=item.kept,
        link=_link_line(item.link) if item.link else None,
        points=points(item.findings, item.form),
    )


def _link_line(link: LinkView) -> LinkLine:
    expires = words.clock(link.expires) if link.expires else ""
    return LinkLine(words.shorten(link.name), words.shorten(link.size, 20), expires)
