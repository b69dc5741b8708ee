"""One stage of a round: jobs side by side that end after the stage that feeds them has ended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LOOK_EVERY = 0.02  # seconds between two looks for what the feeding stage has brought


def never() -> bool:
    """Say that nobody asks to stop, or that nothing more is coming."""
    return False


class Stage:
    """Each job is done again and again, and once more when nothing more can come."""

    def __init__(
        self,
        jobs: Sequence[Callable[[], object]],
        feeder: Stage | None = None,
        look_every: float = LOOK_EVERY,
    ) -> None:
        self._feeder, self._look_every = feeder, look_every
        self._pool = ThreadPoolExecutor(max(1, len(jobs)))
        self._running = [self._pool.submit(self._work, job) for job in jobs]

    @property
    def runs(self) -> bool:
        """Whether this stage may still bring something."""
        return not all(one.done() for one in self._running)

    def finish(self) -> None:
        """Wait for the jobs' end; raise what one of them raised."""
        self._pool.shutdown()
        for one in self._running:
            one.result()

    def _work(self, job: Callable[[], object]) -> None:
        while self._feeder is not None and self._feeder.runs:
            job()
            wait(self._feeder._running, self._look_every)  # noqa: SLF001 - one stage and another
        job()
