"""Closing reports (收尾报告): after each due day and once a week, with the workbook."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.clock import local
from bot.orders.buttons import Buttons
from bot.outbox.letters import address
from bot.reminders.pausing import paused_since
from bot.reports.coordinating import actions, coordinators, proposals
from bot.reports.overview import (
    all_dues,
    equation,
    events,
    letters_view,
    missing_view,
    progress,
    totals,
)
from bot.reports.rollup import rollup_attachment, upward_attachments
from rules.calendar import due_instant
from rules.outcome import Standing
from rules.reminders.report_days import report_due
from templates.render import render
from templates.views import ClosingView, OutcomeView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.office import Office
    from rules.campaign import Campaign, Requirement
    from rules.reminders.report_days import ReportSlot
    from rules.standing import Due
    from state.rows.letters import NewLetter
    from state.rows.submissions import SubmissionRow
    from templates.views import MissingView

KIND = "closing"
WEEK = timedelta(days=7)


def close(office: Office, campaign: Campaign) -> int:
    """Queue a campaign's closing report if its hour has come; how many are new.

    A week in which nothing came is not reported: there is nothing that the last report lacks.
    """
    slot = report_due(campaign.file, office.clock.now())
    account = office.writes_from(campaign)
    if slot is None or account is None:
        return 0
    rows = office.ledger.letters(kind=KIND, campaign=campaign.id, period=slot.period)
    told = {address for row in rows for address in row.recipients}
    waiting = [a for a in coordinators(office, campaign) if a not in told]
    if not waiting or (slot.due is None and not rows and not _has_news(office, campaign, slot)):
        return 0
    letters = list(_letters(office, campaign, slot, account, waiting))
    return len(office.ledger.record_letters(letters, office.clock.now()))


def _has_news(office: Office, campaign: Campaign, slot: ReportSlot) -> bool:
    last = office.ledger.last_letter_at(campaign.id, KIND) or office.clock.now() - WEEK
    rows = office.ledger.submissions(campaign.id, in_force=False, since=last)
    return any(row.received_at < slot.at for row in rows)


def _letters(
    office: Office, campaign: Campaign, slot: ReportSlot, account: str, waiting: list[str]
) -> Iterator[NewLetter]:
    view = closing_view(office, campaign, slot)
    rows = office.ledger.submissions(campaign.id, in_force=False)
    paused = paused_since(office, campaign) is not None
    for recipient in waiting:
        buttons = Buttons(office, campaign, recipient, f"{KIND}:{slot.period}")
        offered = proposals(campaign, rows, None, buttons)
        own = replace(view, proposals=offered, actions=actions(buttons, paused=paused))
        yield address(
            office,
            render(KIND, own),
            account=account,
            recipient=recipient,
            subject_key=f"{campaign.id}:{recipient}",
            period=slot.period,
            campaign=campaign,
        )


def closing_view(office: Office, campaign: Campaign, slot: ReportSlot) -> ClosingView:
    """Return how what was due went; in a weekly report everything whose day has passed."""
    now, dues = office.clock.now(), all_dues(office, campaign)
    day = campaign.day_of(now)
    passed = [r for r in campaign.file.requirements if r.due < day]
    told = [r for r in passed if slot.due is None or r.due == slot.due]
    rows = [r for r in office.ledger.submissions(campaign.id) if r.withdrawn_at is None]
    since = office.ledger.last_letter_at(campaign.id, KIND)
    due = due_instant(campaign.file, told[0]) if slot.due and told else None
    return ClosingView(
        campaign=campaign.file,
        now=local(now, campaign),
        due=local(due, campaign) if due else None,
        units=len(campaign.roster.units),
        outcomes=tuple(_outcome(office, campaign, r, dues, rows) for r in told),
        progress=tuple(
            line
            for line, r in zip(progress(campaign, dues), campaign.file.requirements, strict=True)
            if r not in told
        ),
        equation=equation(office, campaign),
        letters=letters_view(office, campaign, since),
        totals=totals(campaign, rows, told),
        rollup=rollup_attachment(office, campaign),
        upward=upward_attachments(office, campaign) if _goes_up(campaign, told) else (),
    )


def _goes_up(campaign: Campaign, told: Sequence[Requirement]) -> bool:
    """Say whether the report is about what goes into the higher level's form."""
    return campaign.upward is not None and campaign.upward.requirement in told


def _outcome(
    office: Office,
    campaign: Campaign,
    requirement: Requirement,
    dues: dict[str, tuple[Due, ...]],
    rows: list[SubmissionRow],
) -> OutcomeView:
    now = office.clock.now()
    own = {unit: d for unit, all_ in dues.items() for d in all_ if d.requirement == requirement}
    running = {unit for unit, due in own.items() if due.is_open and due.due > now}
    late = [r for r in rows if r.requirement == requirement.key]
    return OutcomeView(
        title=requirement.title,
        due=local(due_instant(campaign.file, requirement), campaign),
        counts=Counter(due.standing for unit, due in own.items() if unit not in running),
        extended=len(running),
        never=_open(campaign, own, running, Standing.MISSING),
        returned=_open(campaign, own, running, Standing.RETURNED),
        late=events(campaign, (r for r in late if r.standing is Standing.ACCEPTED_LATE)),
    )


def _open(
    campaign: Campaign, own: dict[str, Due], running: set[str], standing: Standing
) -> tuple[MissingView, ...]:
    return tuple(
        missing_view(campaign, unit, [own[unit.id]])
        for unit in campaign.roster.units
        if unit.id in own and unit.id not in running and own[unit.id].standing is standing
    )
