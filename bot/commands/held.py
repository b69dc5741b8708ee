"""`shoubiao held …`: the mails that wait for a person, why, and what a person may do with each."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Any

from bot.commands.offices import campaign_named, desk_of
from bot.commands.rows import clock, in_words, print_fields, print_json, print_rows
from bot.commands.screen import screen
from bot.commands.trouble import language, said, wrong
from bot.mails.oversize import NOT_FETCHED
from rules.outcome import Outcome
from templates.terminal import Term, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.commands.trouble import KnownTrouble
    from bot.desk import Desk
    from rules.campaign import Campaign
    from rules.decision import UnitMatch
    from state.rows.mails import MailRow

LESS = frozenset({"mailbox", "attempts", "raw"})
"""What only --json tells in the list."""

NEXT = frozenset({
    "reading-failed", "own-fault", "too-large", "unit-unknown", "unit-uncertain", "no-sender",
    "several-units", "several-units-unclear", "several-campaigns", "conflicting-copies",
    "unrecognised", "message-for-a-person",
})  # fmt: skip
"""Reasons of which it is known what to do next."""


def list_held(config: Path, *, as_json: bool) -> int:
    """Print the mails that wait for a person; 1 if there are any."""
    with desk_of(config) as desk:
        rows = [held_json(desk, row) for row in desk.ledger.held()]
        if not as_json:
            zone = desk.settings.timezone
            rows = [row | {"received": clock(row["received"], zone)} for row in rows]
        print_rows(rows, as_json=as_json, empty=said("none-held"), leave_out=LESS)
    return 1 if rows else 0


def show_held(number: int, config: Path, *, as_json: bool) -> int:
    """Print everything known of one mail, held or not."""
    with desk_of(config) as desk:
        row = mail_of(desk, number)
        told = held_json(desk, row) | _more(desk, row)
        if as_json:
            print_json(told)
        else:
            _show(desk, row, told)
    return 0


def retry(numbers: Sequence[int], config: Path, *, everything: bool, as_json: bool) -> int:
    """Let held mails be read again."""
    with desk_of(config) as desk:
        if everything == bool(numbers):
            raise wrong("name-mails")
        rows = desk.ledger.held() if everything else [held_mail(desk, n) for n in numbers]
        for row in rows:
            desk.ledger.retry_mail(row.id, actor(), desk.clock.now())
            _tell(row.id, "retry", said("mail-again", mail=row.id), as_json=as_json)
        if not rows and not as_json:
            screen().print(said("none-held"))
    return 0


def assign(number: int, unit: str, campaign: str | None, config: Path, *, as_json: bool) -> int:
    """Let a mail be judged as if the named unit had sent it."""
    with desk_of(config) as desk:
        row = mail_of(desk, number)
        if row.outcome not in {Outcome.HELD, Outcome.IGNORED}:
            raise wrong("mail-not-to-assign", mail=number, outcome=ended(row))
        meant = _campaign(desk, row, campaign)
        owner, name = _owner(meant, row, unit)
        done = desk.ledger.reopen_mail(row.id, actor(), desk.clock.now(), meant.id, owner)
        if not done:
            raise wrong("mail-purged", mail=number)
        told = said("mail-assigned", mail=row.id, unit=name, campaign=meant.id)
        _tell(row.id, "assign", told, as_json=as_json)
    return 0


def settle(number: int, why: str, config: Path, *, as_json: bool) -> int:
    """Call a held mail dealt with."""
    with desk_of(config) as desk:
        row = held_mail(desk, number)
        desk.ledger.settle_mail(row.id, actor(), desk.clock.now(), why)
        _tell(row.id, "done", said("mail-done", mail=row.id), as_json=as_json)
    return 0


def held_json(desk: Desk, row: MailRow) -> dict[str, Any]:
    """Return one line of `held --json`."""
    return {
        "mail": row.id, "received": row.received_at.isoformat(), "mailbox": row.mailbox,
        "from": row.sender_address, "subject": row.subject, "reason": row.reason,
        "attempts": row.attempts, "cause": row.cause or "",
        "candidates": [c.name for c in row.candidates or ()],
        "raw": None if row.purged_at else desk.archive.place(row.raw_sha256),
    }  # fmt: skip


def _more(desk: Desk, row: MailRow) -> dict[str, Any]:
    from bot.commands.contract import finding_json

    shown = desk.ledger.arrivals_of(row.id)
    return {
        "outcome": row.outcome or "pending",
        "campaign": row.campaign,
        "unit": row.unit_name,
        "assigned": row.assigned_unit,
        "message_id": row.message_id,
        "sender_name": row.sender_name,
        "sha256": row.raw_sha256,
        "shown": [f"{a.mailbox} {a.folder} {a.uid or '?'}" for a in shown],
        "came_as": sorted({a.raw_sha256 for a in shown} - {row.raw_sha256}),
        "not_fetched": not_fetched(desk, row),
        "mended": row.mended_key is not None,
        "files": [
            {"name": f.name, "kind": f.kind, "size": f.size, "sha256": f.sha256,
             "path": list(f.path), "problem": f.problem}
            for f in desk.ledger.files_of(row.id)
        ],
        "findings": [
            finding_json(f, None) | {"file": f.file}
            for f in row.findings or ()
        ] if row.campaign else [],
        "notes": list(row.notes or ()),
        "next": _next(row, "en", "MAIL"),
        "history": [
            {"at": a.at.isoformat(), "who": a.actor, "did": f"{a.action} {a.detail}".strip()}
            for a in desk.ledger.audits()
            if a.action.endswith("-mail") and a.detail.split(" ", 1)[0] == str(row.id)
        ],
    }  # fmt: skip


def _show(desk: Desk, row: MailRow, told: dict[str, Any]) -> None:
    """Print a mail for a person: times as clocks here show them, this mail's number in commands."""
    zone = desk.settings.timezone
    clear: dict[str, Any] = {name: _lines(told[name]) for name in ("files", "findings")}
    clear |= {"received": clock(told["received"], zone), "history": ""}
    print_fields(told | clear | {"next": _next(row, language(), str(row.id))})
    for one in told["history"]:
        action, _, detail = one["did"].partition(" ")
        did = f"{in_words('action', action)} {detail}".strip()
        line = said("history", at=clock(one["at"], zone), who=one["who"], did=did)
        screen().print(line, markup=False)


