"""The tables of the ledger, one object each.

Longer than a house file because it is a list: what a table holds is seen here in one place.
The migrations build them; a test compares the two.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
)

from rules.decision import FileRef, UnitMatch
from rules.finding import Finding
from rules.reading import Reading
from state.columns import BIG, Instant, Json, Words

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
METADATA = MetaData(naming_convention=NAMES)
STRINGS = tuple[str, ...]

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
    Column("references", Json(STRINGS)),
    Column("thread", BIG, ForeignKey("mails.id")),
    Column("findings", Json(tuple[Finding, ...])),
    Column("candidates", Json(tuple[UnitMatch, ...])),
    Column("notes", Json(STRINGS)),
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
    Column("path", Json(STRINGS), nullable=False),
    Column("inline", Boolean, nullable=False),
    Column("problem", Words),
)

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
    Column("files", Json(tuple[FileRef, ...]), nullable=False),
    Column("readings", Json(tuple[Reading, ...]), nullable=False),
    Column("findings", Json(tuple[Finding, ...]), nullable=False),
    Column("supersedes", BIG, ForeignKey("submissions.id")),
    Column("withdrawn_at", Instant),
    UniqueConstraint("campaign", "unit", "requirement", "item", "version"),
)

letters = Table(
    "letters",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("subject_key", Words, nullable=False),
    Column("period", Words, nullable=False),
    Column("account", Words, nullable=False),
    Column("recipients", Json(STRINGS), nullable=False),
    Column("message_id", Words, nullable=False, index=True),
    Column("subject", Words, nullable=False),
    Column("size", BIG, nullable=False),
    Column("campaign", Words),
    Column("unit", Words),
    Column("mail_id", BIG, ForeignKey("mails.id"), index=True),
    Column("requirements", Json(STRINGS), nullable=False),
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
    UniqueConstraint("kind", "subject_key", "period"),
)
WAITING = letters.c.settled_at.is_(None)
Index(
    "ix_letters_waiting",
    letters.c.account,
    letters.c.priority,
    letters.c.created_at,
    letters.c.id,
    sqlite_where=WAITING,
    postgresql_where=WAITING,
)
LEASED = letters.c.lease_until.is_not(None)
Index(None, letters.c.lease_until, sqlite_where=LEASED, postgresql_where=LEASED)

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
    sqlite_where=OPEN,
    postgresql_where=OPEN,
)
