"""What `init` asks at a terminal, in plain words, of who did not say it on the command line."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from bot.commands.init import Wanted, example_of
from bot.mailboxes.providers import OWN, PROVIDERS, provider_of
from bot.settings.kinds import read_address
from templates.checkup import load

if TYPE_CHECKING:
    from datetime import date

    from bot.commands.init import Example


def asked(wanted: Wanted, today: date) -> tuple[Wanted, Example]:
    """Ask what is still open: the mailbox, whose servers it has, who gets the digest."""
    says = load(wanted.language)["init"]
    example = example_of(wanted, today)
    if not wanted.address:
        printed = next(iter(example.boxes), None) if example.notice else None
        answer = _address(says["address"], says["no-address"], printed)
        wanted = replace(wanted, address=answer)
    if not _known(wanted):
        wanted = _whose(wanted, says)
    if not wanted.people:
        answer = typer.prompt(says["people"], default="", show_default=False, err=True)
        wanted = replace(wanted, people=_people(answer))
    return wanted, example


def _known(wanted: Wanted) -> bool:
    """Say whether the servers are known without a question."""
    given = wanted.provider or (wanted.imap and wanted.smtp)
    return bool(given) or provider_of(wanted.address) is not None


def _whose(wanted: Wanted, says: dict[str, str]) -> Wanted:
    """Ask for the provider; of servers of one's own also where they are."""
    names = [*(one.name for one in PROVIDERS), *OWN]
    typer.echo(says["providers"], err=True)
    for name in names:
        typer.echo(f"  {name:<10} {says['about'].get(name, '')}", err=True)  # type: ignore[attr-defined]
    chosen = ""
    while chosen not in names:
        if chosen:
            typer.echo(says["no-provider"], err=True)
        chosen = typer.prompt(says["provider"], err=True).strip().lower()
    wanted = replace(wanted, provider=chosen)
    if chosen not in OWN:
        return wanted
    domain = wanted.address.rpartition("@")[2]
    imap = wanted.imap or typer.prompt(says["imap"], default=f"imap.{domain}", err=True)
    smtp = wanted.smtp or typer.prompt(says["smtp"], default=f"smtp.{domain}", err=True)
    return replace(wanted, imap=imap, smtp=smtp)


def _address(question: str, wrong: str, default: str | None) -> str:
    while True:
        with contextlib.suppress(ValueError):
            address = read_address(typer.prompt(question, default=default, err=True))
            if "." in address.rpartition("@")[2]:
                return address
        typer.echo(wrong, err=True)


def _people(answer: str) -> tuple[str, ...]:
    return tuple(answer.replace("，", " ").replace(",", " ").replace("、", " ").split())
