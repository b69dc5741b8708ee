"""What answers to commands by mail say: done, please confirm, not done, what was asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rules.campaign import CampaignFile
from rules.commands.command import Verb
from templates.views.answer import OwedView
from templates.views.attachment import Attachment
from templates.views.button import OrderButton
from templates.views.report import ProgressView


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """What came of one command. `code` is a key of commands.yaml in the letter's own section.

    `said` is the command in words, `facts` fill the sentence. `mark` is the code that goes into
    the subject, so that a reply of one word orders what the first button does; `number` is the
    number under which an act is undone. `beside` are words of the mail that the command leaves.
    """

    campaign: CampaignFile | None
    code: str
    said: str
    facts: Mapping[str, str] = field(default_factory=dict)
    number: str = ""
    mark: str = ""
    candidates: tuple[str, ...] = ()
    buttons: tuple[OrderButton, ...] = ()
    until: datetime | None = None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldView:
    """What somebody on record asked to be told: status, help, roster or rollup.

    With a `unit_name` the status is that unit's `owed`, else everybody's `progress`. `paused_at`
    is since when nothing is sent, `attachments` what was asked for, `examples` a unit, a title and
    a day of the campaign (eg_unit, eg_title, eg_day) for the help.
    """

    campaign: CampaignFile
    verb: Verb
    now: datetime
    units: int = 0
    progress: tuple[ProgressView, ...] = ()
    held: int = 0
    unit_name: str = ""
    owed: tuple[OwedView, ...] = ()
    paused_at: datetime | None = None
    examples: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[OrderButton, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """What a submitter's own unit stands with; `owed` is everything it owes, received or not."""

    name: str
    owed: tuple[OwedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """What a submitter asked for: 查询 (`units`) or 模板 (`blanks`), about own units only."""

    campaign: CampaignFile
    units: tuple[OwnUnit, ...]
    now: datetime
    blanks: tuple[Attachment, ...] = ()
    asks_blanks: bool = False
