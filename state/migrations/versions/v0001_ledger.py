"""The ledger as first released. Longer than a house file: a revision is never edited again."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Build every table."""
    for build in TABLES:
        build()


def _mails() -> None:
    op.create_table(
        "mails",
        sa.Column("id", BIG, nullable=False),
        sa.Column("content_key", sa.Text(), nullable=False),
        sa.Column("raw_sha256", sa.Text(), nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("answerable", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("worker", sa.Text()),
        sa.Column("lease_until", INSTANT),
        sa.Column("outcome", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("cause", sa.Text()),
        sa.Column("decided_at", INSTANT),
        sa.Column("campaign", sa.Text()),
        sa.Column("unit", sa.Text()),
        sa.Column("unit_name", sa.Text()),
        sa.Column("unit_by", sa.Text()),
        sa.Column("assigned_campaign", sa.Text()),
        sa.Column("assigned_unit", sa.Text()),
        sa.Column("message_id", sa.Text()),
        sa.Column("subject", sa.Text()),
        sa.Column("sender_address", sa.Text()),
        sa.Column("sender_name", sa.Text()),
        sa.Column("automatic", sa.Text()),
        sa.Column("references", sa.Text()),
        sa.Column("thread", BIG),
        sa.Column("findings", sa.Text()),
        sa.Column("candidates", sa.Text()),
        sa.Column("notes", sa.Text()),
        sa.ForeignKeyConstraint(["thread"], ["mails.id"], name=op.f("fk_mails_thread")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("content_key", name=op.f("uq_mails_content_key")),
    )
    op.create_index(op.f("ix_mails_outcome_received_at"), "mails", ["outcome", "received_at"])
    op.create_index(op.f("ix_mails_thread"), "mails", ["thread"])


def _arrivals() -> None:
    op.create_table(
        "arrivals",
        sa.Column("id", BIG, nullable=False),
        sa.Column("mail_id", BIG, nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", BIG, nullable=False),
        sa.Column("uid", BIG),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("raw_sha256", sa.Text(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("gone_at", INSTANT),
        sa.Column("seen_again", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_arrivals_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrivals")),
        sa.UniqueConstraint(
            "mailbox",
            "folder",
            "uidvalidity",
            "uid",
            name=op.f("uq_arrivals_mailbox_folder_uidvalidity_uid"),
        ),
    )
    op.create_index(op.f("ix_arrivals_mail_id"), "arrivals", ["mail_id"])


def _polls() -> None:
    op.create_table(
        "polls",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("uidvalidity", BIG, nullable=False),
        sa.Column("on_server", BIG, nullable=False),
        sa.Column("older", BIG, nullable=False),
        sa.Column("last_uid", BIG),
        sa.Column("first_polled_at", INSTANT, nullable=False),
        sa.Column("polled_at", INSTANT, nullable=False),
        sa.Column("listed_at", INSTANT),
        sa.PrimaryKeyConstraint("mailbox", "folder", name=op.f("pk_polls")),
    )


def _files() -> None:
    op.create_table(
        "files",
        sa.Column("mail_id", BIG, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("inline", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.Text()),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_files_mail_id")),
        sa.PrimaryKeyConstraint("mail_id", "position", name=op.f("pk_files")),
    )
    op.create_index(op.f("ix_files_sha256"), "files", ["sha256"])


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", BIG, nullable=False),
        sa.Column("mail_id", BIG, nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("unit_by", sa.Text(), nullable=False),
        sa.Column("requirement", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("readings", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("supersedes", BIG),
        sa.Column("withdrawn_at", INSTANT),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_submissions_mail_id")),
        sa.ForeignKeyConstraint(
            ["supersedes"], ["submissions.id"], name=op.f("fk_submissions_supersedes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint(
            "campaign",
            "unit",
            "requirement",
            "item",
            "version",
            name=op.f("uq_submissions_campaign_unit_requirement_item_version"),
        ),
    )
    op.create_index(op.f("ix_submissions_mail_id"), "submissions", ["mail_id"])


def _letters() -> None:
    op.create_table(
        "letters",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_key", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("recipients", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("campaign", sa.Text()),
        sa.Column("unit", sa.Text()),
        sa.Column("mail_id", BIG),
        sa.Column("requirements", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("uncertain", sa.Integer(), nullable=False),
        sa.Column("worker", sa.Text()),
        sa.Column("lease_until", INSTANT),
        sa.Column("settled_at", INSTANT),
        sa.Column("code", sa.Integer()),
        sa.Column("text", sa.Text()),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_letters_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint(
            "kind", "subject_key", "period", name=op.f("uq_letters_kind_subject_key_period")
        ),
    )
    op.create_index(
        op.f("ix_letters_lease_until"),
        "letters",
        ["lease_until"],
        sqlite_where=sa.text("lease_until IS NOT NULL"),
        postgresql_where=sa.text("lease_until IS NOT NULL"),
    )
    op.create_index(op.f("ix_letters_mail_id"), "letters", ["mail_id"])
    op.create_index(op.f("ix_letters_message_id"), "letters", ["message_id"])
    op.create_index(
        "ix_letters_waiting",
        "letters",
        ["account", "priority", "created_at", "id"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )


def _letter_bytes() -> None:
    op.create_table(
        "letter_bytes",
        sa.Column("letter_id", BIG, autoincrement=False, nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_letter_bytes_letter_id")
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_letter_bytes")),
    )


def _recipients() -> None:
    op.create_table(
        "recipients",
        sa.Column("letter_id", BIG, autoincrement=False, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("answer", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("bounced_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_recipients_letter_id")
        ),
        sa.PrimaryKeyConstraint("letter_id", "address", name=op.f("pk_recipients")),
    )
    op.create_index(
        op.f("ix_recipients_address_created_at"), "recipients", ["address", "created_at"]
    )
    op.create_index(op.f("ix_recipients_domain_created_at"), "recipients", ["domain", "created_at"])


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("letter_id", BIG, nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("code", sa.Integer()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_attempts_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    op.create_index(op.f("ix_attempts_account_at"), "attempts", ["account", "at"])
    op.create_index(op.f("ix_attempts_letter_id"), "attempts", ["letter_id"])


def _audits() -> None:
    op.create_table(
        "audits",
        sa.Column("id", BIG, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audits")),
    )


def _facts() -> None:
    op.create_table(
        "facts",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_facts")),
    )


TABLES = (
    _mails,
    _arrivals,
    _polls,
    _files,
    _submissions,
    _letters,
    _letter_bytes,
    _recipients,
    _attempts,
    _audits,
    _facts,
)
