"""Runs migrations on either engine, on a connection of its own."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import URL, Connection, Enum, make_url, text
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import app.tables.models  # noqa: F401  # declares the tables
from app.settings import Settings
from app.tables.engines import make_engine

# One migration at a time, also when two servers start together.
MIGRATION_LOCK = 0x6D_69_67_72


def database_url() -> URL:
    """The URL given by the caller, else the one in the settings."""
    given = context.config.attributes.get("url")
    return given if isinstance(given, URL) else make_url(Settings().database_url)


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write column types as the plain SQL types that they are, free of today's code.

    An enum is text: a member added to it later is no reason for a migration.
    """
    if kind != "type":
        return False
    if isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, (AutoString, Enum)):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def include_name(name: str | None, kind: str, _parent: Any) -> bool:
    """Leave out the full-text index: it differs by engine, and FTS5 keeps tables of its own for it."""
    return kind != "table" or not (name or "").startswith("event_search")


def migrate(connection: Connection) -> None:
    """Run the migrations in one transaction, or none of them."""
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": MIGRATION_LOCK})
    elif connection.exec_driver_sql("PRAGMA foreign_keys").scalar():
        # A batch migration drops the old table, and with it every row that refers to it.
        raise RuntimeError("migrations on SQLite run with foreign keys off")
    # Alembic takes a transaction that is already open for the caller's, and would not commit.
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=sqlite,
        render_item=render_item,
        include_name=include_name,
        compare_type=True,
        # Ours sends BEGIN itself, so that DDL is undone with the rest on SQLite too.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()
        if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise RuntimeError("the migration left rows that refer to nothing")


engine = make_engine(database_url(), pool_size=1, foreign_keys=False)
try:
    with engine.connect() as connection:
        migrate(connection)
finally:
    engine.dispose()
