"""What units handed in, each version with its sources."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, UniqueConstraint

from state import rows
from state.columns import BIG, Instant, Json, Words
from state.tables.metadata import METADATA

submissions = Table(
    "submissions",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("mail_id", BIG, ForeignKey("mails.id"), nullable=False, index=True),
    Column("campaign", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("unit_by", Words, nullable=False),
    Column("requirement", Words, nullable=False),
    Column("item", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("standing", Words, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("files", Json(lambda: rows.stored.Files), nullable=False),
    Column("readings", Json(lambda: rows.stored.Readings), nullable=False),
    Column("findings", Json(lambda: rows.stored.Findings), nullable=False),
    Column("supersedes", BIG, ForeignKey("submissions.id")),
    Column("withdrawn_at", Instant),
    UniqueConstraint("campaign", "unit", "requirement", "item", "version"),
)
