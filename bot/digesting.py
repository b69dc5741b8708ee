"""Report: once a day, what coordinators need to know of each campaign."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.letters import address
from bot.log import get_log
from bot.office import local
from bot.owing import reachable
from bot.rollup import rollup_attachment, rollup_mark
from rules.calendar import due_instant
from rules.decision import Outcome, Standing
from rules.slots import digest_slot
from rules.standing import dues_of
from templates.render import render
from templates.views import (
    DigestView,
    EquationView,
    EventView,
    HeldView,
    LettersView,
    MissingView,
    ProgressView,
    UndeliveredView,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.office import Office
    from rules.campaign import Campaign
    from state.rows import BouncedRow, LetterRow, MailRow, NewLetter, SubmissionRow

log = get_log("digesting")
SENT = "rollup-sent"
LATE_STANDINGS = frozenset({Standing.ACCEPTED_LATE})
SOON = timedelta(days=14)  # who owes something due later than this is not listed yet


def report(office: Office) -> int:
    """Queue the digests due now; return how many are new. Repeating is harmless."""
    return sum(_report(office, campaign) for campaign in office.campaigns)


def _report(office: Office, campaign: Campaign) -> int:
    """Queue a campaign's digests; the workbook goes along where it differs from the last one."""
    waiting = _waiting(office, campaign)
    if not waiting:
        return 0
    mark = rollup_mark(office, campaign, coordinators(office, campaign))
    sent = office.ledger.recall(f"{SENT}:{campaign.id}")
    letters = _letters(office, campaign, waiting, with_rollup=mark != sent)
    queued = office.ledger.record_letters(letters, office.clock.now())
    office.ledger.remember(f"{SENT}:{campaign.id}", mark)
    return len(queued)


def coordinators(office: Office, campaign: Campaign) -> tuple[str, ...]:
    """Return who gets a campaign's digest: the campaign's people and the settings'."""
    file = campaign.file
    return tuple(
        dict.fromkeys((*file.digest.to, *file.coordinators, *office.settings.coordinators))
    )


def _waiting(office: Office, campaign: Campaign) -> list[str]:
    """Return who has not got today's digest though its hour has come."""
    slot = digest_slot(campaign.file, office.clock.now())
    if slot is None or office.writes_from(campaign) is None:
        return []
    period = slot.day.isoformat()
    rows = office.ledger.letters(kind="digest", campaign=campaign.id, period=period)
    told = {address for row in rows for address in row.recipients}
    return [address for address in coordinators(office, campaign) if address not in told]


def _letters(
    office: Office, campaign: Campaign, waiting: list[str], *, with_rollup: bool
) -> Iterator[NewLetter]:
    account = office.writes_from(campaign)
    if account is None:
        return
    view = digest_view(office, campaign, with_rollup=with_rollup)
    letter = render("digest", view)
    for recipient in waiting:
        yield address(
            office,
            letter,
            account=account,
            recipient=recipient,
            subject_key=f"{campaign.id}:{recipient}",
            period=view.now.date().isoformat(),
            campaign=campaign,
        )


def digest_view(office: Office, campaign: Campaign, *, with_rollup: bool = True) -> DigestView:
    """Return the state of a campaign, told since its last digest."""
    since = office.ledger.last_letter_at(campaign.id, "digest")
    after = office.ledger.submissions(campaign.id, in_force=False, since=since)
    mails = office.ledger.mails(campaign=campaign.id, since=since)
    return DigestView(
        campaign=campaign.file,
        now=local(office.clock.now(), campaign),
        since=local(since, campaign) if since else None,
        units=len(campaign.roster.units),
        progress=_progress(office, campaign),
        equation=_equation(office, campaign),
        letters=_letters_view(office, campaign, since),
        new=_events(campaign, (r for r in after if r.standing is Standing.ACCEPTED)),
        returned=_events(campaign, (r for r in after if r.standing is Standing.RETURNED)),
        late=_events(campaign, (r for r in after if r.standing in LATE_STANDINGS)),
        missing=_missing(office, campaign),
        held=tuple(_held(office, campaign, row) for row in _held_rows(office, campaign)),
        rollup=rollup_attachment(office, campaign) if with_rollup else None,
        ignored_reasons=_ignored(mails),
    )


