"""What the checks have at hand: settings, clock, campaigns; read as they stand, nothing written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from bot.clock import Clock
from bot.mailboxes.breaker import Breakers, fingerprint
from bot.settings import Settings
from rules.folder.load import SHIPPED, campaign_folders, load_campaign
from rules.folder.problem import CampaignError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.settings import Account
    from rules.campaign import Campaign


@dataclass(frozen=True)
class Scene:
    """A deployment, looked at from outside; the worker may run meanwhile."""

    settings: Settings
    clock: Clock
    anyway: bool = False  # knock at doors that are shut too

    @property
    def root(self) -> Path:
        """Where the campaign folders lie."""
        return self.settings.campaigns or SHIPPED

    @cached_property
    def loaded(self) -> tuple[tuple[Campaign, ...], tuple[str, ...]]:
        """The campaigns that load, and the names of the folders that do not."""
        campaigns, broken = [], []
        for folder in campaign_folders(self.root):
            try:
                campaigns.append(load_campaign(folder))
            except CampaignError:
                broken.append(folder.name)
        boxes = self.settings.boxes
        return tuple(c.collected_in(boxes.get(c.id, ())) for c in campaigns), tuple(broken)

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The campaigns that load."""
        return self.loaded[0]

    def may_log_in(self, account: Account, door: str) -> bool:
        """Respect a shut door: providers block mailboxes that are knocked at again and again."""
        if self.anyway:
            return True
        secret = account.password.get_secret_value() if account.password else ""
        shut = Breakers(self.settings.data / "breakers.json")[door]
        return shut.allows(self.clock.now(), fingerprint(account.username, secret))
