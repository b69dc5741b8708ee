"""`shoubiao doctor --live`: whether the worker lives and gets on; no ledger is opened for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.clock import Clock
from bot.settings import load_settings
from bot.watch.heartbeats import STALE, read_heartbeats

if TYPE_CHECKING:
    from pathlib import Path


def is_live(config: Path, *, as_json: bool) -> int:
    """Say whether the worker beats and gets on; 1 if not."""
    beats, now = read_heartbeats(load_settings(config).data), Clock().now()
    trouble = [f"{_whose(beat, beats)}{said}" for beat in beats for said in judged(beat, now)]
    trouble = trouble if beats else ["no worker has left a heartbeat: start it with shoubiao run"]
    if as_json:
        first: dict[str, Any] = beats[0] if beats else {}
        told = {"live": not trouble, "trouble": trouble, **first, "workers": len(beats)}
        print(json.dumps(told, ensure_ascii=False))  # noqa: T201 - the contract
    else:
        for line in trouble or [_lives(beat) for beat in beats]:
            print(line)  # noqa: T201 - what was asked
    return 1 if trouble else 0


def _whose(beat: dict[str, Any], beats: list[dict[str, Any]]) -> str:
    return f"process {beat['pid']}: " if len(beats) > 1 else ""


def _lives(beat: dict[str, Any]) -> str:
    unheard = "; ".join(f"nobody could be told of: {one}" for one in beat.get("untold", ()))
    lives = f"the worker lives and gets on (process {beat['pid']}, {beat['restarts']} restarts)"
    return f"{lives}; {unheard}; set admin in shoubiao.toml" if unheard else lives


def judged(beat: dict[str, Any], now: datetime) -> list[str]:
    """Return what is wrong with a worker, by its last heartbeat."""
    age = now - datetime.fromisoformat(beat["at"]).astimezone(UTC)
    if age > STALE:
        return [f"the last heartbeat is {round(age.total_seconds())} s old: restart the worker"]
    limit = float(beat["limit"])
    return [
        f"{job} has not got on for {round(age)} s; the watchdog ends it, or restart the worker"
        for job, age in beat["silent"].items()
        if age > 2 * limit
    ]
