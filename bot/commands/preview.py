"""`shoubiao preview`: any letter with sample data, before anybody gets one like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console

from bot.commands.offices import campaign_named, campaigns_of
from bot.commands.screen import aside
from bot.commands.trouble import said, wrong
from templates.previews import PREVIEWS, preview
from templates.words import word

if TYPE_CHECKING:
    from pathlib import Path

    from rules.campaign import Campaign
    from templates.render import Letter

FIRST = "2023-neimenggu"


def show_letter(
    name: str | None, campaign_id: str | None, output: Path | None, config: Path, *, text: bool
) -> int:
    """Print one letter as text or write it as a page; without a name list them all."""
    if name is None:
        _list()
        return 0
    if name not in {known.name for known in PREVIEWS}:
        names = ", ".join(known.name for known in PREVIEWS)
        raise wrong("no-such-letter", given=name, known=names)
    letter = preview(name, _campaign(campaign_id, config))
    if output is not None:
        output.write_text(letter.html, encoding="utf-8")
        aside().print(said("written", file=output))
    if output is None or text:
        _print(letter)
    return 0


def _list() -> None:
    console = Console(highlight=False)
    for known in PREVIEWS:
        console.print(f"{known.name:<24}{word('letter_kinds', known.kind)}", markup=False)


def _campaign(campaign_id: str | None, config: Path) -> Campaign:
    """Return the campaign asked for, of the settings if they are there; else the first."""
    campaigns = campaigns_of(config if config.exists() else None, None)
    if not campaigns:
        raise wrong("no-campaign-to-preview")
    if campaign_id is not None:
        return campaign_named(campaigns, campaign_id)
    return next((c for c in campaigns if c.id == FIRST), campaigns[0])


def _print(letter: Letter) -> None:
    console = Console(highlight=False, soft_wrap=True)
    console.print(letter.subject, style="bold", markup=False)
    console.print(f"\n{letter.text}", markup=False, end="")
    for attachment in letter.attachments:
        console.print(f"  + {attachment.name}", markup=False)
