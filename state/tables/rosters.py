"""Every roster that was in force or proposed: whose, since when, how it came, what it changed."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from state import rows
from state.columns import BIG, Instant, Json, Words
from state.tables.metadata import METADATA

rosters = Table(
    "rosters",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("campaign", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("data", LargeBinary, nullable=False),  # the workbook; empty once purged
    Column("at", Instant, nullable=False),
    Column("actor", Words, nullable=False),
    Column("how", Words, nullable=False),
    Column("mail_id", BIG, ForeignKey("mails.id"), index=True),
    Column("base", Words, nullable=False),
    Column("changes", Json(lambda: rows.rosters.Changes), nullable=False),
    Column("turn", Integer),  # the how manieth it was to be in force; clocks are set back
    Column("adopted_at", Instant),
    Column("written_at", Instant),
    UniqueConstraint("campaign", "number"),
)
Index(None, rosters.c.campaign, rosters.c.turn)
