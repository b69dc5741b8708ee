"""Whether all workers have the same campaigns in force, and that the operator hears if not.

Folders are copied from machine to machine by whoever edits them; until then workers judge by
what they have, so a difference is given some minutes and then told of.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.watch.alerts import alarm, all_clear

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.office import Office
    from state.rows.workers import WorkerRow

log = get_log("agreement")
ALERT = "campaigns-differ"
LONGEST = timedelta(minutes=5)


def watch_agreement(office: Office) -> int:
    """Tell of campaigns that differ between workers, and of those that agree again."""
    if not office.ledger.is_shared:
        return 0
    workers = office.ledger.living_workers(office.clock.now())
    told = {alert.subject for alert in office.ledger.open_alerts() if alert.kind == ALERT}
    names = {name for worker in workers for name in worker.campaigns} | told
    return sum(_is_apart(office, name, name in differing(workers)) for name in sorted(names))


def differing(workers: Iterable[WorkerRow]) -> set[str]:
    """Return the campaigns that are not the same for all, or not there for some."""
    known = [worker.campaigns for worker in workers if worker.campaigns]
    names = {name for campaigns in known for name in campaigns}
    return {name for name in names if len({campaigns.get(name) for campaigns in known}) > 1}


def _is_apart(office: Office, campaign: str, apart: bool) -> bool:  # noqa: FBT001 - it is asked
    key, now = f"differs:{campaign}", office.clock.now()
    since = office.ledger.recall(key)
    if not apart:
        if since:
            office.ledger.remember(key, "")
        all_clear(office, ALERT, campaign)
        return False
    if not since:
        office.ledger.remember(key, now.isoformat())
        return False
    if now - datetime.fromisoformat(since) < LONGEST:
        return False
    log.error("campaigns-differ", campaign=campaign)
    alarm(office, ALERT, campaign)
    return True
