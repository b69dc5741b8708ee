"""What else is remembered: who did what, small facts, troubles."""

from __future__ import annotations

from sqlalchemy import Column, Index, Table

from state.columns import BIG, Instant, Words
from state.tables.metadata import METADATA

audits = Table(
    "audits",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("actor", Words, nullable=False),
    Column("action", Words, nullable=False),
    Column("detail", Words, nullable=False),
)

facts = Table(
    "facts",
    METADATA,
    Column("key", Words, primary_key=True),
    Column("value", Words, nullable=False),
)

alerts = Table(
    "alerts",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
)
OPEN = alerts.c.closed_at.is_(None)
Index(
    "ix_alerts_open",
    alerts.c.kind,
    alerts.c.subject,
    unique=True,
    info={"where": OPEN},
)
