"""places within places, periods in force that are not known

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-28 13:05:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "place_part",
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("whole_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["place_id"], ["place.id"], name=op.f("fk_place_part__place_id__place")
        ),
        sa.ForeignKeyConstraint(
            ["whole_id"], ["place.id"], name=op.f("fk_place_part__whole_id__place")
        ),
        sa.PrimaryKeyConstraint("place_id", name=op.f("pk_place_part")),
    )
    op.create_index(op.f("ix_place_part__whole_id"), "place_part", ["whole_id"])
    # The rebuild after a migration derives the column, `part_of` of places and `date_text` of events.
    # An empty index triggers it.
    op.execute("DELETE FROM event_search")
    with op.batch_alter_table("treaty") as table:
        table.add_column(
            sa.Column("in_force_known", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table("treaty") as table:
        table.alter_column("in_force_known", existing_type=sa.Boolean(), server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("treaty") as table:
        table.drop_column("in_force_known")
    op.drop_table("place_part")
