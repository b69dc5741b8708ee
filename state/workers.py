"""Which workers live, by heartbeats that the database's clock dates, and what each does alone.

A job's lease is its worker's life: it has no end of its own, so that a job of an hour needs no
renewal but its worker's. Who stays silent is gone, and whatever it had is free.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, or_, select

from state import rows
from state.engine import Database, insert_over, put
from state.tables import leases, workers

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from state.rows.workers import WorkerRow

w = workers.c


class Workers(Database):
    """Heartbeats and leases. `now` is the database's, as the workers' clocks follow it."""

    def instant(self) -> datetime | None:
        """Return the database server's time; None where the machine's clock is the only one."""
        if not self.is_shared:
            return None
        with self.reading() as connection:
            told: datetime = connection.scalars(select(func.clock_timestamp())).one()
        return told

    def beat(
        self, worker: str, machine: str, now: datetime, life: timedelta, campaigns: dict[str, str]
    ) -> None:
        """Let a worker be known to live for so long from now."""
        row = {"machine": machine, "until": now + life, "campaigns": campaigns}
        with self.writing() as connection:
            put(connection, workers, {"name": worker}, row, {"began_at": now})

    def living_workers(self, now: datetime) -> list[WorkerRow]:
        """Return the workers that live, by name."""
        query = select(workers).where(w.until > now).order_by(w.name)
        with self.reading() as connection:
            return [rows.workers.WorkerRow(**row) for row in connection.execute(query).mappings()]

    def silent_workers(self, now: datetime) -> list[str]:
        """Return the workers that did not beat in time, and of whom nobody has taken over."""
        with self.reading() as connection:
            return list(connection.scalars(select(w.name).where(w.until <= now).order_by(w.name)))

    def forget_worker(self, worker: str) -> None:
        """Let a worker's leases go, and its name."""
        with self.writing() as connection:
            connection.execute(delete(leases).where(leases.c.worker == worker))
            connection.execute(delete(workers).where(w.name == worker))

    def take_lease(self, job: str, worker: str, now: datetime) -> bool:
        """Say whether a worker that lives may do a job alone: it has the lease, or takes it."""
        with self.reading() as connection:
            living = set(connection.scalars(select(w.name).where(w.until > now)))
            holder = connection.scalar(select(leases.c.worker).where(leases.c.job == job))
        if worker not in living or (holder != worker and holder in living):
            return False
        return holder == worker or self._take(job, worker, now)

    def _take(self, job: str, worker: str, now: datetime) -> bool:
        """Take a lease that nobody living has; of several who try, the first one gets it."""
        alive = select(w.name).where(w.until > now)
        free = or_(leases.c.worker == worker, leases.c.worker.not_in(alive))
        with self.writing() as connection:
            insert_over(connection, leases, {"job": job}, {"worker": worker}, free)
            taken = select(leases.c.worker).where(leases.c.job == job)
            return connection.scalar(taken) == worker

    def leases_of(self, worker: str, kind: str = "") -> list[str]:
        """Return the jobs that a worker does alone, of those whose names begin so."""
        its = (leases.c.worker == worker, leases.c.job.startswith(kind, autoescape=True))
        query = select(leases.c.job).where(*its).order_by(leases.c.job)
        with self.reading() as connection:
            return list(connection.scalars(query))

    def give_lease(self, job: str, worker: str) -> None:
        """Let one lease go."""
        mine = (leases.c.job == job, leases.c.worker == worker)
        with self.writing() as connection:
            connection.execute(delete(leases).where(*mine))
