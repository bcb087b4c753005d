"""an index to count from

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-22 11:00:00
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_event__counting",
        "event",
        [
            "start_earliest",
            "end_latest",
            "start_latest",
            "end_earliest",
            "type",
            "subtype",
            "status",
            "confidence",
        ],
    )


def downgrade() -> None:
    op.drop_index("ix_event__counting", table_name="event")
