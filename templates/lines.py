"""The lines of what coordinators read, all in words; whatever is not known is empty."""

from __future__ import annotations

from dataclasses import dataclass

from templates.views import ActionView


@dataclass(frozen=True, slots=True)
class EventLine:
    """One submission since the last digest; `wrong` counts what the sender has to correct.

    `nil`: the unit declared that it has nothing to report.
    """

    unit_name: str
    title: str
    item: str
    version: int
    received: str
    nil: bool
    wrong: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingLine:
    """One unit that still owes, and whom to call; `dial` is the number for a telephone."""

    unit_name: str
    contact: str
    phone: str
    dial: str
    reminded: int
    returned: bool
    silent: bool
    unreachable: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Units that owe the same titles by the same moment."""

    due: str
    titles: tuple[str, ...]
    units: tuple[MissingLine, ...]


@dataclass(frozen=True, slots=True)
class UndeliveredLine:
    """A letter that did not arrive, in words; all but the first four may be empty."""

    recipient: str
    subject: str
    state: str
    at: str
    detail: str
    unit_name: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A held mail, and what can be done with it at once."""

    number: str
    received: str
    sender: str
    subject: str
    reason: str
    candidates: tuple[str, ...]
    files: tuple[str, ...]
    actions: tuple[ActionView, ...]


@dataclass(frozen=True, slots=True)
class LinkDueLine:
    """A file to be fetched by a person while its link lasts."""

    unit_name: str
    title: str
    name: str
    size: str
    expires: str
    received: str


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """An address that could go onto the roster."""

    unit_name: str
    address: str
    received: str
    actions: tuple[ActionView, ...]


@dataclass(frozen=True, slots=True)
class TotalLine:
    """A total so far, last year's, and the share of it."""

    label: str
    value: str
    last_year: str
    share: str


@dataclass(frozen=True, slots=True)
class ActLine:
    """An order given by mail; `number` is what takes it back."""

    at: str
    actor: str
    said: str
    number: str
    undone: bool
