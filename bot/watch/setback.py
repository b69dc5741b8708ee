"""What to do when the clock was set back: nothing may wait for a day that is years away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.reminders.chasing import LAST_TICK

if TYPE_CHECKING:
    from bot.office import Office

log = get_log("setback")
NOTABLE = timedelta(hours=1)


def heed_setback(office: Office) -> int:
    """Let what waits for an instant that the clock had wrongly reached go on; return how much.

    A machine that starts without a clock of its own may be years ahead for some minutes.
    """
    now, last = office.clock.now(), office.ledger.recall(LAST_TICK)
    if last is None or datetime.fromisoformat(last) <= now + NOTABLE:
        return 0
    freed = office.ledger.set_back(now)
    log.warning("clock-set-back", last=last, freed=freed)
    return freed
