"""Letters that wait for a coordinator: who is asked to look at which, and which are out of date.

The first letters of each kind are shown; the others of the kind wait behind them.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.clock import local
from bot.orders.buttons import Buttons
from bot.outbox.letters import address
from bot.reminders.chasing import CHASING, SETTLED, reason_to_withdraw
from bot.reports.coordinating import coordinators
from bot.reports.unsent import waiting_letters
from bot.watch.alerts import operators
from rules.calendar import due_instant
from rules.outcome import Standing
from templates.render import render
from templates.views import ApprovalView

if TYPE_CHECKING:
    from bot.office import Office
    from rules.campaign import Campaign
    from state.rows.letters import LetterRow, NewLetter
    from state.rows.submissions import SubmissionRow

KIND = "approval"
GOOD = frozenset({Standing.ACCEPTED, Standing.ACCEPTED_LATE, Standing.NIL})


def look_over(office: Office) -> int:
    """Take back the waiting letters that are out of date; what is then due is written anew."""
    return sum(_take_back(office, row) for row in office.ledger.waiting())


def ask(office: Office) -> int:
    """Ask coordinators to look at letters that they were not shown yet; how many letters."""
    waiting = {row.campaign for row in office.ledger.waiting()}
    letters = [
        letter
        for campaign in office.campaigns
        if campaign.id in waiting
        for letter in _letters(office, campaign)
    ]
    return len(office.ledger.record_letters(letters, office.clock.now())) if letters else 0


def to_look_at(office: Office, campaign: Campaign) -> tuple[tuple[LetterRow, ...], int]:
    """Return a campaign's waiting letters, the first of each kind, and how many are behind."""
    rows, seen, shown = office.ledger.waiting(campaign.id), Counter[str](), []
    for row in rows:
        left = office.settings.approval.first - office.ledger.approved(campaign.id, row.kind)
        if seen[row.kind] < max(1, left):
            shown.append(row)
        seen[row.kind] += 1
    return tuple(shown), len(rows) - len(shown)


def _letters(office: Office, campaign: Campaign) -> list[NewLetter]:
    account, (shown, behind) = office.writes_from(campaign), to_look_at(office, campaign)
    newest, now = max((row.id for row in shown), default=0), office.clock.now()
    if account is None or not _is_time(office, campaign, newest):
        return []
    letters = []
    for person in coordinators(office, campaign) or operators(office):
        buttons = Buttons(office, campaign, person, f"{KIND}:{newest}")
        view = ApprovalView(
            campaign=campaign.file,
            now=local(now, campaign),
            first=office.settings.approval.first,
            waiting=waiting_letters(office, campaign, shown, behind, buttons),
        )
        asked = address(
            office,
            render(KIND, view),
            account=account,
            recipient=person,
            subject_key=f"{campaign.id}:{person}",
            period=str(newest),
            campaign=campaign,
        )
        letters.append(asked)
    return letters


def _is_time(office: Office, campaign: Campaign, newest: int) -> bool:
    """Say whether a letter waits that nobody was shown, and nobody was asked a moment ago."""
    asked = office.ledger.letters(kind=KIND, campaign=campaign.id)
    pause = timedelta(minutes=office.settings.approval.pause_minutes)
    rested = all(office.clock.now() - row.created_at >= pause for row in asked)
    return rested and newest > max((int(row.period) for row in asked), default=0)


def _take_back(office: Office, row: LetterRow) -> bool:
    campaign, now, ledger = office.campaign(row.campaign), office.clock.now(), office.ledger
    if campaign is None:
        return False
    if row.kind in CHASING:
        why = reason_to_withdraw(office, row)
        return bool(why) and ledger.withdraw_waiting(row.id, now, why)
    if row.mail_id is None:
        return False
    if _is_overtaken(office, row, row.mail_id):
        return ledger.withdraw_waiting(row.id, now, SETTLED)
    return _fell_due(office, campaign, row) and ledger.answer_anew(row.mail_id, row.id, now)


def _is_overtaken(office: Office, row: LetterRow, mail_id: int) -> bool:
    """Say whether all that a letter answers was sent again, and whoever sent it is answered."""
    came = [one for one in office.ledger.submissions_of(mail_id) if one.withdrawn_at is None]
    return bool(came) and all(_is_newer(office, one, row) for one in came)


def _is_newer(office: Office, one: SubmissionRow, row: LetterRow) -> bool:
    newest = office.ledger.latest_submission(one.campaign, one.unit, one.requirement, one.item)
    if newest is None or newest.mail_id == one.mail_id:
        return False
    mended = row.kind == "correction" and newest.standing in GOOD
    return mended or newest.sender_address == one.sender_address


def _fell_due(office: Office, campaign: Campaign, row: LetterRow) -> bool:
    """Say whether a deadline has gone by that the letter speaks of as still to come."""
    unit, now = campaign.roster.get(row.unit or ""), office.clock.now()
    dues = (due_instant(campaign.file, one, unit) for one in campaign.file.requirements)
    return any(row.created_at < due <= now for due in dues)
