"""What earlier runs of a bench measured: one JSON line a run, kept outside the repository."""

from __future__ import annotations

import json
import os
from pathlib import Path


def default_history(bench):
    """Return where a bench keeps its history, unless told otherwise."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state"
    return Path(state) / "shoubiao" / f"{bench}.jsonl"


def compared(history, figures, same, ratios):
    """Keep the figures, and return the ratios of the last run that was `same`, by name.

    Ratios to the floor of the same run are compared, never seconds: machines differ, and one
    machine differs from hour to hour.
    """
    history.parent.mkdir(parents=True, exist_ok=True)
    lines = history.read_text("utf-8").splitlines() if history.exists() else []
    with history.open("a", encoding="utf-8") as file:
        file.write(json.dumps(figures, ensure_ascii=False) + "\n")
    runs = [run for run in map(json.loads, lines) if all(run.get(k) == figures[k] for k in same)]
    last = next((run for run in reversed(runs) if any(name in run for name in ratios)), {})
    return {name: last[name] for name in ratios if name in last} | (
        {"at": last["at"]} if last else {}
    )
