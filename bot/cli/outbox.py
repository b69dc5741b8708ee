"""What is done with letters that wait to leave."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.cli.asked import HERE, Config, Json, nothing_before
from bot.cli.listing import Commands

outbox = Commands(help="The letters that have not left.", no_args_is_help=False)
Letter = Annotated[int, typer.Argument(metavar="LETTER", help="The letter's number.", min=1)]
Letters = Annotated[
    list[int] | None, typer.Argument(metavar="LETTER...", help="The letters' numbers.", min=1)
]
Every = Annotated[bool, typer.Option("--all", help="Every letter that waits to be approved.")]


@outbox.callback(invoke_without_command=True)
def outbox_first(context: typer.Context, config: Config = HERE, as_json: Json = False) -> None:
    """List the letters that wait, failed or are uncertain, or say what becomes of them."""
    if context.invoked_subcommand is None:
        outbox_list(config, as_json=as_json)
    nothing_before(context, config, as_json=as_json)


@outbox.command("list")
def outbox_list(config: Config = HERE, as_json: Json = False) -> None:
    """List the letters that wait, failed or are uncertain; exit status 1 if one needs a person."""
    from bot.commands.look import show_outbox

    raise typer.Exit(show_outbox(config, as_json=as_json))


@outbox.command("show")
def outbox_show(letter: Letter, config: Config = HERE, as_json: Json = False) -> None:
    """Print one letter as its recipient reads it."""
    from bot.commands.outbox import show_letter

    raise typer.Exit(show_letter(letter, config, as_json=as_json))


@outbox.command("approve")
def outbox_approve(
    letters: Letters = None, everything: Every = False, config: Config = HERE, as_json: Json = False
) -> None:
    """Let letters go that wait to be approved, and all of a kind of which enough have gone."""
    from bot.commands.outbox import approve

    raise typer.Exit(approve(letters or (), config, everything=everything, as_json=as_json))


@outbox.command("refuse")
def outbox_refuse(letters: Letters = None, config: Config = HERE, as_json: Json = False) -> None:
    """Keep letters back that wait to be approved; `approve` lets them go after all."""
    from bot.commands.outbox import refuse

    raise typer.Exit(refuse(letters or (), config, as_json=as_json))


@outbox.command("retry")
def outbox_retry(
    letters: Letters = None,
    really: Annotated[bool, typer.Option("--yes", help="Do it without asking.")] = False,
    config: Config = HERE,
    as_json: Json = False,
) -> None:
    """Send letters again, byte for byte, that were refused, or may or may not have left."""
    from bot.commands.outbox import retry

    raise typer.Exit(retry(letters or (), config, really=really, as_json=as_json))
