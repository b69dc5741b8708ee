"""What a letter to coordinators needs to know of letters that have not left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.campaign import CampaignFile
from templates.views.button import OrderButton


@dataclass(frozen=True, slots=True)
class RehearsedView:
    """A letter that a rehearsal wrote and did not send."""

    kind: str
    recipients: tuple[str, ...]
    subject: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A letter that waits for a coordinator: what it says, and what can be ordered of it."""

    number: str
    kind: str
    recipients: tuple[str, ...]
    unit_name: str
    subject: str
    at: datetime
    text: str
    files: tuple[str, ...] = ()
    buttons: tuple[OrderButton, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingLetters:
    """The letters to look at, and how many more of their kinds wait `behind` them.

    `everything` lets all of these go, and those behind that were written before the last one.
    """

    shown: tuple[WaitingView, ...] = ()
    behind: int = 0
    everything: OrderButton | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalView:
    """A letter that asks a coordinator to look at waiting letters; `first` of a kind, then none."""

    campaign: CampaignFile
    now: datetime
    first: int
    waiting: WaitingLetters
