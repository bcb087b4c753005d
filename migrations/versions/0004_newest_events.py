"""index for the events that came in last

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-21 20:10:00
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_event__created_at_slug"), "event", ["created_at", "slug"])


def downgrade() -> None:
    op.drop_index(op.f("ix_event__created_at_slug"), table_name="event")
