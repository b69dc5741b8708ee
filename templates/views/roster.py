"""What the answers to a mailed roster need to know: what would change, or what is wrong in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rules.campaign import CampaignFile
from rules.folder.problem import CampaignProblem
from rules.rosters.change import RosterChange
from templates.views.attachment import Attachment
from templates.views.button import OrderButton


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterView:
    """A roster somebody on record mailed: `file` is its name, `units` how many it lists.

    `removed` says what removed units have handed in: unit id → titles. With an error among
    `problems` nothing can be put in force and `attachments` is the file with the bad cells
    marked. `said` is the order the first button gives, `mark` its code for the subject.
    """

    campaign: CampaignFile
    file: str
    units: int
    before: int
    changes: tuple[RosterChange, ...] = ()
    removed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    problems: tuple[CampaignProblem, ...] = ()
    said: str = ""
    mark: str = ""
    buttons: tuple[OrderButton, ...] = ()
    until: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
