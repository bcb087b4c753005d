"""The database: connections for reads, streams and writes."""

import errno
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from copy import copy
from datetime import timedelta
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, event, func, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from app.tables.at_once import AtOnceConnection, NotAtOnceError, is_at_once, refuse_at_once
from app.tables.clock import CLOCK, Clock
from app.tables.engines import (
    LOCK_SECONDS,
    SEEN,
    UNLIMITED,
    WRITES,
    is_busy,
    is_read_only,
    is_slow,
    make_engine,
    read_only_reason,
    read_url,
)
from app.tables.files.database_file import DatabaseFile, file_of
from app.tables.files.writer_mark import WriterMark
from app.tables.log import newest_seq

# Any constant works, as long as no other program takes an advisory lock on this key.
_WRITER_LOCK = 0x71_6D_65_6C
# The lock timeout of a write that is not worth waiting for, in seconds.
_AT_ONCE = 0.001
# Rows of a stream in memory at once: some 2 MB of documents.
_STREAMED_ROWS = 500
# The system refuses to make a file.
_PROTECTED = {errno.EACCES, errno.EPERM, errno.EROFS}
_T = TypeVar("_T")


class NewerDatabaseError(Exception):
    """The database was made by a newer version of the program."""


class DanglingRowsError(Exception):
    """A migration would leave rows that refer to missing rows."""


class SlowQueryError(Exception):
    """A query exceeded its time limit and was cancelled."""


class BusyError(Exception):
    """Another writer held the lock until this one's timeout."""


class ReadOnlyError(Exception):
    """The database refuses writes: it is a standby, or was set so."""


class UnknownOutcomeError(Exception):
    """The connection broke during the commit, so the write may have been stored or not."""


class BehindError(Exception):
    """The database does not hold the change that a read asked for, or not yet."""


