"""The commands of whoever looks after the bot: mails that wait, and where a number came from.

Nothing heavy is imported before a command needs it, so that --help answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.asked import HERE, Config, Json

held = typer.Typer(help="The mails that wait for a person.")
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
    if config != HERE or as_json:
        raise typer.BadParameter(f"give options after {context.invoked_subcommand!r}")


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


def restore(
    folder: Annotated[Path, typer.Argument(metavar="BACKUP", help="The backup's folder.")],
    into: Annotated[Path, typer.Option("--into", help="An empty folder for the deployment.")],
    as_json: Json = False,
) -> None:
    """Prove a backup and lay it into an empty folder; says what is left to do."""
    from bot.commands import keep as keeping

    raise typer.Exit(keeping.restore(folder, into, as_json=as_json))


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


def purge(
    campaign: Annotated[str, typer.Argument(help="The campaign's id.")],
    really: Annotated[bool, typer.Option("--yes", help="Do it; else only count.")] = False,
    config: Config = HERE,
    as_json: Json = False,
) -> None:
    """Forget a campaign's mails and people when its retention is over; numbers stay."""
    from bot.commands import keep as keeping

    raise typer.Exit(keeping.purge(campaign, config, really=really, as_json=as_json))


def doctor(
    live: Annotated[
        bool, typer.Option("--live", help="Only whether the worker lives and gets on.")
    ] = False,
    config: Config = HERE,
    as_json: Json = False,
) -> None:
    """Say what works and what does not; --live is for systemd and containers (exit status 0/1)."""
    from bot.commands import doctor as doctoring

    ask = doctoring.is_live if live else doctoring.examine
    raise typer.Exit(ask(config, as_json=as_json))


def add_to(app: typer.Typer) -> None:
    """Name these commands among the others."""
    app.add_typer(held, name="held")
    for command in (trace, backup, restore, verify, purge, doctor):
        app.command()(command)
