"""`shoubiao doctor --live`: whether the worker lives and gets on; no ledger is opened for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.clock import Clock
from bot.commands.trouble import language
from bot.settings import load_settings
from bot.watch.heartbeats import STALE, read_heartbeats
from templates.terminal import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def is_live(config: Path, *, as_json: bool) -> int:
    """Say whether the worker beats and gets on; 1 if not."""
    beats, now = read_heartbeats(load_settings(config).data), Clock().now()
    told_in = "en" if as_json else language()
    trouble = list(_trouble(beats, now, told_in))
    if as_json:
        first: dict[str, Any] = beats[0] if beats else {}
        told = {"live": not trouble, "trouble": trouble, **first, "workers": len(beats)}
        print(json.dumps(told, ensure_ascii=False))  # noqa: T201 - the contract
    else:
        for line in trouble or [_lives(beat, told_in) for beat in beats]:
            print(line)  # noqa: T201 - what was asked
    return 1 if trouble else 0


def _trouble(beats: list[dict[str, Any]], now: datetime, language: str) -> Iterator[str]:
    if not beats:
        yield say(language, "no-heartbeat", {})
    for beat in beats:
        for trouble in judged(beat, now, language):
            facts = {"process": beat["pid"], "trouble": trouble}
            yield say(language, "process", facts) if len(beats) > 1 else trouble


def _lives(beat: dict[str, Any], language: str) -> str:
    unheard = ", ".join(beat.get("untold", ()))
    facts = {"process": beat["pid"], "restarts": beat["restarts"], "unheard": unheard}
    return say(language, "lives-unheard" if unheard else "lives", facts)


def judged(beat: dict[str, Any], now: datetime, language: str = "en") -> list[str]:
    """Return what is wrong with a worker, by its last heartbeat."""
    age = now - datetime.fromisoformat(beat["at"]).astimezone(UTC)
    if age > STALE:
        return [say(language, "heartbeat-old", {"seconds": round(age.total_seconds())})]
    limit = float(beat["limit"])
    return [
        say(language, "job-stuck", {"job": job, "seconds": round(age)})
        for job, age in beat["silent"].items()
        if age > 2 * limit
    ]
