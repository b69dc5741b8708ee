"""From a rendered letter to a row of the outbox: its one Message-ID, its Date, its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.outbox.marks import loop_token, message_id
from state.outbox import TO_UNITS
from state.rows.letters import NewLetter
from templates.compose import compose

if TYPE_CHECKING:
    from datetime import datetime

    from bot.office import Office
    from parsers.mail import Mail
    from rules.campaign import Campaign
    from templates.render import Letter

PRIORITY = {
    "alert": 1,
    "alert-over": 1,
    "campaign-broken": 1,
    "approval": 2,
    "digest": 2,
    "closing": 2,
    "receipt": 3,
    "correction": 3,
    "unrecognised": 4,
    "reminder": 5,
    "superior": 5,
}
SENDER = "Shoubiao"  # signs where no campaign does


def receipt_number(campaign: Campaign, received_at: datetime, mail_id: int) -> str:
    """Return the number a submitter can quote on the phone: day received and mail number."""
    day = campaign.day_of(received_at).isoformat().replace("-", "")
    return f"{day}-{mail_id:04d}"


def approvals_for(office: Office, kind: str) -> int:
    """Return how many letters of a kind a person lets go before one leaves by itself."""
    settings = office.settings
    return settings.approval.first if kind in TO_UNITS and not settings.rehearse else 0


def address(  # noqa: PLR0913 - everything that makes a letter one and itself
    office: Office,
    letter: Letter,
    *,
    account: str,
    recipient: str,
    others: tuple[str, ...] = (),
    subject_key: str,
    period: str,
    campaign: Campaign | None,
    unit: str | None = None,
    answered: Mail | None = None,
    mail_id: int | None = None,
    requirements: tuple[str, ...] = (),
    priority: int | None = None,
) -> NewLetter:
    """Give a letter its sender, recipient, Message-ID and Date, and fix its bytes for good.

    `others` are further recipients of the one letter, such as a unit's other addresses.
    """
    now = office.clock.now()
    name = message_id(office.installation, letter.kind, subject_key, period, account)
    references = (*answered.references, answered.message_id) if answered else ()
    raw = compose(
        letter,
        sender_name=campaign.file.organiser or campaign.file.title if campaign else SENDER,
        sender_address=account,
        recipients=(recipient, *others),
        message_id=name,
        date=now,
        in_reply_to=answered.message_id if answered else None,
        references=tuple(r for r in references if r),
        automatic="auto-replied" if answered else "auto-generated",
        loop_token=loop_token(office.installation),
    )
    return NewLetter(
        kind=letter.kind,
        subject_key=subject_key,
        period=period,
        account=account,
        recipients=(recipient, *others),
        message_id=name,
        subject=letter.subject,
        raw=raw,
        not_before=now,
        campaign=campaign.id if campaign else None,
        unit=unit,
        mail_id=mail_id,
        priority=PRIORITY[letter.kind] if priority is None else priority,
        requirements=requirements,
        created_at=now,
        approvals=approvals_for(office, letter.kind),
    )
