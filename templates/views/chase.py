"""What a letter that asks for what is still owed needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.campaign import CampaignFile, Requirement
from rules.finding import Finding
from rules.form import Form
from rules.outcome import Standing
from templates.views.answer import OwedView
from templates.views.attachment import Attachment


@dataclass(frozen=True, slots=True)
class LinkView:
    """A file of which only a link came; `size` as printed, `expires` None when nothing says so."""

    name: str
    size: str
    expires: datetime | None


@dataclass(frozen=True, slots=True)
class ReminderItem:
    """One thing the unit still owes; a returned one carries its open `findings`.

    `kept` are other items of the same requirement that stand; `link` is all that came of it.
    """

    requirement: Requirement
    form: Form | None
    due: datetime
    standing: Standing
    item: str = ""
    findings: tuple[Finding, ...] = ()
    returned_at: datetime | None = None
    kept: tuple[str, ...] = ()
    link: LinkView | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderView:
    """Written to one unit about one due moment; `now` decides how it is said.

    `items` are what is asked for, `due` the nearest of their due moments that is still ahead;
    `later` is what else is owed, `done` the titles of what has come and stands.
    `expiring`: no due day is the occasion, but links that expire.
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
    done: tuple[str, ...] = ()
    expiring: bool = False


@dataclass(frozen=True, slots=True)
class SuperiorUnit:
    """A unit of a 上级 from which something due by `due` has not come yet."""

    name: str
    titles: tuple[str, ...]
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorView:
    """Written to a 上级 (`unit_name`) after a due day, about its units."""

    campaign: CampaignFile
    unit_name: str
    now: datetime
    token: str
    units: tuple[SuperiorUnit, ...]
    greeting_name: str = ""
