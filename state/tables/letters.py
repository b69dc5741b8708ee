"""Letters, their bytes and recipients, and each try to send them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)

from state.columns import BIG, Instant, Json, Words
from state.tables.metadata import METADATA

letters = Table(
    "letters",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("subject_key", Words, nullable=False),
    Column("period", Words, nullable=False),
    Column("account", Words, nullable=False),
    Column("recipients", Json(lambda: tuple[str, ...]), nullable=False),
    Column("message_id", Words, nullable=False, index=True),
    Column("subject", Words, nullable=False),
    Column("size", BIG, nullable=False),
    Column("campaign", Words),
    Column("unit", Words),
    Column("mail_id", BIG, ForeignKey("mails.id"), index=True),
    Column("requirements", Json(lambda: tuple[str, ...]), nullable=False),
    Column("priority", Integer, nullable=False),
    Column("not_before", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("uncertain", Integer, nullable=False, default=0),
    Column("worker", Words),
    Column("lease_until", Instant),
    Column("settled_at", Instant),  # when it was sent, refused or rehearsed
    Column("code", Integer),
    Column("text", Words),
    Column("approved_at", Instant),  # when a person let it go that had to be asked first
    UniqueConstraint("kind", "subject_key", "period"),
)
WAITING = letters.c.settled_at.is_(None)
Index(
    "ix_letters_waiting",
    letters.c.account,
    letters.c.priority,
    letters.c.created_at,
    letters.c.id,
    info={"where": WAITING},
)
APPROVED = letters.c.approved_at.is_not(None)
Index(
    "ix_letters_approved",
    letters.c.campaign,
    letters.c.kind,
    info={"where": APPROVED},
)
LEASED = letters.c.lease_until.is_not(None)
Index(None, letters.c.lease_until, info={"where": LEASED})

letter_bytes = Table(
    "letter_bytes",
    METADATA,
    Column("letter_id", BIG, ForeignKey("letters.id"), primary_key=True, autoincrement=False),
    Column("raw", LargeBinary, nullable=False),
)

recipients = Table(
    "recipients",
    METADATA,
    Column("letter_id", BIG, ForeignKey("letters.id"), primary_key=True, autoincrement=False),
    Column("address", Words, primary_key=True),
    Column("domain", Words, nullable=False),
    Column("answer", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("bounced_at", Instant),
    Index(None, "address", "created_at"),
    Index(None, "domain", "created_at"),
)

attempts = Table(
    "attempts",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("letter_id", BIG, ForeignKey("letters.id"), nullable=False, index=True),
    Column("account", Words, nullable=False),
    Column("worker", Words, nullable=False),
    Column("at", Instant, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("code", Integer),
    Column("text", Words, nullable=False),
    Index(None, "account", "at"),
)
