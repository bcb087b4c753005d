"""index of independent sources

Revision ID: 0016_from_0015
Revises: 0015_from_0014
Create Date: 2026-11-30 20:45:00
"""

from alembic import op

from app.tables.schema.migrations import create_index_online

revision = "0016_from_0015"
down_revision = "0015_from_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_index_online(
        "ix_event__independent_sources_slug", "event", ["independent_sources", "slug"]
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_event__independent_sources_slug"), table_name="event")
