"""`shoubiao roster`: a roster checked before it is saved, and the versions there were."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.clock import local
from bot.commands.offices import campaign_named, campaigns_of, desk_of
from bot.commands.trouble import wrong
from rules.folder.files import CAMPAIGN_FILE

if TYPE_CHECKING:
    from pathlib import Path

    from rules.campaign import Campaign, Requirement


def check(file: Path, campaign_id: str | None) -> int:
    """Print every problem with its cell and remedy; 1 if one of them is an error."""
    from rules.rosters.load import read_sheet
    from templates.rosters import checked_lines

    if not file.is_file():
        raise wrong("no-such-file", file)
    requirements = _beside(file) if campaign_id is None else None
    if requirements is None:
        requirements = _campaign(file, campaigns_of(None, campaign_id)).file.requirements
    sheet = read_sheet(file.read_bytes(), requirements, file.name)
    for line in checked_lines(sheet, file.name):
        typer.echo(line)
    return 1 if sheet.errors else 0


def versions(campaign_id: str, config: Path, number: int | None, output: Path | None) -> int:
    """Print the versions of a campaign's roster, or write one of them to a file."""
    with desk_of(config) as desk:
        campaign = campaign_named(desk.outlines, campaign_id)
        rows = desk.ledger.rosters(campaign.id)
        if output is not None:
            row = next((row for row in rows if row.number == number), rows[-1] if rows else None)
            data = desk.ledger.roster_data(row.id) if row else b""
            if not data:
                raise wrong("no-version", campaign.id)
            output.write_bytes(data)
            return 0
        current = desk.ledger.roster_in_force(campaign.id)
        for row in rows:
            from templates.rosters import version_line

            line = version_line(
                row.number,
                local(row.adopted_at or row.at, campaign),
                row.how,
                row.actor,
                row.changes,
                in_force=current is not None and row.id == current.id,
                adopted=row.adopted_at is not None,
            )
            typer.echo(line)
    return 0


def _beside(file: Path) -> tuple[Requirement, ...] | None:
    """Return what the campaign asks for in whose folder the file lies, however broken it is."""
    from rules.campaign import CampaignFile
    from rules.folder.validation import validate
    from rules.folder.yaml_lines import read_yaml

    yaml = file.resolve().parent / CAMPAIGN_FILE
    found = validate(CampaignFile, read_yaml(yaml, yaml.name)) if yaml.is_file() else None
    return found.requirements if found else None


def _campaign(file: Path, campaigns: tuple[Campaign, ...]) -> Campaign:
    """Return the only campaign asked for."""
    if len(campaigns) != 1:
        known = ", ".join(campaign.id for campaign in campaigns)
        raise wrong("which-campaign", file, known=known)
    return campaigns[0]
