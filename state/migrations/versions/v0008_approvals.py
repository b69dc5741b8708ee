"""A letter may wait until a person lets it go; when that was is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

APPROVED = sa.text("approved_at IS NOT NULL")


def upgrade() -> None:
    """Add the column, and the index that counts what was let go of a kind."""
    op.add_column("letters", sa.Column("approved_at", sa.DateTime(timezone=True)))
    op.create_index(
        "ix_letters_approved",
        "letters",
        ["campaign", "kind"],
        sqlite_where=APPROVED,
        postgresql_where=APPROVED,
    )
