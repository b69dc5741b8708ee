"""The commands of whoever begins: the demo, a deployment, its doctor, the worker."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asked import HERE, Config, Json
from bot.cli.listing import Commands

commands = Commands("Begin")


@commands.command()
def demo(
    folder: Annotated[
        Path, typer.Option("--dir", help="Where the letters, workbooks and index.html go.")
    ] = Path("demo"),
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours.")] = False,
) -> None:
    """Play a whole season against an embedded post office, and leave everything to look at."""
    from bot.demo.season import play

    raise typer.Exit(play(folder, color=not no_color))


@commands.command()
def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    address: Annotated[
        str, typer.Option("--address", help="The mailbox; else the one the campaign prints.")
    ] = "",
    provider: Annotated[
        str,
        typer.Option(
            "--provider",
            help="Whose servers: 126, 163, qq, exmail, qiye163, aliyun, sina, yeah, or custom; "
            "found by the address where it tells.",
        ),
    ] = "",
    campaign: Annotated[
        str, typer.Option("--campaign", help="The shipped campaign to begin with.")
    ] = "2023-neimenggu",
    people: Annotated[
        list[str] | None,
        typer.Option("--coordinator", help="Who gets the digest; may be given several times."),
    ] = None,
) -> None:
    """Make a deployment folder: commented settings, one campaign to edit, and what to do next."""
    from bot.commands.init import init as make

    raise typer.Exit(make(folder, address, provider, campaign, people or []))


@commands.command()
def doctor(  # noqa: PLR0913, PLR0917 - one parameter per switch
    live: Annotated[
        bool, typer.Option("--live", help="Only whether the worker lives and gets on.")
    ] = False,
    letter: Annotated[
        bool | None,
        typer.Option(
            "--letter/--no-letter",
            help="Let each mailbox send itself a letter and find it; asked for at a terminal.",
            show_default=False,
        ),
    ] = None,
    lang: Annotated[
        str, typer.Option("--lang", help="zh or en; else as the terminal is set.")
    ] = "",
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Log in even after refusals that are waited out.")
    ] = False,
    config: Config = HERE,
    as_json: Json = False,
) -> None:
    """Say what works and what to do; --live is for systemd and containers (exit status 0/1)."""
    if live:
        from bot.commands.live import is_live

        raise typer.Exit(is_live(config, as_json=as_json))
    if lang not in {"", "zh", "en"}:
        raise typer.BadParameter("zh or en", param_hint="--lang")
    from bot.commands.doctor import Asked, examine

    raise typer.Exit(examine(config, Asked(as_json, letter, lang, anyway)))


@commands.command()
def run(
    config: Config = HERE,
    once: Annotated[bool, typer.Option("--once", help="One round, then end (for cron).")] = False,
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Render every letter, send none.")
    ] = False,
) -> None:
    """Work: poll the mailboxes, read and check, answer, remind, report."""
    from bot.commands.work import work

    raise typer.Exit(work(config, once=once, rehearse=rehearse))