def _next(row: MailRow, language: str, number: str) -> str:
    """Return what to do with a held mail; `number` stands in the commands to type."""
    known = row.outcome == Outcome.HELD and row.reason in NEXT
    return say(language, f"next-{row.reason}", {"mail": number}) if known else ""


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    return [" ".join(str(v) for v in row.values() if v not in (None, [], "")) for row in rows]


def not_fetched(desk: Desk, row: MailRow) -> bool:
    """Say whether only the header of a mail too large is in the archive."""
    try:
        return desk.archive.top(row.raw_sha256, len(NOT_FETCHED)) == NOT_FETCHED
    except OSError:
        return False


def mail_of(desk: Desk, number: int) -> MailRow:
    """Return a mail; Trouble when there is none of this number."""
    row = desk.ledger.mail(number)
    if row is None:
        raise wrong("no-mail", mail=number)
    return row


def ended(row: MailRow) -> Term:
    """Return how a mail ended, as a word for a sentence."""
    return Term("ends", row.outcome or "pending")


def held_mail(desk: Desk, number: int) -> MailRow:
    """Return a held mail; Trouble when it is not held."""
    row = mail_of(desk, number)
    if row.outcome != Outcome.HELD:
        raise wrong("mail-not-held", mail=number, outcome=ended(row))
    return row


def actor() -> str:
    """Return who acts, for the audit: the account on this machine."""
    try:
        return f"cli:{getpass.getuser()}"
    except (OSError, KeyError):  # a container may run under a number without a name
        return "cli"


def _campaign(desk: Desk, row: MailRow, named: str | None) -> Campaign:
    """Return whose mail it is: as said, as judged, or of the only campaign of its mailbox."""
    from rules.judging.arrival import is_open

    name = named or row.campaign
    if name is None:
        own = [c.id for c in desk.outlines if row.mailbox in c.file.boxes]
        if len(own) != 1:
            known = ", ".join(own or (c.id for c in desk.outlines))
            raise wrong("mail-which-campaign", mail=row.id, known=known)
        name = own[0]
    campaign = campaign_named(desk.outlines, name)
    if not is_open(campaign, row.received_at):
        first, last = campaign.days_open()
        day = campaign.day_of(row.received_at)
        raise wrong("mail-not-open", name, mail=row.id, first=first, last=last, day=day)
    return campaign


def _owner(campaign: Campaign, row: MailRow, name: str) -> tuple[str, str]:
    """Return whose a mail is to be, id and name; of forms that name several units, each its own."""
    from rules.commands.resolve import EACH_UNIT
    from rules.decision import EACH
    from rules.who.names import match_name, sure

    if name in {EACH, EACH_UNIT}:
        if row.reason != "several-units":
            raise wrong("not-each", mail=row.id)
        return EACH, EACH_UNIT
    matches = match_name(name, campaign.roster)
    found = campaign.roster.get(name) or campaign.roster.get(getattr(sure(matches), "id", ""))
    if found is not None:
        return found.id, found.name
    raise no_unit(campaign, name, matches)


def no_unit(campaign: Campaign, name: str, matches: Sequence[UnitMatch]) -> KnownTrouble:
    """Return what is said of a name that is surely no unit's, with those it may be meant for."""
    near = ", ".join(f"{m.name} ({m.id})" for m in matches[:5])
    return wrong("no-unit-near" if near else "no-unit", campaign.id, given=name, near=near)


def _tell(number: int, did: str, told: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"mail": number, "did": did})
    else:
        screen().print(told, markup=False)
