"""titles of relations

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-28 20:20:00
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The rebuild after a migration adds titles and dates to the relations in all documents.
    op.execute("DELETE FROM event_search")


def downgrade() -> None:
    op.execute("DELETE FROM event_search")
