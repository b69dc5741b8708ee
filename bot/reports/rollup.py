"""The roll-up of a campaign as its workbook shows it, from the ledger's rows."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from bot.clock import local
from rules.standing import COUNTED
from state.submissions import in_force
from templates.rollup import RollupView, render_rollup, render_upward
from templates.views import Attachment, SubmissionView

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.desk import Desk
    from bot.office import Office
    from rules.campaign import Campaign
    from state.rows.submissions import SubmissionRow

YEAR = re.compile(r"20\d\d")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rollup(office: Office | Desk, campaign: Campaign) -> bytes:
    """Return the campaign's workbook as of now."""
    return render_rollup(rollup_view(office, campaign))


def upward_attachments(office: Office | Desk, campaign: Campaign) -> tuple[Attachment, ...]:
    """Return the higher level's form filled in as of now; nothing where the campaign names none."""
    if campaign.upward is None:
        return ()
    form = render_upward(rollup_view(office, campaign))
    return (form,) if form else ()


def rollup_view(office: Office | Desk, campaign: Campaign) -> RollupView:
    """Return what workbook and higher form are made from."""
    ledger = office.ledger
    versions = ledger.submissions(campaign.id, in_force=False)
    return RollupView(
        campaign=campaign,
        now=local(office.clock.now(), campaign),
        submissions=_views(campaign, in_force(versions)),
        versions=_views(campaign, versions),
        standings={key: row.standing for key, row in ledger.standings(campaign.id).items()},
        last_year=_views(campaign, _last_year(office, campaign)),
    )


def _views(campaign: Campaign, rows: Iterable[SubmissionRow]) -> tuple[SubmissionView, ...]:
    return tuple(submission_view(campaign, row) for row in rows)


def _last_year(office: Office | Desk, campaign: Campaign) -> Iterable[SubmissionRow]:
    """Return what the campaign of the year before collected, where this ledger has it."""
    year = YEAR.search(campaign.id)
    if year is None:
        return ()
    before = f"{campaign.id[: year.start()]}{int(year[0]) - 1}{campaign.id[year.end() :]}"
    rows = office.ledger.submissions(before)
    return tuple(row for row in rows if row.standing in COUNTED)


def rollup_attachment(office: Office, campaign: Campaign) -> Attachment:
    """Return the workbook as the digest carries it."""
    day = campaign.day_of(office.clock.now())
    return Attachment(f"{campaign.id}-{day:%m%d}.xlsx", rollup(office, campaign), XLSX)


def rollup_mark(office: Office, campaign: Campaign, recipients: tuple[str, ...]) -> str:
    """Return what differs whenever the workbook would, but for the hour it is made."""
    told = (
        office.ledger.submissions_mark(campaign.id),
        recipients,
        campaign.file.model_dump_json(),
        campaign.roster.units,
        tuple(form.model_dump_json() for form in campaign.forms.values()),
        repr(campaign.upward.lines) if campaign.upward else "",
    )
    return hashlib.sha256(repr(told).encode()).hexdigest()


def submission_view(campaign: Campaign, row: SubmissionRow) -> SubmissionView:
    """Return one stored submission as people look at it."""
    unit = campaign.roster.get(row.unit)
    return SubmissionView(
        unit_id=row.unit,
        unit_name=unit.name if unit else row.unit,
        requirement=row.requirement,
        item=row.item,
        version=row.version,
        standing=row.standing,
        received_at=local(row.received_at, campaign),
        sender=row.sender_address or "",
        mail_ref=f"{row.mail_id} {row.message_id or ''}".strip(),
        files=row.files,
        readings=row.readings,
        findings=row.findings,
    )
