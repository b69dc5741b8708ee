"""The commands that look: how it stands, what leaves, where a number came from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asked import HERE, CampaignId, CampaignOption, Config, Json
from bot.cli.listing import Commands

commands = Commands("Look")


@commands.command()
def status(config: Config = HERE, as_json: Json = False) -> None:
    """Say how each campaign stands, and whether every mail is accounted for."""
    from bot.commands.look import show_status

    raise typer.Exit(show_status(config, as_json=as_json))


@commands.command()
def trace(  # noqa: PLR0913, PLR0917 - what may be asked of it
    whose: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A campaign's id, a mail's number, or a receipt's (20230614-0042)."
        ),
    ],
    field: Annotated[str, typer.Argument(help="The field's key or label, or an added row's.")],
    unit: Annotated[
        str | None, typer.Option("--unit", help="Only this unit's number: id, name or alias.")
    ] = None,
    versions: Annotated[
        bool, typer.Option("--versions", help="Superseded and returned versions too.")
    ] = False,
    config: Config = HERE,
    as_json: Json = False,
) -> None:
    """Follow a number to its submission, mail, file and cell; a total to all it is made of."""
    from bot.commands.trace import trace_number

    done = trace_number(whose, field, unit, config, versions=versions, as_json=as_json)
    raise typer.Exit(done)


@commands.command()
def export(
    campaign: CampaignId,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The workbook to write (.xlsx).")
    ] = None,
    upward: Annotated[
        Path | None,
        typer.Option("--upward", help="The higher level's form to fill in (.docx)."),
    ] = None,
    config: Config = HERE,
) -> None:
    """Write a campaign's roll-up workbook, and the higher level's form filled in from it."""
    from bot.commands.look import write_export

    raise typer.Exit(write_export(campaign, output, upward, config))


@commands.command()
def report(
    folder: Annotated[Path, typer.Argument(help="The folder for the pages.")],
    campaign: CampaignOption = None,
    config: Config = HERE,
) -> None:
    """Write one page a campaign: every unit, version, value with its cell, letter and day."""
    from bot.commands.report import write_report

    raise typer.Exit(write_report(folder, campaign, config))
