"""Every table of this program, made at once in an empty SQLite file; a database gets them by migrations."""

from sqlalchemy import Column, Connection, Insert, MetaData, String, Table, insert, text
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from app.tables.revisions import NEWEST

# As migration 0002 has them; a test holds the two against each other.
_FULL_TEXT = """\
CREATE VIRTUAL TABLE event_search
USING fts5(title, names, text, tokenize = 'ascii', columnsize = 0)"""
_FOLLOWING = """\
CREATE TRIGGER event_search_follows AFTER DELETE ON event
BEGIN DELETE FROM event_search WHERE rowid = old.id; END"""
# As Alembic makes it.
_version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def insert_or_replace(table: Table) -> Insert:
    """An insertion into a table of a file; a row takes the place of those that it cannot stand beside."""
    return insert(table).prefix_with("OR REPLACE")


def create_tables(connection: Connection) -> None:
    """Make every table and index, and note that the file is at the newest revision.

    In the same order each time, so that the same rows give the same bytes.
    """
    for table in SQLModel.metadata.sorted_tables:
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
    connection.execute(text(_FULL_TEXT))
    connection.execute(text(_FOLLOWING))
    _version.create(connection)
    connection.execute(insert(_version).values(version_num=NEWEST))
