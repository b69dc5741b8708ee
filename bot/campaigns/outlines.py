"""What of the campaigns in force tells who owes what by when, kept beside the versions in force.

Commands that only look need not read forms, blanks and rosters for that. An outline says of which
files it is the outline, and which program made it: of any others it is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ValidationError

from bot import __version__
from rules.campaign import Campaign, CampaignFile
from rules.folder.files import SHIPPED, campaign_folders, content_of
from rules.roster import Roster, Unit
from state.durable import put_in_place

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Settings


class Outline(BaseModel):
    """A campaign without its forms; `added` are the mailboxes that the operator gave it."""

    program: str
    content: str
    added: tuple[str, ...]
    file: CampaignFile
    units: tuple[Unit, ...]


def outline_file(kept: Path, folder: Path) -> Path:
    """Return where the outline of a folder is kept."""
    return kept / f"{folder.name}.outline.json"


def keep_outline(path: Path, campaign: Campaign, content: str, added: tuple[str, ...]) -> None:
    """Keep a campaign's outline; one that would not read back as it is, is not kept."""
    outline = Outline(
        program=__version__,
        content=content,
        added=added,
        file=campaign.file,
        units=campaign.on_file.units,
    )
    text = outline.model_dump_json(by_alias=True)
    if _read(path) == outline:
        return
    path.unlink(missing_ok=True)
    if _parsed(text) == outline:
        put_in_place(path, text)


def outlined(settings: Settings) -> tuple[Campaign, ...] | None:
    """Return the campaigns of the settings without their forms; None where one must be read."""
    kept, root = settings.data / "in-force", settings.campaigns or SHIPPED
    found = [_outlined(kept, folder, settings) for folder in campaign_folders(root)]
    sure = tuple(campaign for campaign in found if campaign is not None)
    return sure if len(sure) == len(found) else None


def _outlined(kept: Path, folder: Path, settings: Settings) -> Campaign | None:
    outline = _read(outline_file(kept, folder))
    added = settings.boxes.get(folder.name, ())
    if outline is None or (outline.program, outline.added) != (__version__, added):
        return None
    try:
        is_same = outline.content == content_of(folder)
    except OSError:
        return None
    roster = Roster(outline.units)
    return Campaign(outline.file, {}, roster, {}, folder.resolve()) if is_same else None


def _read(path: Path) -> Outline | None:
    try:
        return _parsed(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return None


def _parsed(text: str) -> Outline | None:
    try:
        return Outline.model_validate_json(text)
    except ValidationError:
        return None
