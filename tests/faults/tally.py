"""What a fault test tried, and what went wrong at which point."""

from __future__ import annotations

import sys
import traceback
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Tally:
    """`points` were tried; `failures` name the point and what was not as promised."""

    points: int = 0
    failures: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @contextmanager
    def point(self, name):
        """Try one point: what is raised in it is a failure, and the next point is tried."""
        self.points += 1
        try:
            yield
        except Exception as error:  # noqa: BLE001 - the next point is to be tried
            frames = traceback.extract_tb(error.__traceback__)
            where = next((f for f in reversed(frames) if "/tests/" in f.filename), frames[-1])
            told = str(error).replace("\n", " ")[:300]
            told = f"{name}: {type(error).__name__} {told} ({where.name})"
            self.failures.append(told)
            print(f"FAILED {told}", flush=True)  # noqa: T201 - the sweep is long

    def note(self, text):
        """Keep a figure worth printing; who waits for a sweep of hours sees it at once."""
        self.notes.append(text)
        print(f"{self.points} points so far: {text}", file=sys.stderr, flush=True)  # noqa: T201
