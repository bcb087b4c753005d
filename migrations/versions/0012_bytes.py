"""bytes

Revision ID: 0012
Revises: 0011
Create Date: 2026-11-28 22:40:00

On SQLite the full-text index had a copy of its tokens; now they are packed. The index is empty
afterwards, and the rebuild after a migration fills it. The documents of the log may be packed from now
on: `app.writing.upkeep.compacting` packs the older ones.
"""

import sqlalchemy as sa
from alembic import op

from app.domain.packing import DOCUMENTS

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute("DROP TRIGGER event_search_follows")
    op.execute("DROP TABLE event_search")
    op.execute("CREATE TABLE event_search_tokens (id INTEGER PRIMARY KEY, tokens BLOB NOT NULL)")
    op.execute(
        "CREATE VIEW event_search_rows AS "
        "SELECT id, timeline_field(tokens, 1) AS names, timeline_field(tokens, 0) AS title, "
        "timeline_field(tokens, 2) AS text FROM event_search_tokens"
    )
    op.execute(
        "CREATE VIRTUAL TABLE event_search "
        "USING fts5(names, title, text, tokenize = 'ascii', columnsize = 0, "
        "content = 'event_search_rows', content_rowid = 'id')"
    )
    # With 1 MB, the default, a row takes twice the time (app.tables.schema.creation).
    op.execute("INSERT INTO event_search (event_search, rank) VALUES ('hashsize', 8388608)")
    # A batch migration of `event` drops this trigger with the old table, and must recreate it.
    op.execute(
        "CREATE TRIGGER event_search_follows AFTER DELETE ON event BEGIN "
        "DELETE FROM event_search WHERE rowid = old.id; "
        "DELETE FROM event_search_tokens WHERE id = old.id; END"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    _unpack_log()
    op.execute("DROP TRIGGER event_search_follows")
    op.execute("DROP TABLE event_search")
    op.execute("DROP VIEW event_search_rows")
    op.execute("DROP TABLE event_search_tokens")
    op.execute(
        "CREATE VIRTUAL TABLE event_search "
        "USING fts5(title, names, text, tokenize = 'ascii', columnsize = 0)"
    )
    op.execute(
        "CREATE TRIGGER event_search_follows AFTER DELETE ON event "
        "BEGIN DELETE FROM event_search WHERE rowid = old.id; END"
    )


def _unpack_log() -> None:
    change = sa.table("change", sa.column("seq"), sa.column("document"))
    packed = sa.select(change.c.seq, change.c.document).where(
        sa.func.typeof(change.c.document) == "blob"
    )
    fill = sa.update(change).where(change.c.seq == sa.bindparam("number"))
    fill = fill.values(document=sa.bindparam("document"))
    while rows := op.get_bind().execute(packed.limit(500)).all():
        plain = [{"number": seq, "document": DOCUMENTS.unpack(each)} for seq, each in rows]
        op.get_bind().execute(fill, plain)
