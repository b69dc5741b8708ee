"""What the letters about what does not work need to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.campaign import CampaignFile
from rules.folder.problem import CampaignProblem


@dataclass(frozen=True, slots=True)
class CampaignBrokenView:
    """An edit of a campaign's folder that cannot be used, for who mends it.

    `in_force` is the version that works on; None when there is none, and its mail waits.
    """

    folder: str
    problems: tuple[CampaignProblem, ...]
    in_force: CampaignFile | None = None


@dataclass(frozen=True, slots=True)
class AlertView:
    """Trouble of the bot itself, for its operator: a `kind` of alerts.yaml, about `subject`.

    `until` is when it was over, None while it lasts; both instants are in the operator's zone.
    """

    kind: str
    subject: str
    reason: str
    since: datetime
    until: datetime | None = None
