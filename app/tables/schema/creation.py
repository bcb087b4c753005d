"""Tables, created at once: all in an empty database, or the data's in a published file.

A database of an earlier version gets the same tables by migrations.
"""

from sqlalchemy import Column, Connection, MetaData, String, Table, insert, inspect, text
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from app.tables import core as t
from app.tables.database import Database
from app.tables.schema.revisions import NEWEST

# One migration of a database at a time, even when two servers start together.
MIGRATION_LOCK = 0x6D_69_67_72
# The full-text indexes are copied from migrations 0012 and 0002; a test compares them. Most tokens are in the
# names, and FTS5 stores the number of the column with each token unless it is the first column.
_FULL_TEXT_OF_SQLITE = (
    "CREATE TABLE event_search_tokens (id INTEGER PRIMARY KEY, tokens BLOB NOT NULL)",
    """\
CREATE VIEW event_search_rows AS
SELECT id, timeline_field(tokens, 1) AS names, timeline_field(tokens, 0) AS title,
timeline_field(tokens, 2) AS text FROM event_search_tokens""",
    """\
CREATE VIRTUAL TABLE event_search
USING fts5(names, title, text, tokenize = 'ascii', columnsize = 0,
content = 'event_search_rows', content_rowid = 'id')""",
    # FTS5 writes a segment whenever it holds this much. With 1 MB, its default, it merges so many of
    # them that a row takes twice the time.
    "INSERT INTO event_search (event_search, rank) VALUES ('hashsize', 8388608)",
    """\
CREATE TRIGGER event_search_follows AFTER DELETE ON event BEGIN
DELETE FROM event_search WHERE rowid = old.id;
DELETE FROM event_search_tokens WHERE id = old.id; END""",
)
_FULL_TEXT_OF_POSTGRESQL = (
    """\
CREATE TABLE event_search (
rowid INTEGER CONSTRAINT pk_event_search PRIMARY KEY
CONSTRAINT fk_event_search__rowid__event REFERENCES event (id) ON DELETE CASCADE,
tokens TSVECTOR NOT NULL)""",
    "CREATE INDEX ix_event_search__tokens ON event_search USING gin (tokens)",
)
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


def create_if_empty(database: Database) -> bool:
    """Create every table and index in a database without tables, as all migrations together would.

    Returns whether it had no tables, and otherwise does nothing. Takes an eighth of the time of the
    migrations, and does not import Alembic. Raises BusyError and ReadOnlyError.
    """
    with database.write() as connection:
        if not database.is_sqlite:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        if inspect(connection).get_table_names():
            return False
        SQLModel.metadata.create_all(connection)
        _create_full_text(connection)
        _mark_newest(connection)
        return True


def create_tables(connection: Connection) -> None:
    """Create every table of the data in a published file, and mark it with the newest revision.

    The order is always the same, so that the same rows give the same bytes.
    """
    for table in data_tables():
        connection.execute(CreateTable(table))
    _create_full_text(connection)
    _mark_newest(connection)


def _create_full_text(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    for statement in _FULL_TEXT_OF_SQLITE if sqlite else _FULL_TEXT_OF_POSTGRESQL:
        connection.execute(text(statement))


def _mark_newest(connection: Connection) -> None:
    """Give the database the newest revision."""
    _version.create(connection)
    connection.execute(insert(_version).values(version_num=NEWEST))


def create_indexes(connection: Connection) -> None:
    """Create every index of the tables of the data: faster after the rows than before."""
    for table in data_tables():
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(CreateIndex(index))
