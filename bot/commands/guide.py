"""`shoubiao guide`: the page that tells the units how to hand in, filled in from a campaign."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.offices import campaign_named, campaigns_of
from bot.commands.screen import aside, screen
from bot.commands.trouble import said, wrong
from parsers.writing.handout import write_handout
from templates.guide import guide_blocks, guide_text

if TYPE_CHECKING:
    from pathlib import Path


def write_guide(campaign_id: str | None, output: Path | None, config: Path) -> int:
    """Write the page as a Word file (.docx) or as text; print it without a file to write."""
    campaigns = campaigns_of(config if config.exists() else None, None)
    if campaign_id is None and len(campaigns) != 1:
        known = ", ".join(campaign.id for campaign in campaigns) or "none"
        raise wrong("which-campaign", known=known)
    campaign = campaign_named(campaigns, campaign_id) if campaign_id else campaigns[0]
    text = guide_text(campaign)
    if output is None:
        screen().print(text, markup=False, end="")
        return 0
    word = output.suffix.lower() == ".docx"
    output.write_bytes(write_handout(guide_blocks(text)) if word else text.encode())
    aside().print(said("written", file=output))
    return 0
