"""The command `shoubiao`: the groups of its commands, and how it ends in trouble.

Nothing heavy is imported before a command needs it, so that --help answers at once.
"""

from __future__ import annotations

import gc
import os
import sys
from typing import Annotated, NoReturn

import typer

from bot import __version__
from bot.cli import campaigns, held, keeping, looking, outbox, reading, start
from bot.cli.listing import Commands
from bot.commands.trouble import Trouble, known_trouble

SELDOM = 200_000  # more new objects than a small command makes

app = Commands(
    help="收表 Shoubiao: collect forms by email - read, check, answer, remind, report.",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for group in (start, looking):
    app.add_typer(group.commands)
app.add_typer(outbox.outbox, name="outbox", rich_help_panel="Look")
app.add_typer(held.held, name="held", rich_help_panel="Look")
for group in (campaigns, reading, keeping):
    app.add_typer(group.commands)


def _say_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it
    if asked:
        typer.echo(f"shoubiao {__version__}")
        raise typer.Exit


@app.callback()
def begin(
    version: Annotated[  # noqa: FBT002 - a switch of the command line
        bool,
        typer.Option(
            "--version", help="Say which version this is.", callback=_say_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Take what may stand before any command."""


def main() -> None:
    """Run the command line; trouble that has a sentence ends with it and exit status 2.

    What a command loads stays: to look for garbage in it, at the end too, took a fifth of a small
    command's time. No plug-in of pydantic is ours: to look for some reads a file of each package.
    """
    gc.set_threshold(SELDOM)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        app.called(sys.argv[1:])()
    except Trouble as trouble:
        _end(str(trouble))
    except Exception as error:
        sentence = known_trouble(error)
        if sentence is None:
            raise
        _end(sentence)
    finally:
        gc.freeze()


def _end(sentence: str) -> NoReturn:
    typer.echo(f"shoubiao: {sentence}", err=True)
    raise SystemExit(2) from None


if __name__ == "__main__":
    main()
