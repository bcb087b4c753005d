"""Run migrations on either engine, on a separate connection."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import URL, Connection, Engine, Enum, make_url
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import app.tables.models  # noqa: F401  # declares the tables
from app.settings import Settings
from app.tables.core import SERVER_TABLES
from app.tables.database import DanglingRowsError
from app.tables.engines import LOCK_SECONDS, WRITES, make_engine
from app.tables.schema.creation import MIGRATION_LOCK

# On PostgreSQL whoever asks for a table waits behind a migration that waits for it, so this is short;
# `app.tables.schema.migrations.upgrade` tries again. On SQLite only writers wait.
TABLE_SECONDS, FILE_SECONDS = 1, 30


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


def migrate(connection: Connection, *, compares: bool) -> None:
    """Run all migrations: each in a transaction, so that its locks are short; on SQLite all in one."""
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
        transaction_per_migration=not (sqlite or compares),
    )
    with context.begin_transaction():
        context.run_migrations()
        # A comparison of the tables changes nothing, and `db check` lists such rows itself.
        if (
            sqlite
            and not compares
            and connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        ):
            raise DanglingRowsError("rows refer to missing rows: timeline db check lists them")


@contextmanager
def turn(engine: Engine) -> Iterator[None]:
    """Wait for other migrations of this database, and keep further ones waiting.

    The lock belongs to a separate transaction: a migration may commit in its middle, and a pooler would
    keep the lock of a session. The transaction has no snapshot, for which a new index would wait.
    """
    if engine.dialect.name == "sqlite":
        yield
        return
    with engine.begin() as connection:
        # Without parameters, which would leave a portal open, and with it a snapshot.
        connection.exec_driver_sql(
            "SET LOCAL idle_in_transaction_session_timeout = 0; "
            f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"
        )
        yield


def run() -> None:
    """Migrate the database, or compare its tables with the code's."""
    compares = bool(context.config.attributes.get("compares"))
    # A comparison changes no byte of the file: a backup has its digest beside it.
    engine = make_engine(database_url(), pool_size=2, foreign_keys=False, keep_journal=compares)
    try:
        if compares:
            with engine.connect() as connection:
                migrate(connection, compares=True)
            return
        seconds = FILE_SECONDS if engine.dialect.name == "sqlite" else TABLE_SECONDS
        writer = engine.execution_options(**{WRITES: True, LOCK_SECONDS: seconds})
        with turn(engine), writer.connect() as connection:
            migrate(connection, compares=False)
    finally:
        engine.dispose()


run()
