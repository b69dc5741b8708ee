"""What the operator is told when the bot itself is in trouble: once, and once when it is over.

The ledger knows which troubles are open, so a restart repeats nothing. A letter leaves, if it
can, from another mailbox than the one in trouble.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.log import get_log
from bot.outbox.letters import address
from templates.render import render
from templates.views import AlertView

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.office import Office
    from bot.settings import Settings
    from rules.campaign import Campaign
    from state.rows.accounts import AlertRow

log = get_log("alerts")
ALERT, OVER = "alert", "alert-over"


def alarm(office: Office, kind: str, subject: str = "", reason: str = "") -> bool:
    """Tell the operator of a trouble unless he knows; return whether it is new.

    `kind` is a key of templates/alerts.yaml, `subject` what is in trouble (an account's address,
    with "imap:" or "smtp:" before it where that matters), `reason` a constant. Repeating is
    harmless, so whoever sees the trouble may call this every time.
    """
    known = office.ledger.open_alert_of(kind, subject)
    alert = known or office.ledger.open_alert(kind, subject, reason, office.clock.now())
    if known is None:
        log.error("alert", kind=kind, about=subject, reason=alert.reason)
    if known is None or not _was_told(office, alert):
        _note(office, alert, told=bool(_tell(office, ALERT, alert)))
    return known is None


def all_clear(office: Office, kind: str, subject: str = "") -> bool:
    """Tell the operator that a trouble is over; return whether there was one. Costs one look."""
    alert = office.ledger.open_alert_of(kind, subject)
    if alert is None:
        return False
    now = office.clock.now()
    _tell(office, OVER, alert, now)  # before it is closed, so that a crash loses no word
    office.ledger.close_alert(alert.id, now)
    office.pulse.untold.discard(_name(alert))
    log.info("alert-over", kind=kind, about=subject)
    return True


def operators(office: Office) -> tuple[str, ...]:
    """Return who is told: the settings' admins, else everybody who gets a digest."""
    return operators_of(office.settings, office.campaigns)


def operators_of(settings: Settings, campaigns: Iterable[Campaign]) -> tuple[str, ...]:
    """Return the same without an office."""
    files = (campaign.file for campaign in campaigns)
    people = (address for file in files for address in (*file.digest.to, *file.coordinators))
    return settings.admin or tuple(dict.fromkeys((*settings.coordinators, *people)))


def _note(office: Office, alert: AlertRow, *, told: bool) -> None:
    """Keep in mind what nobody could be told of, for the heartbeat; the log says it once."""
    if told:
        office.pulse.untold.discard(_name(alert))
    elif _name(alert) not in office.pulse.untold:
        office.pulse.untold.add(_name(alert))
        log.critical("alert-untold", kind=alert.kind, about=alert.subject, why=why_untold(office))


def why_untold(office: Office) -> str:
    """Return why no alert could reach anybody, "" when one could."""
    if not operators(office):
        return "no-operator"
    return "" if any(account.smtp for account in office.settings.accounts) else "no-smtp"


def _name(alert: AlertRow) -> str:
    return f"{alert.kind} {alert.subject}".strip()


def _was_told(office: Office, alert: AlertRow) -> bool:
    return bool(office.ledger.letters(kind=ALERT, period=str(alert.id), limit=1))


def _tell(office: Office, kind: str, alert: AlertRow, over: datetime | None = None) -> int:
    """Queue the letters; the alert's number makes each of them unique."""
    account = _account(office, alert.subject)
    if account is None:
        return 0
    zone = ZoneInfo(office.settings.timezone)
    view = AlertView(
        kind=alert.kind,
        subject=alert.subject,
        reason=alert.reason,
        since=alert.opened_at.astimezone(zone),
        until=over.astimezone(zone) if over else None,
    )
    letter = render(kind, view)
    letters = [
        address(
            office,
            letter,
            account=account,
            recipient=recipient,
            subject_key=f"{alert.kind}:{alert.subject}:{recipient}",
            period=str(alert.id),
            campaign=None,
        )
        for recipient in operators(office)
    ]
    return len(office.ledger.record_letters(letters, office.clock.now()))


def _account(office: Office, subject: str) -> str | None:
    able = [a.address for a in office.settings.accounts if a.smtp]
    others = (a for a in able if not subject.endswith(a))
    return next(others, able[0] if able else None)
