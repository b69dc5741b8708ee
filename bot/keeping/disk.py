"""Whether the disk has room for more mail: fetching stops before it is full, answering does not."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from bot.log import get_log
from bot.watch.alerts import alarm, all_clear

if TYPE_CHECKING:
    from bot.office import Office

log = get_log("disk")
ALERT = "disk-low"
EASED = 1.2  # times the limit, so that a disk at its edge is not told of again and again


def has_room(office: Office) -> bool:
    """Say whether mail may be fetched; below the limit it stays on the server, safe."""
    free = shutil.disk_usage(office.settings.data).free
    limit = office.settings.min_free_mb << 20
    if free >= limit * EASED:
        all_clear(office, ALERT, office.machine)
    elif free < limit:
        log.error("disk-low", free_mb=free >> 20)
        alarm(office, ALERT, office.machine)
    return free >= limit
