"""A stored mail, read in its lane, and with it the forms that were found there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.mails.oversize import NOT_FETCHED
from bot.orders.people import masters_of
from bot.reading.slow import Lane
from bot.reading.wanted import wanted_of
from rules.judging.arrival import Arrival

if TYPE_CHECKING:
    from pathlib import Path

    from bot.office import Office
    from parsers.mail import Mail
    from rules.judging.noted import Noted
    from state.rows.mails import ClaimedMail


def read_stored(
    office: Office, claimed: ClaimedMail, arrival: Arrival, lane: Lane | None
) -> tuple[Mail, Noted | None]:
    """Read a claimed mail; without what was found if it was too large to fetch.

    Of who may mail a roster every document is wanted whole: a roster may look like a form.
    """
    quick = office.pool.glance if lane is Lane.QUICK else office.pool.recognise
    read = quick if lane in {None, Lane.QUICK} else office.slowly.recognise
    wanted = wanted_of(office.campaigns, arrival)
    with office.archive.local(claimed.raw_sha256) as raw:
        mail, found = read(raw, wanted)
        if found.has_hollow and _may_mail_a_roster(office, mail, claimed.mailbox):
            mail, found = read(raw, replace(wanted, whole=True))
        return mail, found if _was_fetched(raw) else None


def arrival_of(claimed: ClaimedMail) -> Arrival:
    """Return where and when a claimed mail came in, and what a coordinator said of it."""
    return Arrival(
        claimed.mailbox,
        claimed.received_at,
        claimed.answerable,
        claimed.assigned_campaign,
        claimed.assigned_unit,
    )


def _may_mail_a_roster(office: Office, mail: Mail, mailbox: str) -> bool:
    return mail.sender is not None and bool(masters_of(office, mail.sender.address, mailbox))


def _was_fetched(raw: Path) -> bool:
    with raw.open("rb") as stored:
        return stored.read(len(NOT_FETCHED)) != NOT_FETCHED
