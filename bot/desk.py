"""What a command has at hand that looks at the ledger: no mailbox, no reader, no worker's lease."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from bot.clock import clock_of
from bot.keeping.opening import open_archive, open_ledger

if TYPE_CHECKING:
    from types import TracebackType

    from bot.settings import Settings
    from rules.campaign import Campaign


class Desk:
    """Use it as a context manager; the campaigns are loaded when they are asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.ledger = open_ledger(settings)
        self.clock = clock_of(self.ledger)
        self.archive = open_archive(settings)

    @cached_property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The campaigns in force, as the worker has them."""
        from bot.campaigns.amending import in_force  # noqa: PLC0415 - only for who asks
        from bot.campaigns.opening import open_shelf  # noqa: PLC0415 - the same

        return in_force(self.ledger, open_shelf(self.settings).campaigns)

    @cached_property
    def outlines(self) -> tuple[Campaign, ...]:
        """The campaigns in force without their forms: who owes what by when."""
        from bot.campaigns.amending import in_force  # noqa: PLC0415 - as above
        from bot.campaigns.opening import check_collected  # noqa: PLC0415 - as above
        from bot.campaigns.outlines import outlined  # noqa: PLC0415 - as above

        found = outlined(self.settings)
        if found is None:
            return self.campaigns
        check_collected(self.settings, {campaign.id for campaign in found})
        return in_force(self.ledger, found)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.ledger.close()
