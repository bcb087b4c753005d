"""identifiers of places

Revision ID: 0014
Revises: 0013
Create Date: 2026-11-29 18:00:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The rebuild after a migration adds the key `identifiers` to the documents of places.
    op.create_table(
        "place_identifier",
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_place_identifier__place_id__place")
        ),
        sa.PrimaryKeyConstraint("scheme", "value", name=op.f("pk_place_identifier")),
    )
    op.create_index(op.f("ix_place_identifier__place_id"), "place_identifier", ["place_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_place_identifier__place_id"), table_name="place_identifier")
    op.drop_table("place_identifier")
