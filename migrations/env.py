"""Run migrations on either engine, on a separate connection."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import URL, Connection, Enum, make_url, text
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import app.tables.models  # noqa: F401  # declares the tables
from app.settings import Settings
from app.tables.core import SERVER_TABLES
from app.tables.database import DanglingRowsError
from app.tables.engines import make_engine

# One migration at a time, even when two servers start together.
MIGRATION_LOCK = 0x6D_69_67_72


def database_url() -> URL:
    """Return the URL that the caller gave, or the one in the settings."""
    url = context.config.attributes.get("url")
    return url if isinstance(url, URL) else make_url(Settings().database_url)


def render_item(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Render column types as plain SQL types, so that a migration does not import today's code.

    An enum is text, so that a new member needs no migration.
    """
    if kind != "type":
        return False
    if isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, (AutoString, Enum)):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def include_name(name: str | None, kind: str, _parent: Any) -> bool:
    """Exclude the full-text index: it differs by engine, and FTS5 adds tables for it."""
    return kind != "table" or not (name or "").startswith("event_search")


def include_object(_object: Any, name: str | None, kind: str, _reflected: bool, _to: Any) -> bool:
    """Exclude the tables of a server in the comparison of a published file, which lacks them."""
    published = context.config.attributes.get("published")
    return not (published and kind == "table" and name in {table.name for table in SERVER_TABLES})


def migrate(connection: Connection) -> None:
    """Run all migrations in one transaction."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite and connection.exec_driver_sql("PRAGMA foreign_keys").scalar():
        # A batch migration drops the old table, which would delete every row that refers to it.
        raise RuntimeError("migrations on SQLite run with foreign keys off")
    # Alembic leaves the commit of an open transaction to the caller.
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=sqlite,
        render_item=render_item,
        include_name=include_name,
        include_object=include_object,
        compare_type=True,
        # The engine sends BEGIN explicitly, so that SQLite rolls back DDL too.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        if not sqlite:
            # Ends with the transaction: a pooler would keep the lock of a session.
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        context.run_migrations()
        # A comparison of the tables changes nothing, and `db check` lists such rows itself.
        migrates = not context.config.attributes.get("compares")
        if sqlite and migrates and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise DanglingRowsError("rows refer to missing rows: timeline db check lists them")


engine = make_engine(database_url(), pool_size=1, foreign_keys=False)
try:
    with engine.connect() as connection:
        migrate(connection)
finally:
    engine.dispose()
