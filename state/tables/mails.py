"""Mails, how they came, how far each folder was looked into, and the files they brought."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from state import rows
from state.columns import BIG, Instant, Json, Words
from state.tables.metadata import METADATA

mails = Table(
    "mails",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("content_key", Words, nullable=False, unique=True),
    Column("raw_sha256", Words, nullable=False),
    Column("size", BIG, nullable=False),
    Column("mailbox", Words, nullable=False),
    Column("folder", Words, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("answerable", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("worker", Words),
    Column("lease_until", Instant),
    Column("outcome", Words),
    Column("reason", Words),
    Column("cause", Words),
    Column("decided_at", Instant),
    Column("campaign", Words),
    Column("unit", Words),
    Column("unit_name", Words),
    Column("unit_by", Words),
    Column("assigned_campaign", Words),
    Column("assigned_unit", Words),
    Column("message_id", Words),
    Column("subject", Words),
    Column("sender_address", Words),
    Column("sender_name", Words),
    Column("automatic", Words),
    Column("references", Json(lambda: tuple[str, ...])),
    Column("thread", BIG, ForeignKey("mails.id")),
    Column("findings", Json(lambda: rows.stored.Findings)),
    Column("candidates", Json(lambda: rows.stored.Units)),
    Column("notes", Json(lambda: tuple[str, ...])),
    Column("purged_at", Instant),
    Column("lane", Integer, nullable=False, server_default="1"),
    Column("mended_key", Words),  # the content key of the copy a person put in its place
)
UNDECIDED = mails.c.outcome.is_(None)
Index(None, mails.c.outcome, mails.c.lane, mails.c.received_at)
Index(None, mails.c.thread)
Index("ix_mails_mended_key", mails.c.mended_key, unique=True)

arrivals = Table(
    "arrivals",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("mail_id", BIG, ForeignKey("mails.id"), nullable=False, index=True),
    Column("mailbox", Words, nullable=False),
    Column("folder", Words, nullable=False),
    Column("uidvalidity", BIG, nullable=False),
    Column("uid", BIG),  # empty once the server has given the number to another mail
    Column("received_at", Instant, nullable=False),
    Column("raw_sha256", Words, nullable=False),
    Column("recorded_at", Instant, nullable=False),
    Column("gone_at", Instant),
    Column("seen_again", Boolean, nullable=False, default=False),
    UniqueConstraint("mailbox", "folder", "uidvalidity", "uid"),
)

polls = Table(
    "polls",
    METADATA,
    Column("mailbox", Words, primary_key=True),
    Column("folder", Words, primary_key=True),
    Column("uidvalidity", BIG, nullable=False),
    Column("on_server", BIG, nullable=False),
    Column("older", BIG, nullable=False, default=0),  # of them, those the search did not reach
    Column("last_uid", BIG),
    Column("first_polled_at", Instant, nullable=False),
    Column("polled_at", Instant, nullable=False),
    Column("listed_at", Instant),
)

files = Table(
    "files",
    METADATA,
    Column("mail_id", BIG, ForeignKey("mails.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False),
    Column("sha256", Words, nullable=False, index=True),
    Column("size", BIG, nullable=False),
    Column("kind", Words, nullable=False),
    Column("path", Json(lambda: tuple[str, ...]), nullable=False),
    Column("inline", Boolean, nullable=False),
    Column("problem", Words),
)
