"""One order and what may come of it: a plan to carry out, or why it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.office import Office
from rules.campaign import Campaign
from rules.commands.command import Command
from state.rows.acts import Effect

Facts = dict[str, str]


@dataclass(frozen=True, slots=True)
class Order:
    """A command of one campaign, by somebody on its record."""

    office: Office
    campaign: Campaign
    command: Command
    sender: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What carrying it out changes, and what is told of it (templates/commands.yaml, `done`).

    `command` is the command made exact, when the one given left something to the ledger.
    `after` runs once it is committed; a crash may keep it from running.
    """

    effects: tuple[Effect, ...]
    facts: Facts = field(default_factory=dict)
    command: Command | None = None
    after: Callable[[Office], None] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Why it cannot be carried out: a code of templates/commands.yaml, `refused`."""

    code: str
    facts: Facts = field(default_factory=dict)
    candidates: tuple[str, ...] = ()


Planner = Callable[[Order], Plan | Refused]
