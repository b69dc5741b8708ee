"""Every version of a roster is kept: who brought it, when, what it changed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "rosters",
        sa.Column("id", BIG, nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("mail_id", BIG),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer()),
        sa.Column("adopted_at", INSTANT),
        sa.Column("written_at", INSTANT),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_rosters_mail_id_mails")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rosters")),
        sa.UniqueConstraint("campaign", "number", name=op.f("uq_rosters_campaign_number")),
    )
    op.create_index("ix_rosters_mail_id", "rosters", ["mail_id"])
    op.create_index("ix_rosters_campaign_turn", "rosters", ["campaign", "turn"])
