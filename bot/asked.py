"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

HERE = Path("shoubiao.toml")
Config = Annotated[
    Path,
    typer.Option("--config", "-c", help="The settings file.", show_default=True),
]
Json = Annotated[bool, typer.Option("--json", help="JSON Lines on stdout, logs on stderr.")]
