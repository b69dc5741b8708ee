"""What people ordered by mail: each order once, what it changed, what undid it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from state import rows
from state.columns import BIG, Instant, Json, Words
from state.tables.metadata import METADATA

acts = Table(
    "acts",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("mail_id", BIG, ForeignKey("mails.id"), unique=True),
    Column("at", Instant, nullable=False),
    Column("actor", Words, nullable=False),
    Column("campaign", Words, nullable=False, index=True),
    Column("verb", Words, nullable=False),
    Column("said", Words, nullable=False),
    Column("code", Words, unique=True),
    Column("before", Json(lambda: rows.acts.Before), nullable=False),
    Column("undone_by", BIG, ForeignKey("acts.id")),
)

amendments = Table(
    "amendments",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("act_id", BIG, ForeignKey("acts.id"), nullable=False, index=True),
    Column("campaign", Words, nullable=False),
    Column("unit", Words, nullable=False),
    Column("change", Words, nullable=False),
    Column("requirement", Words, nullable=False),
    Column("value", Words, nullable=False),
    Column("ended_by", BIG, ForeignKey("acts.id")),
)
AMENDS = amendments.c.ended_by.is_(None)
Index(None, amendments.c.campaign, amendments.c.id)

pauses = Table(
    "pauses",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("act_id", BIG, ForeignKey("acts.id"), nullable=False, index=True),
    Column("campaign", Words, nullable=False, index=True),
    Column("unit", Words, nullable=False),  # "": all that the campaign sends to units
    Column("ended_by", BIG, ForeignKey("acts.id")),
)
PAUSED = pauses.c.ended_by.is_(None)
