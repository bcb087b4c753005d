"""pending rebuilds

Revision ID: 0014_from_0013
Revises: 0013
Create Date: 2026-11-29 17:50:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0014_from_0013"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pending_rebuild",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_pending_rebuild")),
    )


def downgrade() -> None:
    op.drop_table("pending_rebuild")
