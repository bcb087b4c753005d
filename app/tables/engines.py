"""Engines: prepare connections of SQLite and PostgreSQL, and interpret their errors."""

import json
import re
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from math import inf
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import (
    URL,
    Connection,
    Dialect,
    Engine,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from app.tables.files.database_file import file_of
from app.tables.files.search_tokens import add_search_function
from app.tables.files.tidy_connection import TidyConnection

# Execution options of an engine. Its transactions write, and wait this long for the lock.
WRITES = "timeline_writes"
LOCK_SECONDS = "timeline_lock_seconds"
# Its reads have no time limit.
UNLIMITED = "timeline_unlimited"
# In `info` of a connection: a function that is told the number of the last change that its next
# transaction sees. An execution option would take longer to set than the number to find.
SEEN = "timeline_seen"
# There too, if it was told: the number and digest of that change, or None before the first one.
LOG_END = "timeline_log_end"
_NEWEST = "SELECT seq, digest FROM change ORDER BY seq DESC LIMIT 1"
_DEADLINE = "timeline_deadline"
# For other locks on an SQLite file, such as a checkpoint of its `-wal`.
_BUSY_MS = 30_000
# Pragmas for a file that other connections use, and for a new file that only we know.
_SHARED = ("synchronous = NORMAL",)
_JOURNAL = ("journal_mode = WAL",)
_ALONE = ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF")
# SQLite checks the deadline after this many steps, a few milliseconds. Each check waits for the
# interpreter lock, and an ordinary page should never need one.
_STEPS = 200_000
# Options of connections to PostgreSQL, unless the URL has others.
_CONNECTING: Final = {
    # A pooler may give each transaction another server, which does not know the prepared statements.
    "prepare_threshold": None,
    # A server that lost its power sends nothing: without limits, a thread would wait for it for hours. The
    # first limit is for each host of the URL, in seconds, and the second is in milliseconds.
    "connect_timeout": 5,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
# Several hosts, as libpq writes them, of which SQLAlchemy cannot read the ports.
_HOSTS: Final = re.compile(
    r"(postgresql[^:]*://(?:[^@/?#]*@)?)([^@/?#]*,[^@/?#]*)((?:[/?].*)?)", re.DOTALL
)
# A Cyrillic or Korean letter takes six bytes if it is escaped.
write_json = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
# SQLSTATE codes of PostgreSQL (its documentation, appendix A).
_QUERY_CANCELED = "57014"
_LOCK_NOT_AVAILABLE = "55P03"
_READ_ONLY = "25006"
# Insufficient privilege, and invalid schema name.
_REFUSED: Final = {"42501", "3F000"}
# The only encoding of PostgreSQL that holds every script.
_ENCODING: Final = "UTF8"


def read_url(text: str) -> URL:
    """Return the URL of a database, also with several hosts as libpq writes them (`a:5432,b:5433`).

    Raises ArgumentError if it is malformed.
    """
    try:
        if match := _HOSTS.fullmatch(text):
            beginning, hosts, rest = match.groups()
            named = [("host", host) for host in hosts.split(",")]
            return make_url(beginning + rest).update_query_pairs(named, append=True)
        return make_url(text)
    except ValueError:
        # The text after the last colon may be a part of the password, so it is not repeated.
        raise ArgumentError(
            "the port in the URL is not a number; percent-encode a user, a password and a name"
        ) from None


def make_engine(
    url: URL,
    pool_size: int,
    *,
    foreign_keys: bool = True,
    query_seconds: float = 0,
    existing: bool = False,
    keep_journal: bool = False,
    waits: bool = True,
) -> Engine:
    """Return an engine for the URL; `foreign_keys=False` is for SQLite migrations only.

    `query_seconds` limits reads, not writes. With `existing`, connecting never creates a file. With
    `keep_journal`, connecting changes no byte of a file of SQLite; otherwise it writes the kind of its
    journal into it. Without `waits`, a connection to SQLite fails at once at a lock.
    Raises ArgumentError if the URL is neither an SQLite file nor PostgreSQL.
    """
    match url.get_backend_name():
        case "sqlite" if "immutable" in url.query:
            # Opening such a file is cheap, and no connection stays open when it is deleted.
            engine = create_engine(url, poolclass=NullPool, json_serializer=write_json)
            _prepare_sqlite(engine, (_busy(_BUSY_MS),), query_seconds)
            return engine
        case "sqlite" if url.database not in (None, "", ":memory:"):
            url = _existing_url(url) if existing else url
            try:
                engine = create_engine(
                    url,
                    pool_size=pool_size,
                    max_overflow=0,
                    # The connection of the last read has pages and statements in memory.
                    pool_use_lifo=True,
                    json_serializer=write_json,
                    connect_args={"factory": TidyConnection},
                )
            except ValueError as error:
                raise ArgumentError(f"an option in the URL has a wrong value: {error}") from None
            keys = f"foreign_keys = {'ON' if foreign_keys else 'OFF'}"
            journal = () if keep_journal else _JOURNAL
            pragmas = (_busy(_BUSY_MS if waits else 0), *journal, *_SHARED, keys)
            _prepare_sqlite(engine, pragmas, query_seconds)
            return engine
        case "postgresql":
            url = url.set(drivername="postgresql+psycopg")
            engine = create_engine(
                url,
                pool_size=pool_size,
                max_overflow=0,
                pool_pre_ping=True,
                connect_args={k: v for k, v in _CONNECTING.items() if k not in url.query},
                json_serializer=write_json,
            )
            _prepare_postgresql(engine, query_seconds)
            return engine
    raise ArgumentError("expected sqlite:///file.db or postgresql://user@host/name")


def _existing_url(url: URL) -> URL:
    """Return the URL of the same SQLite file that does not create it; a URI stays as it is."""
    path = file_of(url)
    if path is None or "uri" in url.query:
        return url
    query = {**url.query, "mode": "rw", "uri": "true"}
    return URL.create("sqlite", database=f"file:{quote(str(path))}", query=query)


def immutable_url(path: Path) -> str:
    """Return the URL of an SQLite file that nobody writes any more, so reads need no locks."""
    query = {"mode": "ro", "immutable": "1", "uri": "true"}
    url = URL.create("sqlite", database=f"file:{quote(str(path.resolve()))}", query=query)
    return url.render_as_string()


@contextmanager
def new_file(path: Path) -> Iterator[Connection]:
    """Yield a connection to a new SQLite file, in one transaction; an empty file may exist.

    Nothing protects the file from a crash, and nothing is rolled back: the caller must delete an
    incomplete file. Rows may refer to rows that are inserted later.
    """
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, poolclass=NullPool, json_serializer=write_json)
    _prepare_sqlite(engine, (_busy(_BUSY_MS), *_ALONE), query_seconds=0)
    with engine.begin() as connection:
        yield connection


def is_slow(error: OperationalError) -> bool:
    """Whether a query was cancelled at its time limit."""
    if isinstance(error.orig, sqlite3.Error):
        return sqlite_code(error.orig) == sqlite3.SQLITE_INTERRUPT
    return _sqlstate(error) == _QUERY_CANCELED


def is_busy(error: OperationalError) -> bool:
    """Whether another connection held a lock until the timeout."""
    if isinstance(error.orig, sqlite3.Error):
        return sqlite_code(error.orig) & 0xFF == sqlite3.SQLITE_BUSY
    return _sqlstate(error) == _LOCK_NOT_AVAILABLE


def is_read_only(error: DBAPIError) -> bool:
    """Whether the engine refused to write; a file of SQLite that was replaced has another code."""
    found = error.orig
    if isinstance(found, sqlite3.Error):
        return sqlite_code(found) == sqlite3.SQLITE_READONLY
    return _sqlstate(error) == _READ_ONLY


def is_refused(error: DBAPIError) -> bool:
    """Whether the user of PostgreSQL may not do this, or its search path names no schema that exists."""
    return _sqlstate(error) in _REFUSED


def read_only_reason(connection: Connection) -> str | None:
    """Return why PostgreSQL would refuse writes in this transaction, or None if it accepts them."""
    if connection.dialect.name == "sqlite":
        return None
    standby, read_only = connection.execute(
        select(func.pg_is_in_recovery(), func.current_setting("transaction_read_only"))
    ).one()
    if standby:
        return "it is a standby"
    return "default_transaction_read_only is on" if read_only == "on" else None


def sqlite_code(error: sqlite3.Error) -> int:
    """Return the extended result code of SQLite, or 0 for an error of the driver itself."""
    return getattr(error, "sqlite_errorcode", 0)


def _sqlstate(error: DBAPIError) -> str | None:
    """Return the SQLSTATE of an error of PostgreSQL."""
    return getattr(error.orig, "sqlstate", None)


def _busy(milliseconds: int) -> str:
    """Return the pragma that limits how long a connection waits for a lock."""
    return f"busy_timeout = {milliseconds}"


def _prepare_sqlite(engine: Engine, pragmas: Iterable[str], query_seconds: float) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: sqlite3.Connection, record: Any) -> None:
        # The driver's implicit BEGIN comes too late for savepoints and DDL, so we send BEGIN.
        connection.isolation_level = None
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()
        add_search_function(connection)
        if query_seconds:
            info = record.info
            connection.set_progress_handler(lambda: time.monotonic() > info[_DEADLINE], _STEPS)
            info[_DEADLINE] = inf

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.info.pop(LOG_END, None)
        options = connection.get_execution_options()
        if query_seconds:
            allowed = inf if WRITES in options or UNLIMITED in options else query_seconds
            connection.info[_DEADLINE] = time.monotonic() + allowed
        if WRITES in options:
            _begin_writing(connection, options[LOCK_SECONDS])
        else:
            seen = connection.info.pop(SEEN, None)
            driver: Any = connection.connection.driver_connection
            # The way through SQLAlchemy takes some twenty calls more, at each read.
            driver.execute("BEGIN")
            if seen is not None:
                note_log_end(connection, seen)

    @event.listens_for(engine, "checkin")
    def end_statements(connection: sqlite3.Connection | None, _: Any) -> None:
        # It is None if the connection was lost.
        if isinstance(connection, TidyConnection):
            connection.end_statements()


