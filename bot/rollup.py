"""The roll-up of a campaign as its workbook shows it, from the ledger's rows."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.office import local
from templates.rollup import RollupView, render_rollup
from templates.views import Attachment, SubmissionView

if TYPE_CHECKING:
    from bot.office import Office
    from rules.campaign import Campaign
    from state.rows import SubmissionRow

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def rollup(office: Office, campaign: Campaign) -> bytes:
    """Return the campaign's workbook as of now."""
    ledger = office.ledger
    return render_rollup(
        RollupView(
            campaign=campaign,
            now=local(office.clock.now(), campaign),
            submissions=tuple(
                submission_view(campaign, row) for row in ledger.submissions(campaign.id)
            ),
            versions=tuple(
                submission_view(campaign, row)
                for row in ledger.submissions(campaign.id, in_force=False)
            ),
            standings={key: row.standing for key, row in ledger.standings(campaign.id).items()},
        )
    )


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
