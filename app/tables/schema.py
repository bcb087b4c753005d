"""The tables of a published file: every table of the data, created at once in an empty SQLite file.

A database gets the same tables by migrations, and the tables of a server beside them.
"""

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, inspect, text
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from app.tables import core as t
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


def data_tables() -> list[Table]:
    """Return the tables that hold data; a referenced table precedes the tables that refer to it."""
    return [each for each in SQLModel.metadata.sorted_tables if each not in t.SERVER_TABLES]


def is_published(connection: Connection) -> bool:
    """Return whether the database is a published file: it has tables, and none of a server."""
    if connection.dialect.name != "sqlite":
        return False
    names = {*inspect(connection).get_table_names()}
    return bool(names) and names.isdisjoint(table.name for table in t.SERVER_TABLES)


def create_tables(connection: Connection) -> None:
    """Create every table of the data with its indexes, and mark the file with the newest revision.

    The order is always the same, so that the same rows give the same bytes.
    """
    for table in data_tables():
        connection.execute(CreateTable(table))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
    connection.execute(text(_FULL_TEXT))
    connection.execute(text(_TRIGGER))
    _version.create(connection)
    connection.execute(insert(_version).values(version_num=NEWEST))
