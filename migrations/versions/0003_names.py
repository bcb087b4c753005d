"""sounds of names; folded names in code point order

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-21 20:20:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_CODE_POINTS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("participant_name") as table:
        # Null makes `app.setup` rebuild the names, because that needs today's code.
        table.add_column(sa.Column("sound", _CODE_POINTS, nullable=True))
        table.alter_column("folded", type_=_CODE_POINTS, existing_nullable=False)
    op.create_index(op.f("ix_participant_name__sound"), "participant_name", ["sound"])


def downgrade() -> None:
    op.drop_index(op.f("ix_participant_name__sound"), table_name="participant_name")
    with op.batch_alter_table("participant_name") as table:
        table.drop_column("sound")
        table.alter_column("folded", type_=sa.Text(), existing_nullable=False)
