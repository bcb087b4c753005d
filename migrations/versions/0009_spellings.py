"""other spellings of names

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-28 16:10:00
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_CODE_POINTS = sa.Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("participant_name") as table:
        table.add_column(sa.Column("spellings", _CODE_POINTS, nullable=True))
    # The rebuild after a migration makes all keys of names and all search rows again.
    op.execute("UPDATE participant_name SET sound = NULL")
    op.execute("DELETE FROM event_search")


def downgrade() -> None:
    with op.batch_alter_table("participant_name") as table:
        table.drop_column("spellings")
