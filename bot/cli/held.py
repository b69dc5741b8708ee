"""What is done with mails that wait for a person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asked import HERE, Config, Json, nothing_before
from bot.cli.listing import Commands

held = Commands(help="The mails that wait for a person.", no_args_is_help=False)
Mail = Annotated[int, typer.Argument(metavar="MAIL", help="The mail's number.", min=1)]
Mails = Annotated[
    list[int] | None, typer.Argument(metavar="MAIL...", help="The mails' numbers.", min=1)
]
Every = Annotated[bool, typer.Option("--all", help="Every held mail.")]


@held.callback(invoke_without_command=True)
def held_first(context: typer.Context, config: Config = HERE, as_json: Json = False) -> None:
    """List the mails that wait for a person, or do something about them."""
    if context.invoked_subcommand is None:
        held_list(config, as_json=as_json)
    nothing_before(context, config, as_json=as_json)


@held.command("list")
def held_list(config: Config = HERE, as_json: Json = False) -> None:
    """List the mails that wait for a person; exit status 1 if there are any."""
    from bot.commands.held import list_held

    raise typer.Exit(list_held(config, as_json=as_json))


@held.command("show")
def held_show(mail: Mail, config: Config = HERE, as_json: Json = False) -> None:
    """Show one mail: reason, tries, the reader's error, files, history, and what to do."""
    from bot.commands.held import show_held

    raise typer.Exit(show_held(mail, config, as_json=as_json))


@held.command("retry")
def held_retry(
    mails: Mails = None, everything: Every = False, config: Config = HERE, as_json: Json = False
) -> None:
    """Let held mails be read again, once the cause is mended."""
    from bot.commands.held import retry

    raise typer.Exit(retry(mails or (), config, everything=everything, as_json=as_json))


@held.command("assign")
def held_assign(
    mail: Mail,
    unit: Annotated[str, typer.Argument(help="The unit: its id, name or alias in the roster.")],
    campaign: Annotated[
        str | None, typer.Option("--campaign", help="The campaign's id, where it is not clear.")
    ] = None,
    config: Config = HERE,
    as_json: Json = False,
) -> None:
    """Let a held or ignored mail be judged as if the unit had sent it."""
    from bot.commands.held import assign

    raise typer.Exit(assign(mail, unit, campaign, config, as_json=as_json))


@held.command("done")
def held_done(
    mail: Mail,
    why: Annotated[str, typer.Option("--why", help="A word for the audit.")] = "",
    config: Config = HERE,
    as_json: Json = False,
) -> None:
    """Call a held mail dealt with: it waits no more and is counted as ignored (handled)."""
    from bot.commands.held import settle

    raise typer.Exit(settle(mail, why, config, as_json=as_json))


@held.command("export")
def held_export(
    mails: Mails = None,
    everything: Every = False,
    folder: Annotated[
        Path, typer.Option("-o", "--output", help="The folder for .eml and .json.")
    ] = Path(),
    config: Config = HERE,
    as_json: Json = False,
) -> None:
    """Write mails as .eml, each with a .json that says why it is held."""
    from bot.commands.mending import export_held

    done = export_held(mails or (), folder, config, everything=everything, as_json=as_json)
    raise typer.Exit(done)


@held.command("import")
def held_import(
    file: Annotated[Path, typer.Argument(help="The mended mail (.eml).")],
    mail: Annotated[
        int | None, typer.Option("--mail", help="Whose copy it is; else as its .json says.", min=1)
    ] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Even from another sender.")] = False,
    config: Config = HERE,
    as_json: Json = False,
) -> None:
    """Put a mended copy in place of a held mail: it stays the same mail and is read again."""
    from bot.commands.mending import import_mended

    raise typer.Exit(import_mended(file, mail, config, anyway=anyway, as_json=as_json))
