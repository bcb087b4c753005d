"""One replica: its connections and its known state."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any, NamedTuple, Self

import psycopg
import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from app.tables.data_versions.aside import AsideConnection
from app.tables.data_versions.postgresql_version import PostgresVersion
from app.tables.database import BehindError, Database
from app.tables.replicas.open_connections import OpenConnections

_log = structlog.get_logger("timeline.replicas")
# The newest change, and the place in the log of PostgreSQL, in bytes.
LOG_PLACE = """
    SELECT newest.seq, newest.digest,
        CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
        ELSE pg_current_wal_lsn() END - '0/0'::pg_lsn
    FROM (SELECT) AS one
    LEFT JOIN (SELECT seq, digest FROM change ORDER BY seq DESC LIMIT 1) AS newest ON true
"""
# A standby cancels a query that needs rows which the primary has deleted: SQLSTATE 40001.
_CONFLICT = "40001"


class ReplicaStatus(NamedTuple):
    """The state of a replica at its last check.

    `name` is its address without user and password. `is_used` says whether it answers reads, and `fault`
    why it does not. It lacks the last `changes` changes of the primary and `bytes` of its log, and has
    lacked some for `seconds`; each is None as long as it is unknown.
    """

    name: str
    is_used: bool
    fault: str
    seq: int
    changes: int | None
    bytes: int | None
    seconds: float | None


class Replica:
    """A replica, which a check declares usable or not, and a failed read not usable."""

    def __init__(
        self, url: str, pool_size: int, stream_pool_size: int, query_seconds: float
    ) -> None:
        self.database = ReplicaDatabase(self, url, pool_size, stream_pool_size, query_seconds)
        self.version = PostgresVersion(self.database)
        self.name = _name(self.database)
        # The highest number of a change that it was seen to hold.
        self.seq = 0
        # The number and digest of its newest change, and its place in the log of PostgreSQL, at the last check.
        self.newest: tuple[int, str | None] = (0, None)
        self.place: int | None = None
        # Whether its log was found to be the log of the primary.
        self.is_proved = False
        self.fault = "it was not checked yet"
        self.changes: int | None = None
        self.bytes: int | None = None
        self.seconds: float | None = None
        self._connection = AsideConnection(self.database)

    @property
    def is_usable(self) -> bool:
        """Whether it may answer reads."""
        return not self.fault

    @property
    def status(self) -> ReplicaStatus:
        """Its state, for operators."""
        return ReplicaStatus(
            self.name,
            self.is_usable,
            self.fault,
            self.seq,
            self.changes,
            self.bytes,
            self.seconds,
        )

    async def look(self) -> bool:
        """Ask it for its newest change, and return whether it answered."""
        try:
            seq, digest, place = await self._connection.ask(LOG_PLACE)
        except (psycopg.Error, OSError) as error:
            self.place = None
            self.changes = self.bytes = self.seconds = None
            self.leave_out("it does not answer", error=repr(error))
            if isinstance(error, TimeoutError):
                self.database.break_connections()
            return False
        self.newest, self.place = (seq or 0, digest), None if place is None else int(place)
        # A copy that was made again, from an older backup, begins again.
        self.seq = seq or 0
        return True

    def see(self, seq: int) -> None:
        """Note that it holds this change."""
        self.seq = max(self.seq, seq)

    def leave_out(self, fault: str, **more: Any) -> None:
        """Send it no reads until a check finds no fault."""
        if fault != self.fault:
            _log.warning("a replica is left out", replica=self.name, fault=fault, **more)
        self.fault = fault

    def take_in(self) -> None:
        """Send it reads."""
        if self.fault:
            _log.info("a replica answers reads", replica=self.name, seq=self.seq)
        self.fault = ""

    async def close(self) -> None:
        """Close all connections."""
        await self.version.close()
        await self._connection.close()
        self.database.close()


class ReplicaDatabase(Database):
    """The database of a replica: a read that fails for a reason of the replica tells it."""

    def __init__(
        self,
        replica: Replica,
        url: str,
        pool_size: int,
        stream_pool_size: int,
        query_seconds: float,
    ) -> None:
        super().__init__(url, pool_size, stream_pool_size, query_seconds=query_seconds)
        self._replica = replica
        self._failed: Callable[[], None] = lambda: None
        self._open = OpenConnections(self)

    def telling(self, failed: Callable[[], None]) -> Self:
        """Return this database for one request; a read that another database might answer calls `failed`."""
        database = copy(self)
        database._failed = failed
        return database

    @contextmanager
    def read(self, *, unlimited: bool = False) -> Iterator[Connection]:
        """Yield a connection as any database does."""
        with self._told(), super().read(unlimited=unlimited) as connection:
            yield connection

    @contextmanager
    def stream(self) -> Iterator[Connection]:
        """Yield a connection as any database does."""
        with self._told(), super().stream() as connection:
            yield connection

    def break_connections(self) -> None:
        """Break all connections off, so that threads that wait for an answer get an error at once."""
        self._open.break_off()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except BehindError:
            self._failed()
            raise
        except (OperationalError, InterfaceError) as error:
            self._failed()
            if getattr(error.orig, "sqlstate", None) != _CONFLICT:
                self._replica.leave_out("a read failed", error=str(error.orig))
            raise


def _name(database: Database) -> str:
    """Return the address of a database without user and password."""
    query = database.url.query
    hosts = query.get("host", database.url.host or "localhost")
    text = hosts if isinstance(hosts, str) else ",".join(hosts)
    port = query.get("port", database.url.port)
    return f"{text}:{port}" if port and isinstance(port, (int, str)) else text
