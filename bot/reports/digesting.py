"""Report: once a day, what coordinators need to know of each campaign."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.clock import local
from bot.log import get_log
from bot.office import Office
from bot.orders.buttons import Buttons, held_buttons
from bot.outbox.approvals import to_look_at
from bot.outbox.letters import address
from bot.reminders.pausing import paused_since
from bot.reports.closing import close
from bot.reports.coordinating import actions, coordinators, proposals
from bot.reports.overview import (
    all_dues,
    announced,
    equation,
    events,
    letters_view,
    missing,
    progress,
    totals,
)
from bot.reports.rollup import rollup_attachment, rollup_mark
from bot.reports.unsent import rehearsed, waiting_letters
from rules.outcome import Outcome, Standing
from rules.reminders.slots import digest_slot
from state.rows.letters import LetterRow
from state.rows.mails import MailRow
from state.rows.submissions import SubmissionRow
from state.submissions import in_force
from templates.render import render
from templates.views import ActionView, ActView, DigestView, HeldView

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rules.campaign import Campaign
    from state.rows.letters import NewLetter

log = get_log("digesting")
SENT = "rollup-sent"


def report(office: Office) -> int:
    """Queue the digests and closing reports due now; how many are new. Repeating is harmless."""
    return sum(_report(office, campaign) + close(office, campaign) for campaign in office.campaigns)


def _report(office: Office, campaign: Campaign) -> int:
    """Queue a campaign's digests; the workbook goes along where it differs from the last one."""
    waiting = _waiting(office, campaign)
    if not waiting:
        return 0
    mark = rollup_mark(office, campaign, coordinators(office, campaign))
    sent = office.ledger.recall(f"{SENT}:{campaign.id}")
    letters = list(_letters(office, campaign, waiting, with_rollup=mark != sent))
    queued = office.ledger.record_letters(letters, office.clock.now())
    office.ledger.remember(f"{SENT}:{campaign.id}", mark)
    return len(queued)


def _waiting(office: Office, campaign: Campaign) -> list[str]:
    """Return who has not got today's digest though its hour has come."""
    slot = digest_slot(campaign.file, office.clock.now())
    if slot is None or office.writes_from(campaign) is None:
        return []
    period = slot.day.isoformat()
    rows = office.ledger.letters(kind="digest", campaign=campaign.id, period=period)
    told = {address for row in rows for address in row.recipients}
    people = (*coordinators(office, campaign), *_spectators(office))
    return [address for address in dict.fromkeys(people) if address not in told]


def _spectators(office: Office) -> tuple[str, ...]:
    """Return who is sent the digests of a rehearsal."""
    return office.settings.rehearse_to if office.settings.rehearse else ()


def _letters(
    office: Office, campaign: Campaign, waiting: list[str], *, with_rollup: bool
) -> Iterator[NewLetter]:
    account = office.writes_from(campaign)
    if account is None:
        return
    facts = gather(office, campaign, with_rollup=with_rollup)
    period = facts.view.now.date().isoformat()
    for recipient in waiting:
        buttons = Buttons(office, campaign, recipient, f"digest:{period}")
        yield address(
            office,
            render("digest", facts.for_recipient(campaign, buttons)),
            account=account,
            recipient=recipient,
            subject_key=f"{campaign.id}:{recipient}",
            period=period,
            campaign=campaign,
        )


@dataclass(frozen=True, slots=True)
class Facts:
    """One digest without its buttons, which differ for every recipient."""

    office: Office
    view: DigestView
    held: tuple[MailRow, ...]
    rows: tuple[SubmissionRow, ...]
    since: datetime | None
    waiting: tuple[tuple[LetterRow, ...], int]

    def for_recipient(self, campaign: Campaign, buttons: Buttons) -> DigestView:
        """Return the digest with the buttons of one recipient."""
        held = tuple(
            replace(view, actions=tuple(ActionView(*b) for b in held_buttons(buttons, row)))
            for view, row in zip(self.view.held, self.held, strict=True)
        )
        offered = proposals(campaign, self.rows, self.since, buttons)
        paused = self.view.paused is not None
        waiting = waiting_letters(self.office, campaign, *self.waiting, buttons)
        offered_always = actions(buttons, paused=paused)
        return replace(
            self.view, held=held, proposals=offered, actions=offered_always, waiting=waiting
        )


