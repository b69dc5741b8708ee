"""The commands of whoever begins: the demo, a deployment, its doctor, the worker."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asked import HERE, Config, Json
from bot.cli.completing import campaign_ids, provider_names
from bot.cli.listing import Commands
from bot.commands.trouble import told_in, wrong

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
def init(  # noqa: PLR0913, PLR0917 - one parameter per switch
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    address: Annotated[
        str, typer.Option("--address", help="The mailbox; else the one the campaign prints.")
    ] = "",
    provider: Annotated[
        str,
        typer.Option(
            "--provider",
            help="Whose servers: 126, 163, yeah, qiye163, qq, exmail, sina, aliyun, qiyealiyun; "
            "coremail, dovecot, custom for your own. Found by the address where it tells.",
            autocompletion=provider_names,
        ),
    ] = "",
    imap: Annotated[str, typer.Option("--imap", help="Your own IMAP server, HOST[:PORT].")] = "",
    smtp: Annotated[str, typer.Option("--smtp", help="Your own SMTP server, HOST[:PORT].")] = "",
    campaign: Annotated[
        str,
        typer.Option(
            "--campaign",
            help="The shipped campaign to begin with (2023-neimenggu when left out); with "
            "--notice what the new one is called.",
            autocompletion=campaign_ids,
        ),
    ] = "",
    notice: Annotated[
        Path | None, typer.Option("--notice", help="Draft the campaign from this notice.")
    ] = None,
    people: Annotated[
        list[str] | None,
        typer.Option("--coordinator", help="Who gets the digest; may be given several times."),
    ] = None,
    lang: Annotated[
        str, typer.Option("--lang", help="zh or en; else as the terminal is set.")
    ] = "",
) -> None:
    """Make a deployment folder: commented settings, one campaign to edit, and what to do next.

    At a terminal it asks for what is not given; elsewhere it asks nothing.
    """
    from bot.clock import Clock
    from bot.commands.init import Wanted, example_of
    from bot.commands.init import init as make
    from rules.calendar import local_day

    language = language_given(lang)
    wanted = Wanted(
        folder, address, provider, imap, smtp, campaign, notice, tuple(people or ()), language
    )
    today = local_day(Clock().now(), "Asia/Shanghai")
    with told_in(language):
        if sys.stdin.isatty():
            from bot.commands.asking import asked

            raise typer.Exit(make(*asked(wanted, today)))
        raise typer.Exit(make(wanted, example_of(wanted, today)))


@commands.command()
def deploy(
    folder: Annotated[Path, typer.Argument(help="The deployment folder, made by init.")],
    container: Annotated[
        bool, typer.Option("--container", help="Containerfile and compose.yaml with PostgreSQL.")
    ] = False,
    user: Annotated[
        str, typer.Option("--user", help="Who the service runs as; else who you are.")
    ] = "",
) -> None:
    """Write a hardened unit for systemd into a deployment folder, or the files of a container."""
    from bot.commands.deploy import deploy as write

    raise typer.Exit(write(folder, user, container=container))


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
    from bot.commands.doctor import Asked, examine

    how = Asked(as_json, letter, language_given(lang), anyway)
    with told_in(how.language):
        raise typer.Exit(examine(config, how))


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


def language_given(lang: str) -> str:
    """Return the language that is asked for, else the terminal's."""
    from templates.checkup import LANGUAGES, language_of

    if lang not in {"", *LANGUAGES}:
        raise wrong("lang", f"--lang {lang}")
    return lang or language_of(os.environ)
