"""Mails wait in lanes, so that a flood does not stand before those who were asked to write."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the lane, and let the index of waiting mails follow it."""
    op.add_column("mails", sa.Column("lane", sa.Integer(), nullable=False, server_default="1"))
    op.drop_index("ix_mails_outcome_received_at", table_name="mails")
    op.create_index(
        "ix_mails_outcome_lane_received_at", "mails", ["outcome", "lane", "received_at"]
    )
