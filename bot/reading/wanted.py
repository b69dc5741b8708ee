"""What is wanted of a mail besides its text: the forms of the campaigns open when it came."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.campaign import Campaign
from rules.judging.arrival import in_force, preferred
from rules.judging.told import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rules.judging.arrival import Arrival


@dataclass(frozen=True, slots=True)
class Wanted:
    """The campaigns in force, of which those `opened` are looked for and `prefer` is likeliest.

    `whole`: every document is wanted, those too whose forms are found.
    """

    campaigns: tuple[Campaign, ...] = ()
    opened: tuple[Campaign, ...] = ()
    prefer: frozenset[str] = frozenset()
    whole: bool = False

    @property
    def asked(self) -> dict[str, object]:
        """Return it as a child is asked."""
        opened = [campaign.id for campaign in self.opened]
        return {"opened": opened, "prefer": sorted(self.prefer), "whole": self.whole}


def wanted_of(campaigns: tuple[Campaign, ...], arrival: Arrival) -> Wanted:
    """Return what is wanted of a mail that came in so."""
    opened = in_force(campaigns, arrival)
    return Wanted(campaigns, opened, preferred(opened, arrival))


class Told:
    """What children are told of the campaigns, as JSON; made again when any campaign is another."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._made: tuple[Sequence[Campaign], str, str] = ((), "", "[]")

    def of(self, campaigns: tuple[Campaign, ...]) -> tuple[str, str]:
        """Return a name that changes with the content, and the content."""
        with self._making:
            made, name, text = self._made
            if made != campaigns:
                text = tell(campaigns).decode()
                name = hashlib.sha256(text.encode()).hexdigest()
                self._made = (campaigns, name, text)
        return name, text
