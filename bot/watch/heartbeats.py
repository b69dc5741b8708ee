"""What the workers of a data folder last said of themselves; reading it loads nothing heavy."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.watch.presence import HEARTBEAT, WORKERS

if TYPE_CHECKING:
    from pathlib import Path

STALE = timedelta(minutes=2)  # a heartbeat older than that is a dead worker's


def read_heartbeats(folder: Path) -> list[dict[str, Any]]:
    """Return the last heartbeat of each worker of a data folder, the latest first."""
    told = (_read(path) for path in (folder / WORKERS).glob(f"*{HEARTBEAT}"))
    return sorted((one for one in told if one), key=lambda one: one["at"], reverse=True)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        datetime.fromisoformat(told["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return dict(told)