def _progress(office: Office, campaign: Campaign) -> tuple[ProgressView, ...]:
    counts: dict[str, Counter[Standing]] = {}
    standings = {key: row.standing for key, row in office.ledger.standings(campaign.id).items()}
    for unit in campaign.roster.units:
        for due in dues_of(campaign, unit, standings):
            counts.setdefault(due.requirement.key, Counter())[due.standing] += 1
    return tuple(
        ProgressView(r.title, local(due_instant(campaign.file, r), campaign), counts.get(r.key, {}))
        for r in campaign.file.requirements
    )


def _equation(office: Office, campaign: Campaign) -> EquationView:
    """Add up the campaign's mailboxes; a mail that no row accounts for breaks the equation."""
    counted = [office.ledger.equation(box) for box in campaign.file.boxes]
    return EquationView(
        mails=sum(e.arrivals + e.unaccounted for e in counted),
        accepted=sum(e.accepted for e in counted),
        returned=sum(e.returned for e in counted),
        ignored=sum(e.ignored for e in counted),
        held=sum(e.held for e in counted),
        waiting=sum(e.pending for e in counted),
    )


def _letters_view(office: Office, campaign: Campaign, since: datetime | None) -> LettersView:
    rows = office.ledger.letters(campaign=campaign.id, since=since)
    lost = [_undelivered(campaign, row) for row in rows if row.state in {"refused", "uncertain"}]
    bounced = [_bounced(office, campaign, row) for row in office.ledger.bounced(campaign.id)]
    return LettersView(
        sent=sum(row.state == "sent" for row in rows),
        waiting=sum(row.state in {"queued", "deferred", "sending"} for row in rows),
        undelivered=(*lost, *bounced),
    )


def _bounced(office: Office, campaign: Campaign, row: BouncedRow) -> UndeliveredView:
    """Tell whose address it is, and where the reminders go instead."""
    unit = campaign.roster.get(row.unit or "")
    return UndeliveredView(
        row.address,
        "",
        "bounced",
        local(row.bounced_at, campaign),
        unit_name=unit.name if unit else "",
        others=reachable(office, campaign, unit) if unit else (),
    )


def _undelivered(campaign: Campaign, row: LetterRow) -> UndeliveredView:
    at = local(row.created_at, campaign)
    return UndeliveredView(row.recipients[0], row.subject, row.state, at, row.text or "")


def _events(campaign: Campaign, rows: Iterable[SubmissionRow]) -> tuple[EventView, ...]:
    return tuple(_event(campaign, row) for row in rows)


def _event(campaign: Campaign, row: SubmissionRow) -> EventView:
    unit = campaign.roster.get(row.unit)
    return EventView(
        unit_name=unit.name if unit else row.unit,
        title=campaign.requirement(row.requirement).title,
        standing=row.standing,
        received_at=local(row.received_at, campaign),
        item=row.item,
        version=row.version,
        findings=row.findings,
    )


def _missing(office: Office, campaign: Campaign) -> tuple[MissingView, ...]:
    standings = {key: row.standing for key, row in office.ledger.standings(campaign.id).items()}
    reminded = office.ledger.letters_by_unit(campaign.id, "reminder")
    soon = office.clock.now() + SOON
    rows = []
    for unit in campaign.roster.units:
        open_dues = [d for d in dues_of(campaign, unit, standings) if d.is_open and d.due <= soon]
        for due in sorted({d.due for d in open_dues}):
            same = [d for d in open_dues if d.due == due]
            worst = min((d.standing for d in same), key=lambda s: s is not Standing.MISSING)
            rows.append(
                MissingView(
                    unit.name,
                    tuple(d.requirement.title for d in same),
                    local(due, campaign),
                    unit.contact,
                    unit.phone,
                    reminded.get(unit.id, 0),
                    worst,
                )
            )
    return tuple(sorted(rows, key=lambda row: row.due))


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
