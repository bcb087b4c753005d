"""The open connections to a database of PostgreSQL, which can all be broken off."""

from weakref import WeakSet

import psycopg
from sqlalchemy import event

from app.tables.data_versions.aside import break_off
from app.tables.database import Database


class OpenConnections:
    """Notes each connection that the pools of a database open from now on.

    A server that hangs, on a machine that still confirms each packet, ends no connection: a thread would
    wait for its answer for ever.
    """

    def __init__(self, database: Database) -> None:
        self._connections: WeakSet[psycopg.Connection] = WeakSet()
        for engine in (database.engine, database.stream_engine):
            event.listen(engine, "connect", lambda driver, _: self._connections.add(driver))

    def break_off(self) -> None:
        """Break all of them off, so that threads that wait for an answer get an error at once."""
        for driver in [*self._connections]:
            break_off(driver)