def gather(office: Office, campaign: Campaign, *, with_rollup: bool = True) -> Facts:
    """Return the state of a campaign, told since its last digest."""
    since = office.ledger.last_letter_at(campaign.id, "digest")
    held = tuple(_held_rows(office, campaign))
    rows = tuple(office.ledger.submissions(campaign.id, in_force=False))
    view = _view(office, campaign, held, rows, since)
    rollup = rollup_attachment(office, campaign) if with_rollup else None
    waiting = to_look_at(office, campaign)
    return Facts(office, replace(view, rollup=rollup), held, rows, since, waiting)


def digest_view(office: Office, campaign: Campaign, *, with_rollup: bool = True) -> DigestView:
    """Return the state of a campaign, told since its last digest, without anybody's buttons."""
    return gather(office, campaign, with_rollup=with_rollup).view


def _view(
    office: Office,
    campaign: Campaign,
    held: tuple[MailRow, ...],
    rows: tuple[SubmissionRow, ...],
    since: datetime | None,
) -> DigestView:
    ledger = office.ledger
    recent = ledger.submissions(campaign.id, in_force=False, since=since) if since else rows
    after = [row for row in recent if row.withdrawn_at is None]
    dues = all_dues(office, campaign)
    paused = paused_since(office, campaign)

    def came(*standings: Standing) -> list[SubmissionRow]:
        return [row for row in after if row.standing in standings]

    return DigestView(
        campaign=campaign.file,
        now=local(office.clock.now(), campaign),
        since=local(since, campaign) if since else None,
        units=len(campaign.roster.units),
        progress=progress(campaign, dues),
        equation=equation(office, campaign),
        letters=letters_view(office, campaign, since),
        new=events(campaign, came(Standing.ACCEPTED, Standing.NIL)),
        returned=events(campaign, came(Standing.RETURNED)),
        late=events(campaign, came(Standing.ACCEPTED_LATE)),
        missing=missing(office, campaign, dues),
        held=tuple(_held(office, campaign, row) for row in held),
        ignored_reasons=_ignored(ledger.mails(campaign=campaign.id, since=since)),
        links=announced(office, campaign),
        totals=totals(campaign, in_force(rows)),
        acts=_acts(office, campaign, since),
        paused=local(paused, campaign) if paused else None,
        rehearsed=rehearsed(office, campaign, since),
    )


def _acts(office: Office, campaign: Campaign, since: datetime | None) -> tuple[ActView, ...]:
    return tuple(
        ActView(
            local(act.at, campaign), act.actor, act.said, str(act.mail_id or ""),
            undone=act.undone_by is not None,
        )
        for act in office.ledger.acts(campaign.id, since)
    )  # fmt: skip


def _held_rows(office: Office, campaign: Campaign) -> list[MailRow]:
    """Return the campaign's held mails, and those of its mailboxes that no campaign claimed."""
    return [
        row
        for row in office.ledger.held()
        if row.campaign == campaign.id
        or (row.campaign is None and row.mailbox in campaign.file.boxes)
    ]


def _held(office: Office, campaign: Campaign, row: MailRow) -> HeldView:
    return HeldView(
        number=str(row.id),
        received_at=local(row.received_at, campaign),
        sender=row.sender_address or "",
        subject=row.subject or "",
        reason=row.reason or "",
        candidates=row.candidates or (),
        files=tuple(file.name for file in office.ledger.files_of(row.id)),
    )


def _ignored(mails: Iterable[MailRow]) -> dict[str, int]:
    reasons = (row.reason or "" for row in mails if row.outcome == Outcome.IGNORED)
    return dict(Counter(reasons))
