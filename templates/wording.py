"""How a campaign's own sentences take the place of a letter's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from templates import words

Own = Callable[..., str]


def own_words(page: Mapping[str, Any]) -> Own:
    """Return what templates ask for a sentence: the campaign's own, "" where it has none."""
    campaign = page.get("campaign")
    wording: Mapping[str, str] = campaign.wording if campaign is not None else {}

    def own(key: str, **values: object) -> str:
        said = wording.get(key, "")
        return words.clean(said.format(**values)) if said else ""

    return own
