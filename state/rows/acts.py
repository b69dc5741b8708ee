"""What people ordered by mail, as it goes into the ledger and comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.decision import UnitMatch
from rules.finding import Finding
from rules.rosters.amending import Amendment


@dataclass(frozen=True, slots=True)
class Reopen:
    """Let a mail be read again; with a unit, as if that unit had sent it."""

    mail_id: int
    campaign: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Settle:
    """Call a held mail dealt with: it is ignored from now on."""

    mail_id: int


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take submissions out of force."""

    submission_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Amend:
    """Change what the roster says; ends earlier amendments of the same thing."""

    amendments: tuple[Amendment, ...]


@dataclass(frozen=True, slots=True)
class Absorb:
    """End all amendments of a campaign: a roster that has them in it is in force."""

    campaign: str


@dataclass(frozen=True, slots=True)
class Adopt:
    """Put a proposed version of a campaign's roster in force."""

    campaign: str
    number: int


@dataclass(frozen=True, slots=True)
class Pause:
    """Send a campaign's units nothing; with a unit, no reminders to it."""

    campaign: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Resume:
    """End a pause."""

    campaign: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back what an act changed."""

    act_id: int


@dataclass(frozen=True, slots=True)
class Release:
    """Let waiting letters go; all of a kind of which `enough` have gone."""

    letter_ids: tuple[int, ...]
    enough: int


@dataclass(frozen=True, slots=True)
class Refuse:
    """Keep waiting letters back for good."""

    letter_ids: tuple[int, ...]


Effect = (
    Reopen | Settle | Withdraw | Amend | Absorb | Adopt | Pause | Resume | Release | Refuse | Undo
)


@dataclass(frozen=True, slots=True)
class MailBefore:
    """What was decided about a mail before an act changed that, and which submissions it had."""

    id: int
    outcome: str
    reason: str | None
    cause: str | None
    decided_at: datetime | None
    campaign: str | None
    unit: str | None
    unit_name: str | None
    unit_by: str | None
    assigned_campaign: str | None
    assigned_unit: str | None
    findings: tuple[Finding, ...] | None
    candidates: tuple[UnitMatch, ...] | None
    notes: tuple[str, ...] | None
    submissions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class RosterBefore:
    """Which version of a roster was put in force, and which one was before it."""

    adopted: int
    before: int


@dataclass(frozen=True, slots=True)
class Before:
    """What an act changed that cannot be told from the tables: how it was."""

    mails: tuple[MailBefore, ...] = ()
    submissions: tuple[int, ...] = ()
    rosters: tuple[RosterBefore, ...] = ()


@dataclass(frozen=True, slots=True)
class NewAct:
    """An order to be carried out with the decision on its mail: all of `effects` or nothing.

    `said` is the order as people write it; `code` is spent by it.
    """

    actor: str
    campaign: str
    verb: str
    said: str
    code: str
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class ActRow:
    """An order that was carried out; `number` is that of the mail that gave it.

    `undone_by` is the act that took it back.
    """

    id: int
    mail_id: int | None
    at: datetime
    actor: str
    campaign: str
    verb: str
    said: str
    undone_by: int | None
