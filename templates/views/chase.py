"""What a letter that asks for what is still owed needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.campaign import CampaignFile, Requirement
from rules.decision import Standing
from rules.finding import Finding
from rules.form import Form
from templates.views.answer import OwedView
from templates.views.attachment import Attachment


@dataclass(frozen=True, slots=True)
class ReminderItem:
    """One thing the unit still owes; a returned one carries its open `findings` and file names."""

    requirement: Requirement
    form: Form | None
    due: datetime
    standing: Standing
    item: str = ""
    findings: tuple[Finding, ...] = ()
    returned_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderView:
    """Written to one unit about one due moment; `now` decides how it is said.

    `items` are what is owed by `due`; `later` is what falls due after it.
    """

    campaign: CampaignFile
    unit_name: str
    now: datetime
    due: datetime
    token: str
    items: tuple[ReminderItem, ...]
    greeting_name: str = ""
    later: tuple[OwedView, ...] = ()
    blanks: tuple[Attachment, ...] = ()
