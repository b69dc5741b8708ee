"""How answers to commands are laid out: the sentence of each code, with its facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rules.commands.command import Verb
from templates import words
from templates.pages import OwedLine, owed_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from templates.views import OrderView, OwnView, ProgressView, ToldView

_DONE = frozenset({"accepted", "accepted-late", "nil", "exempt"})


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """How far one requirement is, in words."""

    title: str
    due: str
    done: int
    total: int
    parts: str


@dataclass(frozen=True, slots=True)
class OwnLines:
    """What one of the asker's own units still owes."""

    name: str
    owed: tuple[OwedLine, ...]


class _Facts(dict[str, str]):
    """Facts that a sentence may ask for; one that is not known is left empty."""

    def __missing__(self, _key: str) -> str:
        return ""


def done_page(view: OrderView) -> dict[str, Any]:
    """Lay out what was done, and how to undo it."""
    entry = _commands("done")[view.code]
    of_unit = entry.get("of_unit") if view.facts.get("unit") else None
    of_many = entry.get("of_many") if view.facts.get("many") else None
    return _page(view, entry["title"], of_unit or of_many or entry["text"])


def confirm_page(view: OrderView) -> dict[str, Any]:
    """Lay out what is asked back before it is done."""
    entry = _commands("confirm")[view.code]
    return _page(view, entry["title"], entry["text"])


def unclear_page(view: OrderView) -> dict[str, Any]:
    """Lay out why something was not done."""
    said = _commands("refused")
    return _page(view, "", said.get(view.code, said["other"]))


def told_page(view: ToldView) -> dict[str, Any]:
    """Lay out what somebody asked to be told."""
    return {
        "view": view,
        "campaign": view.campaign,
        "title": _commands("told")[view.verb],
        "progress": tuple(_progress(one) for one in view.progress),
        "owed": owed_lines(view.owed),
        "help": _help(view) if view.verb is Verb.HELP else (),
        "attachments": view.attachments,
    }


def own_page(view: OwnView) -> dict[str, Any]:
    """Lay out what a submitter asked about its own units."""
    units = tuple(OwnLines(unit.name, owed_lines(unit.owed)) for unit in view.units)
    names = "、".join(unit.name for unit in view.units)
    return {
        "view": view,
        "campaign": view.campaign,
        "units": units,
        "names": names,
        "attachments": view.blanks,
    }


def _help(view: ToldView) -> tuple[tuple[str, str], ...]:
    facts = _Facts(view.examples)
    return tuple((line.format_map(facts), means) for line, means in _commands("help"))


def _page(view: OrderView, title: str, sentence: str) -> dict[str, Any]:
    facts = _Facts({name: words.shorten(fact) for name, fact in view.facts.items()})
    return {
        "view": view,
        "campaign": view.campaign,
        "title": title,
        "text": sentence.format_map(facts),
        "attachments": (),
    }


def _commands(section: str) -> Any:
    return words.load("commands.yaml")[section]


def _progress(one: ProgressView) -> ProgressLine:
    counts: Mapping[Any, int] = one.counts
    total = sum(counts.values())
    done = sum(count for standing, count in counts.items() if standing in _DONE)
    parts = (f"{words.word('standings', s)}{n}" for s, n in counts.items() if n)
    return ProgressLine(one.title, words.due(one.due), done, total, "，".join(parts))
