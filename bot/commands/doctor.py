"""`shoubiao doctor`: everything a worker needs, looked at side by side: ✓, ! or ✗, what to do."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import typer

from bot.checkup import collected, kept_secret, machine, receiving, remembered, sending
from bot.checkup.result import Mark
from bot.checkup.running import Check, run_checks
from bot.checkup.scene import Scene
from bot.clock import Clock
from bot.commands.rows import print_json
from bot.commands.screen import screen
from bot.log import configure_log
from bot.settings import Settings, files_with_secrets, load_settings
from bot.settings.hidden import hidden
from templates.checkup import load, name, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.checkup.result import Result

SIGNS = {Mark.FINE: "[green]✓[/]", Mark.LOOK: "[yellow]![/]", Mark.BROKEN: "[red]✗[/]"}


@dataclass(frozen=True, slots=True)
class Asked:
    """How it is asked: `letter` None asks at a terminal; `anyway` knocks at shut doors too."""

    as_json: bool = False
    letter: bool | None = None
    language: str = "en"
    anyway: bool = False


def examine(config: Path, asked: Asked) -> int:
    """Look at everything, say it as it becomes known; 1 if something does not work."""
    settings = load_settings(config)
    configure_log(settings.log)
    language = asked.language
    scene = Scene(settings, Clock(), anyway=asked.anyway)
    letter = _letter(settings, language, asked)
    counts = dict.fromkeys(Mark, 0)
    for check, result in run_checks(list(_checks(scene, config, letter))):
        counts[result.mark] += 1
        row = _row(check, result, language, settings)
        print_json(row) if asked.as_json else _show(row)
    if not asked.as_json:
        _end(counts, language, tried=letter is not None)
    return 1 if counts[Mark.BROKEN] else 0


def _checks(scene: Scene, config: Path, letter: tuple[str, str] | None) -> Iterator[Check]:
    yield Check("disk", "", partial(machine.disk, scene))
    yield Check("data", "", partial(kept_secret.data, scene.settings.data))
    yield Check("secrets", "", lambda: kept_secret.secrets(files_with_secrets(config)))
    yield Check("ledger", "", partial(remembered.ledger, scene), seconds=300)
    if scene.settings.archive is not None:
        about = scene.settings.archive
        yield Check("bucket", about, partial(remembered.bucket, scene), seconds=120)
    yield Check("clock", "", partial(machine.clock, scene))
    yield Check("readers", "", machine.readers)
    yield Check("campaigns", "", partial(collected.campaigns, scene))
    yield Check("rosters", "", partial(collected.rosters, scene))
    yield Check("calendar", "", partial(collected.calendar, scene))
    yield Check("people", "", partial(collected.people, scene))
    yield Check("approvals", "", partial(collected.approvals, scene))
    yield Check("rehearsal", "", partial(remembered.rehearsal, scene))
    for account in scene.settings.accounts:
        box, patience = account.address, sending.SECONDS + (sending.SECONDS if letter else 0)
        ask = partial(receiving.receives, scene, account)
        yield Check("receive", box, ask, receiving.SECONDS)
        yield Check("send", box, partial(sending.sends, scene, account, letter), patience)


def _letter(settings: Settings, language: str, asked: Asked) -> tuple[str, str] | None:
    """Return the letter to send to oneself, if it is wanted."""
    said = load(language)["letter"]
    boxes = [one.address for one in settings.accounts if one.smtp and one.imap]
    wanted = asked.letter
    if wanted is None and boxes and not asked.as_json and sys.stdin.isatty():
        wanted = typer.confirm(said["ask"].format(accounts=", ".join(boxes)), default=False)
    return (said["subject"], said["text"]) if wanted and boxes else None


def _row(check: Check, result: Result, language: str, settings: Settings) -> dict[str, Any]:
    """Put an answer into words, in which no secret stands."""
    facts = {key: str(fact) for key, fact in result.facts.items()}
    for account in settings.accounts:
        facts = {key: hidden(fact, account) for key, fact in facts.items()}
    told = sentence(language, result.code, facts)
    return {
        "check": name(language, check.name), "about": check.about,
        "fine": result.mark is not Mark.BROKEN, "mark": result.mark.value, "code": result.code,
        "says": told.says, "todo": told.todo,
    }  # fmt: skip


def _show(row: dict[str, Any]) -> None:
    console = screen()
    whose = f"{row['check']} {row['about']}".strip()
    console.print(SIGNS[Mark(row["mark"])], end=" ")
    console.print(f"{whose}：{row['says']}", markup=False)
    if row["todo"]:
        console.print(f"    → {row['todo']}", markup=False)


def _end(counts: dict[Mark, int], language: str, *, tried: bool) -> None:
    """Say how it is altogether."""
    said, looks, faults = load(language), counts[Mark.LOOK], counts[Mark.BROKEN]
    ends = "broken" if faults else "look" if looks else "well"
    console = screen()
    if not tried:
        console.print(said["letter"]["unasked"], markup=False)
    console.print(said["ends"][ends].format(looks=looks, broken=faults), markup=False)
