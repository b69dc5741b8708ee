"""What the first mails would otherwise wait for: a roster's names gathered, letters loaded."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from rules.who.keys import names_of
from templates.render import load_letter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rules.campaign import Campaign

USUAL = ("receipt", "correction")


def make_ready(campaigns: Iterable[Campaign]) -> None:
    """Begin with it, beside whatever goes on; wait for nothing."""
    threading.Thread(target=_make_ready, args=(tuple(campaigns),), daemon=True).start()


def _make_ready(campaigns: tuple[Campaign, ...]) -> None:
    for campaign in campaigns:
        names_of(campaign.roster)
    for kind in USUAL:
        load_letter(kind)
