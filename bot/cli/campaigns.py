"""The commands that make and check campaigns, their forms, letters and rosters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.asked import HERE, CampaignId, CampaignOption, Config, Json
from bot.cli.completing import letter_names
from bot.cli.listing import Commands

commands = Commands("Campaigns")


@commands.command()
def notice(
    file: Annotated[Path, typer.Argument(help="The notice: .txt, .docx, .html, .pdf, .doc.")],
    annexes: Annotated[
        list[Path] | None,
        typer.Argument(help="Its annexes that are files of their own, blanks of any kind."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The campaign folder to draft.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Draft a campaign from a notice: mailboxes, deadlines, what is owed, forms; what is open."""
    from bot.commands.notice import draft_notice

    raise typer.Exit(draft_notice(file, output, annexes or (), as_json=as_json))


@commands.command()
def learn(
    blank: Annotated[Path, typer.Argument(help="A blank form, in any format that can be read.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The form to write (.yaml).")],
) -> None:
    """Propose a form from its blank: labels, units, types; what is unsure is said."""
    from bot.commands.learn import learn_blank

    raise typer.Exit(learn_blank(blank, output))


@commands.command("check-campaign")
def check_campaign(
    folder: Annotated[Path, typer.Argument(help="The campaign folder.")],
) -> None:
    """Check a campaign folder: every problem with file, line or cell, and remedy."""
    from bot.commands import campaigns

    raise typer.Exit(campaigns.check_campaign(folder))


@commands.command()
def renew(
    campaign: Annotated[str, typer.Argument(help="Last year's campaign: its id or its folder.")],
    year: Annotated[int, typer.Option("--year", help="The new year.")],
    due: Annotated[
        list[str] | None,
        typer.Option(
            "--due", help="A new deadline, KEY=2024-05-11; else the same day of the year."
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The folder to write.")
    ] = None,
    config: Config = HERE,
) -> None:
    """Make next year's campaign: new year and dates, the same forms, mailbox and roster."""
    from bot.commands.renew import renew_campaign

    raise typer.Exit(renew_campaign(campaign, year, due or [], output, config))


@commands.command()
def preview(
    letter: Annotated[
        str | None,
        typer.Argument(help="Its name; without one they are listed.", autocompletion=letter_names),
    ] = None,
    campaign: CampaignOption = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The page to write (.html).")
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="Print the text beside a page.")] = False,
    config: Config = HERE,
) -> None:
    """Show any letter with sample data, as text or as a page."""
    from bot.commands.preview import show_letter

    raise typer.Exit(show_letter(letter, campaign, output, config, text=text))


@commands.command()
def guide(
    campaign: CampaignOption = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="The page to write: .docx for Word, else text."),
    ] = None,
    config: Config = HERE,
) -> None:
    """Write one page for the units: what is owed by when, how to hand in, what comes back."""
    from bot.commands.guide import write_guide

    raise typer.Exit(write_guide(campaign, output, config))


roster = Commands(help="The list of units that owe something.")
commands.add_typer(roster, name="roster", rich_help_panel="Campaigns")


@roster.command("check")
def roster_check(
    file: Annotated[Path, typer.Argument(help="The roster spreadsheet.")],
    campaign: CampaignOption = None,
) -> None:
    """Check a roster spreadsheet: every problem with its cell and remedy."""
    from bot.commands.roster import check

    raise typer.Exit(check(file, campaign))


@roster.command("versions")
def roster_versions(
    campaign: CampaignId,
    config: Config = HERE,
    number: Annotated[int | None, typer.Option("--number", "-n", help="Which version.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it there.")] = None,
) -> None:
    """List the versions of a campaign's roster: when, by whom, what changed; or get one back."""
    from bot.commands.roster import versions

    raise typer.Exit(versions(campaign, config, number, output))
