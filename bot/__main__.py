"""The command `shoubiao`: what may be asked of it, and where each answer is worked out.

Nothing heavy is imported before a command needs it, so that --help answers at once.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import operations
from bot.asked import HERE, Config, Json

app = typer.Typer(
    help="收表 Shoubiao: collect forms by email - read, check, answer, remind, report.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
roster_app = typer.Typer(help="The list of units that owe something.", no_args_is_help=True)
app.add_typer(roster_app, name="roster")

TIMES = ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d"]
CampaignOption = Annotated[
    str | None, typer.Option("--campaign", help="Only this campaign (its id).")
]
At = Annotated[
    datetime | None,
    typer.Option("--at", help="The time to judge at, ISO 8601.", formats=TIMES),
]
SCORE = """Score the reading of filled files, per format and per kind of mess.

Beside each file (a.docx) stands what it states, written by a person who looked at it
(a.docx.yaml, or .json):

\b
    format: docx                 # how it was saved; left out: the ending
    mess: \\[numbered, cover]      # what is unusual about it; left out: plain
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
fields are not scored), `{any: \\[a, b]}` for a value, `forms: \\[...]` for a file with several
forms or none. --propose drafts them from the program's own reading: check every line.

Each file is read as the worker reads it, in a child of limited memory and time. A field is
right; asked (has to be asked, and is); given up; missed; or wrong, a value recorded in
silence that the document does not state. Exit status 1 if one is wrong.
"""


@app.command()
def demo(
    folder: Annotated[
        Path, typer.Option("--dir", help="Where the letters, workbooks and index.html go.")
    ] = Path("demo"),
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours.")] = False,
) -> None:
    """Play a whole season against an embedded post office, and leave everything to look at."""
    from bot.demo.season import play

    raise typer.Exit(play(folder, color=not no_color))


@app.command()
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


@app.command()
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


@app.command()
def read(
    files: Annotated[list[Path], typer.Argument(help="Documents of any kind.")],
    campaign: CampaignOption = None,
    as_json: Json = False,
    config: Annotated[Path | None, typer.Option("--config", "-c", help="Settings.")] = None,
) -> None:
    """Read documents: which form, which unit, every field, and what is wrong."""
    from bot.commands.read import read_files

    raise typer.Exit(read_files(files, campaign, config, as_json=as_json))


@app.command(help=SCORE)
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


@app.command()
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


@app.command()
def status(config: Config = HERE, as_json: Json = False) -> None:
    """Say how each campaign stands, and whether every mail is accounted for."""
    from bot.commands.look import show_status

    raise typer.Exit(show_status(config, as_json=as_json))


@app.command()
def export(
    campaign: Annotated[str, typer.Argument(help="The campaign's id.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The workbook to write (.xlsx).")
    ] = None,
    upward: Annotated[
        Path | None,
        typer.Option("--upward", help="The higher level's form to fill in (.docx)."),
    ] = None,
    config: Config = HERE,
) -> None:
    """Write a campaign's roll-up workbook, and the higher level's form filled in from it."""
    from bot.commands.look import write_export

    raise typer.Exit(write_export(campaign, output, upward, config))


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(help="The folder for the pages.")],
    campaign: CampaignOption = None,
    config: Config = HERE,
) -> None:
    """Write one page a campaign: every unit, version, value with its cell, letter and day."""
    from bot.commands.report import write_report

    raise typer.Exit(write_report(folder, campaign, config))


@app.command()
def preview(
    letter: Annotated[
        str | None, typer.Argument(help="Its name; without one they are listed.")
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


@app.command()
def outbox(config: Config = HERE, as_json: Json = False) -> None:
    """List the letters that wait, failed or are uncertain."""
    from bot.commands.look import show_outbox

    raise typer.Exit(show_outbox(config, as_json=as_json))


@app.command()
def learn(
    blank: Annotated[Path, typer.Argument(help="A blank form, in any format that can be read.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The form to write (.yaml).")],
) -> None:
    """Propose a form from its blank: labels, units, types; what is unsure is said."""
    from bot.commands.learn import learn_blank

    raise typer.Exit(learn_blank(blank, output))


@app.command()
def notice(
    file: Annotated[Path, typer.Argument(help="The notice: .txt, .docx, .html, .pdf, .doc.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The campaign folder to draft.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Draft a campaign from a notice: mailboxes, deadlines, what is owed, forms; what is open."""
    from bot.commands.notice import draft_notice

    raise typer.Exit(draft_notice(file, output, as_json=as_json))


@app.command("check-campaign")
def check_campaign(
    folder: Annotated[Path, typer.Argument(help="The campaign folder.")],
) -> None:
    """Check a campaign folder: every problem with file, line or cell, and remedy."""
    from bot.commands import campaigns

    raise typer.Exit(campaigns.check_campaign(folder))


@app.command()
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


@roster_app.command("check")
def roster_check(
    file: Annotated[Path, typer.Argument(help="The roster spreadsheet.")],
    campaign: CampaignOption = None,
) -> None:
    """Check a roster spreadsheet: every problem with its cell and remedy."""
    from bot.commands.roster import check

    raise typer.Exit(check(file, campaign))


@roster_app.command("versions")
def roster_versions(
    campaign: Annotated[str, typer.Argument(help="The campaign's id.")],
    config: Config = HERE,
    number: Annotated[int | None, typer.Option("--number", "-n", help="Which version.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it there.")] = None,
) -> None:
    """List the versions of a campaign's roster: when, by whom, what changed; or get one back."""
    from bot.commands.roster import versions

    raise typer.Exit(versions(campaign, config, number, output))


operations.add_to(app)


def main() -> None:
    """Run the command line; trouble that has a sentence ends with it and exit status 2."""
    from bot.commands.trouble import Trouble, known_trouble

    try:
        app()
    except Trouble as trouble:
        typer.echo(f"shoubiao: {trouble}", err=True)
        raise SystemExit(2) from None
    except Exception as error:
        sentence = known_trouble(error)
        if sentence is None:
            raise
        typer.echo(f"shoubiao: {sentence}", err=True)
        raise SystemExit(2) from None


if __name__ == "__main__":
    main()
