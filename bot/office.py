"""Everything a worker has at hand: settings, clock, ledger, archive, campaigns, readers."""

from __future__ import annotations

import secrets
import socket
from contextlib import ExitStack
from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from bot.campaigns.amending import in_force
from bot.campaigns.opening import open_shelf
from bot.campaigns.shelf import Shelf
from bot.clock import Clock, clock_of
from bot.keeping.opening import open_archive, open_ledger
from bot.mailboxes.breaker import Breakers
from bot.mails.lanes import Lanes
from bot.mails.ready import make_ready
from bot.reading.children import GIVING_WAY, ReadingPool
from bot.settings import Account, Settings
from bot.watch.pulse import Pulse
from rules.campaign import Campaign
from state.ledger import Ledger
from state.objects import AnyArchive

if TYPE_CHECKING:
    from types import TracebackType


LEASE = timedelta(minutes=5)
INSTALLATION = "installation"


@dataclass
class Office:
    """One worker's surroundings; use as a context manager, it closes what it opened."""

    settings: Settings
    clock: Clock
    ledger: Ledger
    archive: AnyArchive
    campaigns: tuple[Campaign, ...]
    pool: ReadingPool
    installation: str
    breakers: Breakers
    shelf: Shelf | None = None  # where the campaigns come from, to be looked at again
    pulse: Pulse = field(default_factory=Pulse)
    lanes: Lanes = field(default_factory=Lanes)
    slowly: ReadingPool = field(default_factory=lambda: ReadingPool(1, command=GIVING_WAY))
    worker: str = field(default_factory=lambda: f"{socket.gethostname()}-{secrets.token_hex(4)}")

    @property
    def machine(self) -> str:
        """What troubles of this machine alone are told under; "" where there is one machine."""
        return socket.gethostname() if self.ledger.is_shared else ""

    def campaign(self, campaign_id: str | None) -> Campaign | None:
        """Return the loaded campaign with this id, if there is one."""
        return next((c for c in self.campaigns if c.id == campaign_id), None)

    def account(self, address: str) -> Account | None:
        """Return the settings of one mailbox."""
        return next((a for a in self.settings.accounts if a.address == address), None)

    def at_hand(self) -> Self:
        """Return the office with the campaigns of this moment, for one piece of work."""
        return copy(self)

    def waits_for_mending(self, mailbox: str) -> bool:
        """Say whether a mailbox may be that of a campaign that is broken and has no old version.

        Its mail stays on the server: other campaigns' rules would answer it wrongly.
        """
        lost = self.shelf is not None and any(b.campaign is None for b in self.shelf.broken)
        return lost and not any(mailbox in c.file.boxes for c in self.campaigns)

    def writes_from(self, campaign: Campaign) -> str | None:
        """Return the mailbox that letters of a campaign leave from when they answer no mail."""
        own = (a.address for a in self.settings.accounts if a.address in campaign.file.boxes)
        return next(own, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.pool.close()
        self.slowly.close()
        self.ledger.close()


def open_office(
    settings: Settings, clock: Clock | None = None, *, reads_soon: bool = False
) -> Office:
    """Open the ledger (migrated), archive and campaigns that the settings name.

    For who `reads_soon`, the reading processes start while the campaigns load.
    Raises CampaignError when there are campaigns and none of them loads.
    """
    reading = settings.reading
    limits = (reading.wall_seconds, reading.memory_mb)
    with ExitStack() as undone:
        ledger = open_ledger(settings)
        undone.callback(ledger.close)
        pool = undone.enter_context(ReadingPool(reading.children, *limits))
        if reads_soon:
            pool.make_ready()
        shelf = open_shelf(settings)
        campaigns = in_force(ledger, shelf.campaigns)
        if reads_soon:
            pool.make_ready(campaigns)
            make_ready(campaigns)
        office = Office(
            settings=settings,
            clock=clock or clock_of(ledger),
            ledger=ledger,
            archive=open_archive(settings),
            campaigns=campaigns,
            pool=pool,
            slowly=ReadingPool(1, *limits, command=GIVING_WAY),
            installation=installation_of(ledger),
            breakers=Breakers(settings.data / "breakers.json"),
            shelf=shelf,
        )
        undone.pop_all()
    return office


def installation_of(ledger: Ledger) -> str:
    """Return this installation's own secret, made at the first start and kept in the ledger."""
    known = ledger.recall(INSTALLATION)
    if known is None:
        ledger.remember_first(INSTALLATION, secrets.token_hex(16))  # others may start now too
        known = ledger.recall(INSTALLATION)
    return known or ""
