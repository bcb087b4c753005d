"""review and undo

Revision ID: 0013
Revises: 0012
Create Date: 2026-11-29 06:35:38
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_SLUG = sa.String(length=120).with_variant(sa.String(length=120, collation="C"), "postgresql")
_FILE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "import_run",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("file", _FILE, nullable=False),
        sa.Column("reverts", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_import_run")),
    )
    op.create_index(op.f("ix_import_run__reverts"), "import_run", ["reverts"])
    op.create_table(
        "loaded_record",
        sa.Column("file", _FILE, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("slug", _SLUG, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("file", "kind", "slug", name=op.f("pk_loaded_record")),
    )
    # No earlier change restored a revision.
    with op.batch_alter_table("change") as table:
        table.add_column(sa.Column("restored", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("change") as table:
        table.drop_column("restored")
    op.drop_table("loaded_record")
    op.drop_index(op.f("ix_import_run__reverts"), "import_run")
    op.drop_table("import_run")
