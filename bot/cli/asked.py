"""The options that several commands share."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.completing import campaign_ids
from bot.commands.trouble import wrong

HERE = Path("shoubiao.toml")
Config = Annotated[
    Path,
    typer.Option("--config", "-c", help="The settings file.", show_default=True),
]
Json = Annotated[bool, typer.Option("--json", help="JSON Lines on stdout, logs on stderr.")]
TIMES = ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d"]
CampaignOption = Annotated[
    str | None,
    typer.Option("--campaign", help="Only this campaign (its id).", autocompletion=campaign_ids),
]
CampaignId = Annotated[str, typer.Argument(help="The campaign's id.", autocompletion=campaign_ids)]
At = Annotated[
    datetime | None,
    typer.Option("--at", help="The time to judge at, ISO 8601.", formats=TIMES),
]


def nothing_before(context: typer.Context, config: Path, *, as_json: bool) -> None:
    """Refuse options that stand before a group's command, where they would be passed over."""
    if config != HERE or as_json:
        raise wrong("options-after", given=context.invoked_subcommand)
