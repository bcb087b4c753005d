"""The connection to the database."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Table, func, make_url, select, text
from sqlalchemy.exc import OperationalError

from app.tables.base import utc_now
from app.tables.engines import PATIENCE, WRITES, is_busy, is_slow, make_engine

# Any constant does, as long as nothing else takes an advisory lock on the same key.
_WRITER_LOCK = 0x71_6D_65_6C
# For a write that is not worth waiting for, in seconds.
_AT_ONCE = 0.001


class NewerDatabaseError(Exception):
    """The database was made by a newer version of the program."""


class SlowQueryError(Exception):
    """A query was given up, as it took longer than it may."""


class BusyError(Exception):
    """Another writer did not end in the time that this one waits for its turn."""


# Rows of a stream that are in memory at once: some 2 MB of documents.
_STREAMED_ROWS = 500


class Database:
    """Pools of connections; reads see one snapshot, writes come one after another.

    Streams have a pool of their own: one lasts as long as its reader takes, and ordinary reads
    are not to wait for it.

    A query of a read may take `query_seconds`, on SQLite all queries of the read together; of a
    stream, as long as it takes; 0 is no limit. Writers wait `lock_seconds` for their turn.
    """

    def __init__(
        self,
        url: str,
        pool_size: int = 10,
        stream_pool_size: int = 4,
        *,
        query_seconds: float = 0,
        lock_seconds: float = 30,
    ) -> None:
        self.url = make_url(url)
        self.query_seconds = query_seconds
        self.lock_seconds = lock_seconds
        self.engine = make_engine(self.url, pool_size, query_seconds=query_seconds)
        self.stream_engine = make_engine(self.url, stream_pool_size)
        self._reader = self._reading(self.engine)
        self._streamer = self._reading(self.stream_engine)

    def _reading(self, engine: Engine) -> Engine:
        if self.is_sqlite:
            return engine
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of its own."""
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection whose statements all see the database as it was at the first of them.

        Raises SlowQueryError.
        """
        try:
            with self._reader.connect() as connection:
                yield connection
        except OperationalError as error:
            if is_slow(error):
                raise SlowQueryError(f"it took longer than {self.query_seconds:g} s") from error
            raise

    @contextmanager
    def stream(self) -> Iterator[Connection]:
        """As `read`, but rows come as they are asked for and never are all in memory."""
        with self._streamer.connect() as connection:
            yield connection.execution_options(yield_per=_STREAMED_ROWS)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection in one transaction: committed at the end, or rolled back by an exception.

        Writers wait for one another, so the numbers of the change log are given in commit order.
        Raises BusyError.
        """
        with self._write_alone(self.lock_seconds) as connection:
            yield connection

    def settle(self, patience: float) -> datetime:
        """The present instant while nobody writes: whatever is written later is stamped later.

        Waits for the writers under way for `patience` seconds, and then raises BusyError.
        """
        with self._write_alone(patience) as connection:
            return current_instant(connection)

    @contextmanager
    def write_aside(self, *, patient: bool = False) -> Iterator[Connection]:
        """As `write`, for what the change log does not tell: at once, or if patient in its turn.

        On PostgreSQL its turn is whenever nobody writes the same rows; on SQLite writers wait for one
        another whatever they write.
        """
        with self._write(self.lock_seconds if patient else _AT_ONCE) as connection:
            yield connection

    @contextmanager
    def _write_alone(self, patience: float) -> Iterator[Connection]:
        with self._write(patience) as connection:
            if not self.is_sqlite:
                lock = text("SELECT pg_advisory_xact_lock(:key)")
                connection.execute(lock, {"key": _WRITER_LOCK})
            yield connection

    @contextmanager
    def _write(self, patience: float) -> Iterator[Connection]:
        writer = self.engine.execution_options(**{WRITES: True, PATIENCE: patience})
        try:
            with writer.begin() as connection:
                yield connection
        except OperationalError as error:
            if is_busy(error):
                raise BusyError(f"another write has been going on for {patience:g} s") from error
            raise

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
        self.stream_engine.dispose()


def current_instant(connection: Connection) -> datetime:
    """The present instant by the clock that all writers share: the database server's, if there is one."""
    if connection.dialect.name == "sqlite":
        return utc_now()
    instant: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return instant.astimezone(UTC)


def copy_sqlite_file(source: Path, target: Path) -> None:
    """Copy an SQLite database as it is at this instant into a new file, while others write to it.

    `VACUUM INTO` reads one snapshot; SQLite's backup functions begin anew whenever another process
    writes. Raises sqlite3.Error.
    """
    uri = f"file:{quote(str(source.absolute()))}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.execute("PRAGMA busy_timeout = 30000")
        connection.execute("VACUUM INTO ?", (str(target),))


def renumber(connection: Connection, tables: Iterable[Table]) -> None:
    """Let the next keys that the engine gives come after those that rows were brought with."""
    if connection.dialect.name == "sqlite":
        return
    for table in tables:
        if (key := table.autoincrement_column) is not None:
            sequence = func.pg_get_serial_sequence(table.name, key.name)
            highest = select(func.max(key)).scalar_subquery()
            following = func.coalesce(highest, 0) + 1
            connection.execute(select(func.setval(sequence, following, False)))


def storage_faults(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """What the engine itself finds wrong: the kind of thing, which one, and what is wrong with it.

    SQLite looks through its file, and for rows that refer to nothing, which it lets pass where
    foreign keys are off. PostgreSQL never lets these pass, and has tools of its own for its files.
    """
    if connection.dialect.name != "sqlite":
        return
    for (problem,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if problem != "ok":
            yield "file", "of the database", problem
    for table, row, target, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield "table", table, f"row {row} refers to a row of {target} that is not there"
