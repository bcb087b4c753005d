"""full text

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-22 10:00:00

The index is empty afterwards. `app.setup` fills it for a database with events
(`app.writing.upkeep.rebuild`), because that needs the code that splits texts into words.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # The tokenizer treats every character above ASCII as part of a token, so our tokens stay
        # whole. Column sizes would only serve a ranking that is not used.
        op.execute(
            "CREATE VIRTUAL TABLE event_search "
            "USING fts5(title, names, text, tokenize = 'ascii', columnsize = 0)"
        )
        # A batch migration of `event` drops this trigger with the old table, and must recreate it.
        op.execute(
            "CREATE TRIGGER event_search_follows AFTER DELETE ON event "
            "BEGIN DELETE FROM event_search WHERE rowid = old.id; END"
        )
    else:
        op.create_table(
            "event_search",
            sa.Column("rowid", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("tokens", postgresql.TSVECTOR(), nullable=False),
            sa.ForeignKeyConstraint(
                ["rowid"],
                ["event.id"],
                name=op.f("fk_event_search__rowid__event"),
                ondelete="CASCADE",
            ),
            sa.PrimaryKeyConstraint("rowid", name=op.f("pk_event_search")),
        )
        op.create_index(
            op.f("ix_event_search__tokens"), "event_search", ["tokens"], postgresql_using="gin"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER event_search_follows")
    op.drop_table("event_search")
