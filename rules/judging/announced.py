"""What a mail announces by an oversize-attachment link: not received, and said so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rules.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.mail import CloudLink, Mail
    from rules.campaign import Campaign, Requirement

_FILM = re.compile(r"\.(?:mp4|mov|m4v|mpe?g|avi|wmv|mkv|ts|mts|m2ts|flv|rmvb?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Announced:
    """A file of which only the link came. `requirement` is the key it would answer, "" unknown.

    `expires` is aware, in the campaign's zone; None where nothing is printed.
    """

    requirement: str
    name: str
    size: str
    expires: datetime | None
    received_at: datetime


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


def announced_in(
    findings: Iterable[Finding], received_at: datetime, campaign: Campaign
) -> tuple[Announced, ...]:
    """Return what a mail's findings say came as a link only."""
    zone = ZoneInfo(campaign.file.timezone)
    return tuple(
        _announced(finding, received_at.astimezone(zone), zone, campaign.file.requirements)
        for finding in findings
        if finding.code == "cloud-link"
    )


def _announced(
    finding: Finding, received_at: datetime, zone: ZoneInfo, requirements: Sequence[Requirement]
) -> Announced:
    name, printed = str(finding.details.get("name") or ""), finding.details.get("expires")
    expires = datetime.fromisoformat(str(printed)).replace(tzinfo=zone) if printed else None
    size = str(finding.details.get("size") or "")
    return Announced(meant_by(name, requirements), name, size, expires, received_at)


def meant_by(name: str, requirements: Sequence[Requirement]) -> str:
    """Return the key of the requirement a file of this name would answer: "" when unsure.

    What its name says goes first; what is too large for a mail is a film, else pictures.
    """
    named = [r for r in requirements if any(word in name for word in (r.title, *r.keywords))]
    films = [r for r in requirements if r.video is not None]
    pictures = [r for r in requirements if r.photos and r.video is None]
    if _FILM.search(name):
        named = [r for r in named if r.video is not None]
        return next((r.key for r in (*named, *films)), "")
    return next((r.key for r in (*named, *films, *pictures)), "")
