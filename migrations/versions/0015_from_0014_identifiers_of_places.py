"""identifiers of places

Revision ID: 0015_from_0014
Revises: 0014_from_0013
Create Date: 2026-11-29 18:00:00
"""

import sqlalchemy as sa
from alembic import op

from app.domain.vocabulary import EntityKind
from app.tables.schema.migrations import mark_for_rebuild

revision = "0015_from_0014"
down_revision = "0014_from_0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
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
    # Their documents get the key `identifiers`.
    mark_for_rebuild(EntityKind.PLACE)


def downgrade() -> None:
    op.drop_index(op.f("ix_place_identifier__place_id"), table_name="place_identifier")
    op.drop_table("place_identifier")
