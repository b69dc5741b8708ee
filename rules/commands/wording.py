"""How a command is written: as people read it on a button, and as it is read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rules.commands.command import EVERYTHING, WORDS, Command, Verb

if TYPE_CHECKING:
    from rules.campaign import Campaign

ALL = "全部"


def text_of(command: Command, campaign: Campaign) -> str:
    """Return a command in words: 认领 第12号 → 赤峰市科学技术局."""
    word = WORDS[command.verb][0]
    said = " ".join(part for part in _parts(command, campaign) if part)
    return f"{word} {said}" if said else word


def _parts(command: Command, campaign: Campaign) -> tuple[str, ...]:
    unit = _unit(command, campaign)
    match command.verb:
        case Verb.CLAIM:
            return (f"第{command.number}号", "→", unit)
        case Verb.EXTEND:
            return (unit, _requirement(command, campaign), "到", _day(command))
        case Verb.UNDO:
            return (f"第{command.number}号",)
        case Verb.ADOPT:
            return (f"第{command.number}版",)
    number = f"第{command.number}号" if command.number is not None else ""
    return (number, unit, _requirement(command, campaign))


def _unit(command: Command, campaign: Campaign) -> str:
    unit = campaign.roster.get(command.unit)
    return unit.name if unit else command.unit


def _requirement(command: Command, campaign: Campaign) -> str:
    if command.requirement in {"", EVERYTHING}:
        return ALL if command.requirement else ""
    titles = {r.key: r.title for r in campaign.file.requirements}
    return titles.get(command.requirement, command.requirement)


def _day(command: Command) -> str:
    day = command.day
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