def _begin_writing(connection: Connection, lock_seconds: float) -> None:
    driver: Any = connection.connection.driver_connection
    driver.execute(f"PRAGMA {_busy(int(lock_seconds * 1000))}")
    try:
        # A transaction that begins as a reader cannot wait for its turn to write: SQLITE_BUSY.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA {_busy(_BUSY_MS)}")


def _prepare_postgresql(engine: Engine, query_seconds: float) -> None:
    """Set limits for each transaction, never for the session: a pooler gives it to others."""

    @event.listens_for(engine, "do_connect")
    def connect(dialect: Dialect, _: Any, arguments: Any, options: Any) -> Any:
        # The environment, the URL or the role may name an encoding that lacks Korean letters.
        options["client_encoding"] = _ENCODING
        connection: Any = dialect.connect(*arguments, **options)
        encoding = connection.info.parameter_status("server_encoding") or _ENCODING
        if encoding != _ENCODING:
            connection.close()
            raise ArgumentError(
                f"the database has the encoding {encoding}, and needs {_ENCODING}: create it with "
                f"createdb --encoding={_ENCODING} --template=template0"
            )
        return connection

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.info.pop(LOG_END, None)
        options = connection.get_execution_options()
        if WRITES in options:
            # A reader leaves False here, which overrides the server's default; None does not.
            connection.connection.driver_connection.read_only = None  # type: ignore[union-attr]
            limits = _limits(lock_timeout=options[LOCK_SECONDS], statement_timeout=0)
            connection.exec_driver_sql(limits)
            return
        seen, limits = connection.info.pop(SEEN, None), ""
        if query_seconds and UNLIMITED not in options:
            limits = _limits(statement_timeout=query_seconds)
        if seen is not None:
            # In one message, so that the number costs no round trip.
            note_log_end(connection, seen, limits)
        elif limits:
            connection.exec_driver_sql(limits)


def _limits(**seconds: float) -> str:
    """Return the statements that set time limits until the end of the transaction; 0 means no limit."""
    limits = {name: max(1, int(limit * 1000)) if limit else 0 for name, limit in seconds.items()}
    return "; ".join(f"SET LOCAL {name} = {milliseconds}" for name, milliseconds in limits.items())


def note_log_end(connection: Connection, seen: Callable[[int], None], limits: str = "") -> None:
    """Note the end of the log that the connection sees, and tell `seen` its number, after the limits.

    The statements go to the driver itself: on SQLite the way through SQLAlchemy takes longer than the answer,
    and it cannot read the second result of a message to PostgreSQL.
    """
    driver: Any = connection.connection.driver_connection
    statements = f"{limits}; {_NEWEST}" if limits else _NEWEST
    try:
        cursor = driver.execute(statements)
        while cursor.description is None:
            cursor.nextset()
        newest = cursor.fetchone()
        cursor.close()
    except connection.dialect.loaded_dbapi.Error as error:
        base = connection.dialect.loaded_dbapi.Error
        raise DBAPIError.instance(
            statements, None, error, base, dialect=connection.dialect
        ) from error
    connection.info[LOG_END] = newest
    seen(newest[0] if newest else 0)
