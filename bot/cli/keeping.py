"""The commands that keep and forget: backups, their proof, the end of retention."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asked import HERE, CampaignId, Config, Json
from bot.cli.listing import Commands

commands = Commands("Keep")


@commands.command()
def backup(
    into: Annotated[Path, typer.Option("-o", "--output", help="Where backups are kept.")],
    copy: Annotated[
        bool, typer.Option("--copy", help="Copy the archive even where links would do.")
    ] = False,
    keep: Annotated[
        int, typer.Option("--keep", min=0, help="Delete older backups but so many; 0: none.")
    ] = 0,
    config: Config = HERE,
    as_json: Json = False,
) -> None:
    """Back up ledger, archive, settings and campaigns while the worker runs, and prove it whole."""
    from bot.commands import keep as keeping

    done = keeping.backup(config, into, link=not copy, keep=keep, as_json=as_json)
    raise typer.Exit(done)


@commands.command()
def restore(
    folder: Annotated[Path, typer.Argument(metavar="BACKUP", help="The backup's folder.")],
    into: Annotated[Path, typer.Option("--into", help="An empty folder for the deployment.")],
    as_json: Json = False,
) -> None:
    """Prove a backup and lay it into an empty folder; says what is left to do."""
    from bot.commands import keep as keeping

    raise typer.Exit(keeping.restore(folder, into, as_json=as_json))


@commands.command()
def verify(
    folder: Annotated[
        Path | None, typer.Argument(metavar="BACKUP", help="A backup; else the deployment.")
    ] = None,
    config: Config = HERE,
    as_json: Json = False,
) -> None:
    """Prove that ledger and archive are whole: every hash, every row, every mail counted."""
    from bot.commands import keep as keeping

    raise typer.Exit(keeping.verify(config, folder, as_json=as_json))


@commands.command()
def purge(
    campaign: CampaignId,
    really: Annotated[bool, typer.Option("--yes", help="Do it; else only count.")] = False,
    config: Config = HERE,
    as_json: Json = False,
) -> None:
    """Forget a campaign's mails and people when its retention is over; numbers stay."""
    from bot.commands import keep as keeping

    raise typer.Exit(keeping.purge(campaign, config, really=really, as_json=as_json))
