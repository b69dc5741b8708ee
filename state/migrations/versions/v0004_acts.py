"""What people order by mail: acts, what they amend in a roster, what they pause."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the three tables."""
    op.create_table(
        "acts",
        sa.Column("id", BIG, nullable=False),
        sa.Column("mail_id", BIG),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("code", sa.Text()),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("undone_by", BIG),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_acts_mail_id_mails")),
        sa.ForeignKeyConstraint(["undone_by"], ["acts.id"], name=op.f("fk_acts_undone_by_acts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
        sa.UniqueConstraint("mail_id", name=op.f("uq_acts_mail_id")),
        sa.UniqueConstraint("code", name=op.f("uq_acts_code")),
    )
    op.create_index("ix_acts_campaign", "acts", ["campaign"])
    _changes("amendments", "change", "requirement", "value")
    op.create_index("ix_amendments_campaign_id", "amendments", ["campaign", "id"])
    _changes("pauses")
    op.create_index("ix_pauses_campaign", "pauses", ["campaign"])


def _changes(name: str, *more: str) -> None:
    op.create_table(
        name,
        sa.Column("id", BIG, nullable=False),
        sa.Column("act_id", BIG, nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        *(sa.Column(column, sa.Text(), nullable=False) for column in more),
        sa.Column("ended_by", BIG),
        sa.ForeignKeyConstraint(["act_id"], ["acts.id"], name=op.f(f"fk_{name}_act_id_acts")),
        sa.ForeignKeyConstraint(["ended_by"], ["acts.id"], name=op.f(f"fk_{name}_ended_by_acts")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(f"ix_{name}_act_id", name, ["act_id"])
