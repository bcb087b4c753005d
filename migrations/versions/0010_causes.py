"""causes of changes

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-28 19:30:00
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_SLUG = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")


def upgrade() -> None:
    # Changes of the versions before keep no cause: their digests prove them as they are.
    with op.batch_alter_table("change") as table:
        table.add_column(sa.Column("cause_kind", sa.String(length=32), nullable=True))
        table.add_column(sa.Column("cause_slug", _SLUG, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("change") as table:
        table.drop_column("cause_slug")
        table.drop_column("cause_kind")
