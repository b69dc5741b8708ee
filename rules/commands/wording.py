"""How a command is written: as people read it on a button, and as it is read back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rules.commands.command import EVERYTHING, WORDS, Command, Verb
from rules.commands.resolve import EACH_UNIT, Resolved, resolve
from rules.commands.said import read_said
from rules.decision import EACH

if TYPE_CHECKING:
    from rules.campaign import Campaign

ALL = "全部"


def text_of(command: Command, campaign: Campaign) -> str:
    """Return a command in words: 认领 第12号 → 赤峰市科学技术局.

    A name that would be read back as something else is given by its id.
    """
    unit = campaign.roster.get(command.unit)
    titles = {r.key: r.title for r in campaign.file.requirements}
    title = titles.get(command.requirement, command.requirement)
    name = EACH_UNIT if command.unit == EACH else command.unit
    text = _written(command, unit.name if unit else name, title)
    means = _means(text, command, campaign)
    return text if means else _written(command, command.unit, command.requirement)


def _written(command: Command, unit: str, requirement: str) -> str:
    asked = ALL if requirement == EVERYTHING else requirement
    said = " ".join(part for part in _parts(command, unit, asked) if part)
    return f"{WORDS[command.verb][0]} {said}".strip()


def _parts(command: Command, unit: str, requirement: str) -> tuple[str, ...]:
    number = "" if command.number is None else f"第{command.number}号"
    match command.verb:
        case Verb.CLAIM | Verb.ENLIST:
            return (number, "→", unit)
        case Verb.EXTEND:
            return (unit, requirement, "到", _day(command.day))
        case Verb.RELEASE | Verb.REFUSE:
            letter = "" if command.number is None else f"第{command.number}封"
            return (requirement, "到" * bool(requirement and letter), letter)
        case Verb.ADOPT:
            return (f"第{command.number}版",)
    return (number, unit, requirement)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _means(text: str, command: Command, campaign: Campaign) -> bool:
    said = read_said(text, "")
    told = resolve(said, campaign, date.min) if said else None
    return told == Resolved(command)
