"""Which campaigns the settings name, and when they cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.settings import SettingsError
from bot.settings.mistakes import Mistake
from rules.folder.files import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.campaigns.shelf import Shelf
    from bot.settings import Settings


def open_shelf(settings: Settings) -> Shelf:
    """Load the campaigns, each alone; CampaignError with every problem when none is left.

    Raises SettingsError when an account collects a campaign that is not there.
    """
    from bot.campaigns.shelf import Shelf  # noqa: PLC0415 - slow to load, and not always needed
    from rules.folder.problem import CampaignError  # noqa: PLC0415 - as above

    shelf = Shelf(settings.campaigns or SHIPPED, settings.data / "in-force", settings.boxes)
    shelf.look()
    if shelf.broken and not shelf.campaigns:
        raise CampaignError(tuple(p for broken in shelf.broken for p in broken.problems))
    known = {campaign.id for campaign in shelf.campaigns} | {b.folder for b in shelf.broken}
    check_collected(settings, known)
    return shelf


def check_collected(settings: Settings, known: Collection[str]) -> None:
    """Raise SettingsError when an account names a campaign that is not among the known."""
    unknown = sorted(settings.boxes.keys() - set(known))
    if unknown:
        facts = {"given": ", ".join(unknown), "known": ", ".join(sorted(known)) or "—"}
        raise SettingsError(Mistake("campaign-unknown", facts, key=("accounts", "campaigns")))
