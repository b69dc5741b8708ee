"""Alerts that are told once, mails put back in place of others, and what has been purged."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table of alerts and two columns of mails."""
    op.create_table(
        "alerts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
    )
    still_open = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_alerts_open",
        "alerts",
        ["kind", "subject"],
        unique=True,
        sqlite_where=still_open,
        postgresql_where=still_open,
    )
    op.add_column("mails", sa.Column("purged_at", INSTANT))
    op.add_column("mails", sa.Column("mended_key", sa.Text()))
    op.create_index("ix_mails_mended_key", "mails", ["mended_key"], unique=True)