class Database:
    """Two connection pools. A read sees one snapshot; writes run one after another.

    Streams have a separate pool: a stream lasts as long as its client reads, and must not delay
    ordinary reads.

    `query_seconds` limits each query of a read; on SQLite it limits all queries of the read
    together. 0 means no limit, and streams have none. A writer waits at most `lock_seconds` for
    its turn. A write whose clock has jumped ahead by more than `clock_jump` is refused. With
    `existing`, a file that is gone is never created again, and with `keep_journal` a file that is only
    read keeps each byte. With `at_once`, a file has one connection more, for reads in the event loop.

    All methods raise UnusableFileError if the file of SQLite or its write-ahead log was deleted or
    replaced, and writes also after damage was found in it.
    """

    def __init__(
        self,
        url: str,
        pool_size: int = 10,
        stream_pool_size: int = 4,
        *,
        query_seconds: float = 0,
        lock_seconds: float = 30,
        existing: bool = False,
        keep_journal: bool = False,
        at_once: bool = False,
        clock_jump: timedelta = timedelta(days=1),
    ) -> None:
        self.url = read_url(url)
        self.query_seconds = query_seconds
        self.lock_seconds = lock_seconds
        self.engine = make_engine(
            self.url,
            pool_size,
            query_seconds=query_seconds,
            existing=existing,
            keep_journal=keep_journal,
        )
        self.stream_engine = make_engine(
            self.url, stream_pool_size, existing=existing, keep_journal=keep_journal
        )
        # The file of SQLite; None for PostgreSQL, and for a file that nobody writes any more.
        self.path = path = file_of(self.url)
        self._file = DatabaseFile(path) if path else None
        self._mark = WriterMark(path) if path else None
        self.clock = Clock(clock_jump)
        self._refuse: Callable[[], None] = lambda: None
        self._waited: float = 0
        self._seen: Callable[[int], None] | None = None
        if self._file:
            self._file.watch(self.engine)
            self._file.watch(self.stream_engine)
        is_file = at_once and self._file is not None
        self._at_once = AtOnceConnection(self.engine_aside()) if is_file else None
        self._reader = self._reading(self.engine)
        self._streamer = self._reading(self.stream_engine)

    @property
    def engines(self) -> list[Engine]:
        """The engines of reads and writes, of streams, and of reads in the event loop if it has these."""
        aside = [self._at_once.engine] if self._at_once else []
        return [self.engine, self.stream_engine, *aside]

    def _reading(self, engine: Engine) -> Engine:
        if self.is_sqlite:
            return engine
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is an SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    def for_one_write(self, refuse: Callable[[], None], waited: float) -> "Database":
        """Return this database for one write, which ends as soon as `refuse` raises.

        That is called before each statement and before the commit, so a write that it refuses is
        rolled back. The writer may wait for its turn for the rest of `lock_seconds`, of which it
        has waited some seconds already.
        """
        database = copy(self)
        database.lock_seconds = max(0, self.lock_seconds - waited)
        database._waited = min(waited, self.lock_seconds)
        database._refuse = refuse
        return database

    def __copy__(self) -> Self:
        """Return the same database, for one request; each request makes one, so it must be quick."""
        database = object.__new__(type(self))
        database.__dict__.update(self.__dict__)
        return database

    def for_one_request(self, seen: Callable[[int], None], at_least: int = 0) -> "Database":
        """Return this database for one request.

        `seen` is told the number of the last change that each read sees, and that each write leaves. On
        PostgreSQL the number comes with the time limit of the read, in one round trip. A read that does
        not see the change `at_least` raises BehindError.
        """

        def note(seq: int) -> None:
            if seq < at_least:
                raise BehindError(f"the newest change here is {seq}")
            seen(seq)

        database = copy(self)
        database._seen = note
        return database

    def until_refused(self, items: Iterable[_T]) -> Iterator[_T]:
        """Yield the items that a write of this database needs, until `refuse` raises."""
        for item in items:
            self._refuse()
            yield item

    def check_file(self) -> None:
        """Raise UnusableFileError if the file of SQLite was deleted, replaced or damaged."""
        if self._file:
            self._file.check_sound()

    def engine_aside(self) -> Engine:
        """Return an engine with one connection for the event loop, which waits for no lock of SQLite."""
        engine = make_engine(self.url, 1, existing=True, waits=False)
        if self._file:
            self._file.watch(engine)
        return engine

    def check_in_place(self, connection: Connection) -> None:
        """Raise UnusableFileError if the file of SQLite, or this connection's log, was deleted or replaced."""
        self._check_present()
        self._check_log(connection)

    def _check_present(self) -> None:
        if self._file:
            self._file.check_present()

    def _check_log(self, connection: Connection) -> None:
        if self._file:
            self._file.check_log(connection)

    @contextmanager
    def read(self, *, unlimited: bool = False) -> Iterator[Connection]:
        """Yield a connection whose statements all see the snapshot of the first of them.

        Raises SlowQueryError, unless the read is unlimited. In the event loop it raises NotAtOnceError if it
        would wait or takes long.
        """
        self._check_present()
        if is_at_once():
            if self._at_once is None:
                raise NotAtOnceError
            with self._at_once.read(self._check_log, self._seen) as connection:
                yield connection
            return
        reader = self._reader.execution_options(**{UNLIMITED: True}) if unlimited else self._reader
        try:
            with reader.connect() as connection:
                self._check_log(connection)
                yield self._noting(connection)
        except OperationalError as error:
            if is_slow(error):
                raise SlowQueryError(f"it took longer than {self.query_seconds:g} s") from error
            raise

    def find(self, query: Callable[[Connection], _T]) -> _T:
        """Return the result of a query, whose statements all see one snapshot; raises as `read` does."""
        with self.read() as connection:
            return query(connection)

    @contextmanager
    def stream(self) -> Iterator[Connection]:
        """Yield a connection like `read` that fetches rows as the caller asks for them."""
        refuse_at_once()
        self._check_present()
        with self._streamer.connect() as connection:
            self._check_log(connection)
            yield self._noting(connection.execution_options(yield_per=_STREAMED_ROWS))

    def _noting(self, connection: Connection) -> Connection:
        if self._seen is not None:
            connection.info[SEEN] = self._seen
        # Now, so that the state of an earlier read is forgotten. At its first statement a stream has a cursor
        # already, which an error would leave open.
        connection.begin()
        return connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection in one transaction: committed at the end, rolled back on an exception.

        Writers wait for one another, so the change log is numbered in commit order. Raises
        BusyError, ReadOnlyError, or UnknownOutcomeError.
        """
        with ExitStack() as until_committed, self._write(self.lock_seconds) as connection:
            if self._mark:
                try:
                    until_committed.enter_context(self._mark.held())
                except OSError as error:
                    if error.errno not in _PROTECTED:
                        raise
                    raise ReadOnlyError(
                        "the database is read-only: its folder is write-protected"
                    ) from error
            elif not self.is_sqlite:
                lock = text("SELECT pg_advisory_xact_lock(:key)")
                connection.execute(lock, {"key": _WRITER_LOCK})
            yield connection

    def is_written(self, connection: Connection) -> bool:
        """Return whether a write is in progress that may have its stamp already; takes no lock.

        Raises ReadOnlyError on a standby, which does not see the writers of its primary.
        """
        if self._mark:
            return self._mark.is_held()
        if connection.scalar(select(func.pg_is_in_recovery())):
            raise ReadOnlyError("the database is read-only: it is a standby")
        held = text(
            "SELECT EXISTS (SELECT 1 FROM pg_locks "
            "WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = :key "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
        )
        return bool(connection.scalar(held, {"key": _WRITER_LOCK}))

    @contextmanager
    def write_aside(self, *, wait: bool = False) -> Iterator[Connection]:
        """Yield a connection like `write` for rows that the change log does not cover.

        Gives up at once if the lock is taken, unless the caller waits. On PostgreSQL only a writer
        of the same rows is in the way; on SQLite any writer is. Raises BusyError, or ReadOnlyError.
        """
        with self._write(self.lock_seconds if wait else _AT_ONCE) as connection:
            yield connection

    def check_writable(self) -> None:
        """Raise ReadOnlyError if the database refuses writes; wait for no writer, and change nothing."""
        with suppress(BusyError), self._write(_AT_ONCE) as connection:
            if self.is_sqlite:
                # SQLite tells only when something is written.
                connection.exec_driver_sql("CREATE TABLE probe (x)")
            connection.rollback()

    @contextmanager
    def _write(self, lock_seconds: float) -> Iterator[Connection]:
        self.check_file()
        options = {WRITES: True, LOCK_SECONDS: lock_seconds, CLOCK: self.clock}
        is_done = False
        try:
            with self._begin_writing(self.engine.execution_options(**options)) as connection:
                self._check_log(connection)
                event.listen(connection, "before_cursor_execute", lambda *_: self._refuse())
                yield connection
                if self._seen is not None:
                    self._seen(newest_seq(connection))
                self._refuse()
                # Otherwise the write would succeed in a file that nobody can open any more.
                self.check_file()
                self._check_log(connection)
                is_done = True
        except DBAPIError as error:
            if is_read_only(error):
                reason = "its file is write-protected" if self.is_sqlite else "it became a standby"
                raise ReadOnlyError(f"the database is read-only: {reason}") from error
            if is_done and error.connection_invalidated:
                raise UnknownOutcomeError(
                    "the database went away during the commit: the write may have been stored"
                ) from error
            if isinstance(error, OperationalError) and is_busy(error):
                problem = f"another write has been going on for {self._waited + lock_seconds:g} s"
                raise BusyError(problem) from error
            raise

    @contextmanager
    def _begin_writing(self, writer: Engine) -> Iterator[Connection]:
        """Yield a connection in a transaction; raises ReadOnlyError.

        After a failover the pool may hold connections to a server that is a standby now. They are all
        dropped, and a new connection goes to the server that the URL leads to now.
        """
        reason = None
        for _ in ("from the pool", "new"):
            with writer.begin() as connection:
                reason = read_only_reason(connection)
                if reason is None:
                    yield connection
                    return
            self.engine.dispose()
        raise ReadOnlyError(f"the database is read-only: {reason}")

    def close(self) -> None:
        """Close every connection."""
        if self._at_once:
            self._at_once.close()
        for engine in self.engines:
            engine.dispose()
