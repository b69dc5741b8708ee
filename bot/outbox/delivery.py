"""Deliver: the outbox's letters leave within the account's budget; every attempt is a row."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.outbox.batch import ANSWERS, Batch, urgency
from bot.outbox.courier import Courier
from bot.outbox.doors import is_shut
from bot.stage import never

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.office import Office
    from bot.settings import Account

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def deliver(
    office: Office,
    account: Account,
    stopping: Callable[[], bool] = never,
    more_coming: Callable[[], bool] = never,
) -> int:
    """Send one batch of an account's letters in one session; return how many are settled.

    While more letters are coming, an open session waits for them a few seconds.
    """
    most = min(account.budget.per_batch, allowance(office, account))
    async with Courier(account).session() as session:
        batch = Batch(office, account, session, most, stopping, _sent_this_hour(office, account))
        try:
            while batch.goes_on() and await batch.waits(more_coming if batch.tried else never):
                office.clock.sleep(account.budget.pause_seconds if batch.tried else 0)
                if not await batch.send_next():
                    break
        finally:
            batch.close()
    return batch.settled


def has_letters(office: Office, account: Account) -> bool:
    """Say whether a letter waits for its turn: asked often, so that nothing else need be."""
    now, waits = office.clock.now(), office.ledger.letter_waits
    if not waits(account.address, now, ANSWERS):
        return False
    least = urgency(account, _sent_this_hour(office, account))
    return waits(account.address, now, ANSWERS, least)


def _sent_this_hour(office: Office, account: Account) -> int:
    return office.ledger.sent_since(account.address, office.clock.now() - HOUR)


def allowance(office: Office, account: Account) -> int:
    """Return how many letters the account may send now: its hour, its day, everyone's hour."""
    now, ledger, budget = office.clock.now(), office.ledger, account.budget
    if office.settings.rehearse:
        return budget.per_batch
    if is_shut(office, account):
        return 0
    left = (
        office.settings.caps.global_per_hour - ledger.sent_since(None, now - HOUR),
        budget.per_hour - ledger.sent_since(account.address, now - HOUR),
        budget.per_day - ledger.sent_since(account.address, now - DAY),
    )
    return max(0, min(left))
