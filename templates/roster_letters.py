"""How the answers to a mailed roster are laid out: what would change, by what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rules.rosters.change import Kind, RosterChange
from templates import words
from templates.broken import MOST_LISTED, problem_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from templates.views import RosterView

_MOST_OF_KIND = 40
_MOST_WARNINGS = 12


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One unit of a group and what would change there; `warning` is "" or what to consider."""

    name: str
    what: str
    warning: str = ""


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """The units to which one kind of thing would happen; `more` of them are not listed."""

    title: str
    tone: str
    lines: tuple[ChangeLine, ...]
    more: int = 0


def proposed_page(view: RosterView) -> dict[str, Any]:
    """Lay out what a mailed roster would change."""
    warnings = problem_lines(view.problems)
    groups = tuple(_groups(view))
    return {
        "view": view,
        "campaign": view.campaign,
        "groups": groups,
        "count": len(view.changes),
        "grave": _is_grave(view),
        "warnings": warnings[:_MOST_WARNINGS],
        "left_out": max(0, len(warnings) - _MOST_WARNINGS),
        "attachments": view.attachments,
    }


def faulty_page(view: RosterView) -> dict[str, Any]:
    """Lay out what is wrong in a mailed roster."""
    errors = problem_lines(tuple(p for p in view.problems if not p.is_warning))
    return {
        "view": view,
        "campaign": view.campaign,
        "count": len(errors),
        "problems": errors[:MOST_LISTED],
        "left_out": max(0, len(errors) - MOST_LISTED),
        "attachments": view.attachments,
    }


def _is_grave(view: RosterView) -> bool:
    """Say whether so many units would go that the sheet may be only a part of the roster."""
    gone = sum(change.kind is Kind.REMOVED for change in view.changes)
    return gone > 2 and gone * 3 > view.before


def _groups(view: RosterView) -> Iterator[ChangeGroup]:
    said = words.load("roster.yaml")
    handed_in = dict(view.removed)
    for kind in Kind:
        lines = [_line(c, handed_in, said) for c in view.changes if c.kind is kind]
        if lines:
            entry = said["changes"][kind]
            units = len({line.name for line in lines})
            title = entry["title"].format(count=units)
            shown = tuple(lines[:_MOST_OF_KIND])
            yield ChangeGroup(title, entry["tone"], shown, len(lines) - len(shown))


def _line(
    change: RosterChange, handed_in: dict[str, tuple[str, ...]], said: dict[str, Any]
) -> ChangeLine:
    titles = handed_in.get(change.unit, ())
    warning = ""
    if change.kind is Kind.REMOVED and titles:
        warning = said["handed-in"].format(titles=said["comma"].join(titles))
    what = "" if warning else _what(change, said)
    return ChangeLine(words.excerpt(change.name, 60), what, warning)


def _what(change: RosterChange, said: dict[str, Any]) -> str:
    if change.kind is Kind.ADDRESSES:
        return _addresses(change, said)
    values = {
        "column": change.column,
        "about": words.clean(change.about),
        "before": words.excerpt(change.before, 80) or said["nothing"][change.kind],
        "after": words.excerpt(change.after, 80) or said["nothing"][change.kind],
    }
    if change.kind in {Kind.EXTENDED, Kind.NOT_EXTENDED}:
        values |= {name: words.full_date(values[name]) for name in ("before", "after")}
    line: str = said["changes"][change.kind]["line"].format(**values)
    return line


def _addresses(change: RosterChange, said: dict[str, Any]) -> str:
    """Say which addresses come and which go; only another order where none does."""
    before, after = (text.split("; ") if text else [] for text in (change.before, change.after))
    parts: Sequence[tuple[str, list[str]]] = (
        ("added-address", [one for one in after if one not in before]),
        ("gone-address", [one for one in before if one not in after]),
    )
    told = [
        said[code].format(addresses=said["comma"].join(those)) for code, those in parts if those
    ]
    first: str = said["first-address"].format(address=after[0] if after else "")
    return str(said["semicolon"].join(told)) or first
