"""Which workers live on whatever machine, and what each of them does alone."""

from __future__ import annotations

from sqlalchemy import Column, Table

from state.columns import Instant, Json, Words
from state.tables.metadata import METADATA

workers = Table(
    "workers",
    METADATA,
    Column("name", Words, primary_key=True),
    Column("machine", Words, nullable=False),
    Column("began_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),  # it lives, unless it stays silent for so long
    Column("campaigns", Json(lambda: dict[str, str]), nullable=False),  # their fingerprints
)

leases = Table(
    "leases",
    METADATA,
    Column("job", Words, primary_key=True),
    Column("worker", Words, nullable=False),
)
