"""The commands that read documents and mails, and store nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asked import At, CampaignOption, Json
from bot.cli.listing import Commands

commands = Commands("Read")


SCORE = """Score the reading of filled files, per format and per kind of mess.

Beside each file (a.docx) stands what it states, written by a person who looked at it
(a.docx.yaml, or .json):

\b
    format: docx                 # how it was saved; left out: the ending
    mess: [numbered, cover]      # what is unusual about it; left out: plain
    form: 2023-neimenggu/statistics
    unit: chifeng                # its id in the roster; null: it does not say
    values:                      # as `read --json` prints them
      reporter: 赤峰市科技局
      participants: 1200
      boards: missing            # empty; the same as leaving it out
      films: ambiguous           # 3-5场: has to be asked
    extra:                       # rows that were added
      - {label: 线上直播, value: 4, unit: 场}

\b
Also: `unreadable: true` (a scan: values may be given up, but not be read otherwise),
`mailbox: 2023-cis` (where it came to, if its title does not tell), `partial: true` (other
fields are not scored), `{any: [a, b]}` for a value, `forms: [...]` for a file with several
forms or none. --propose drafts them from the program's own reading: check every line.

Each file is read as the worker reads it, in a child of limited memory and time. A field is
right; asked (has to be asked, and is); given up; missed; or wrong, a value recorded in
silence that the document does not state. Exit status 1 if one is wrong.
"""


@commands.command()
def read(
    files: Annotated[list[Path], typer.Argument(help="Documents of any kind.")],
    campaign: CampaignOption = None,
    as_json: Json = False,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Settings.")] = None,
) -> None:
    """Read documents: which form, which unit, every field, and what is wrong."""
    from bot.commands.read import read_files

    raise typer.Exit(read_files(files, campaign, config, as_json=as_json))


@commands.command()
def replay(
    mails: Annotated[list[Path], typer.Argument(help="Raw mails (.eml).")],
    campaign: CampaignOption = None,
    at: At = None,
    as_json: Json = False,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Settings.")] = None,
) -> None:
    """Put mails through reading and judging; nothing is stored or sent."""
    from bot.commands.replay import replay_mails

    raise typer.Exit(replay_mails(mails, campaign, at, config, as_json=as_json))


@commands.command(help=SCORE)
def score(  # noqa: PLR0913, PLR0917 - one parameter per switch
    folder: Annotated[Path, typer.Argument(help="Filled files, each with its expectation.")],
    at_least: Annotated[
        float, typer.Option("--at-least", help="Exit 1 if fewer per cent are right.")
    ] = 0,
    details: Annotated[bool, typer.Option("--details", help="List every fault.")] = False,
    propose: Annotated[
        bool, typer.Option("--propose", help="Draft the expectations that are not there yet.")
    ] = False,
    campaign: CampaignOption = None,
    as_json: Json = False,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Settings.")] = None,
) -> None:
    """Score the reading of filled files, per format and per kind of mess."""
    if propose:
        from bot.commands.propose import propose as draft

        raise typer.Exit(draft(folder, campaign, config))
    from bot.commands.score import score_folder

    ended = score_folder(
        folder, campaign, config, at_least=at_least, details=details, as_json=as_json
    )
    raise typer.Exit(ended)
