"""What the Tab key offers for a campaign's id and a letter's name; nothing where it cannot tell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator


def campaign_ids(context: typer.Context, incomplete: str) -> list[str]:
    """Return the names of the campaign folders that the settings name, else of those shipped."""
    config = Path(str(context.params.get("config") or "shoubiao.toml"))
    return sorted(name for name in _folders(config) if name.startswith(incomplete))


def letter_names(incomplete: str) -> list[str]:
    """Return the letters that can be previewed."""
    from templates.previews import PREVIEWS

    return [known.name for known in PREVIEWS if known.name.startswith(incomplete)]


def provider_names(incomplete: str) -> list[str]:
    """Return the providers whose servers are known."""
    from bot.mailboxes.providers import OWN, PROVIDERS

    known = (*(provider.name for provider in PROVIDERS), *OWN)
    return [name for name in known if name.startswith(incomplete)]


def _folders(config: Path) -> Iterator[str]:
    try:
        for path in _place(config).iterdir():
            if (path / "campaign.yaml").is_file():
                yield path.name
    except (OSError, ValueError):
        return


def _place(config: Path) -> Path:
    import tomllib

    from rules.folder.files import SHIPPED

    if not config.is_file():
        return SHIPPED
    named = tomllib.loads(config.read_text(encoding="utf-8")).get("campaigns")
    return config.parent / named if isinstance(named, str) else SHIPPED
