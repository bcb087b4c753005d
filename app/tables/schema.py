"""Every table of this program, created at once in an empty SQLite file.

A database gets the same tables by migrations.
"""

from sqlalchemy import Column, Connection, Insert, MetaData, String, Table, insert, text
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from app.tables.revisions import NEWEST

# Copied from migration 0002; a test compares the two.
_FULL_TEXT = """\
CREATE VIRTUAL TABLE event_search
USING fts5(title, names, text, tokenize = 'ascii', columnsize = 0)"""
_TRIGGER = """\
CREATE TRIGGER event_search_follows AFTER DELETE ON event
BEGIN DELETE FROM event_search WHERE rowid = old.id; END"""
# The table that Alembic creates.
_version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def insert_or_replace(table: Table) -> Insert:
    """Return an insert into a table of an SQLite file that replaces the rows it conflicts with."""
    return insert(table).prefix_with("OR REPLACE")


def create_tables(connection: Connection) -> None:
    """Create every table and index, and mark the file as being at the newest revision.

    The order is always the same, so that the same rows give the same bytes.
    """
    for table in SQLModel.metadata.sorted_tables:
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
    connection.execute(text(_FULL_TEXT))
    connection.execute(text(_TRIGGER))
    _version.create(connection)
    connection.execute(insert(_version).values(version_num=NEWEST))
