"""What a mail announces by an oversize-attachment link: not received, and said so."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rules.finding import Finding, Severity

if TYPE_CHECKING:
    from parsers.mail import CloudLink, Mail
    from rules.campaign import Campaign


def find_announced(mail: Mail, campaign: Campaign) -> tuple[Finding, ...]:
    """Return a warning for each file of which only the link came.

    Details: name and size as printed, provider, and expires, local ISO time or None.
    """
    zone = ZoneInfo(campaign.file.timezone)
    return tuple(
        Finding("cloud-link", Severity.WARNING, file=link.name or None, details=_told(link, zone))
        for link in mail.links
    )


def _told(link: CloudLink, zone: ZoneInfo) -> dict[str, str | None]:
    end = link.expires_at.astimezone(zone) if link.expires_at is not None else None
    return {
        "name": link.name,
        "size": link.size_text,
        "expires": f"{end:%Y-%m-%d %H:%M}" if end is not None else None,
        "provider": link.provider,
    }
