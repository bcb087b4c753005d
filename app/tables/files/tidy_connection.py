"""A connection to SQLite that ends the statements which its user left."""

import sqlite3
from typing import Any
from weakref import WeakSet


class TidyConnection(sqlite3.Connection):
    """Knows its open cursors.

    A loop over rows that ends with an error leaves its statement reading for as long as the error is
    kept. Until then the connection sees the state of that moment in each later transaction, and cannot
    write. A rollback does not end it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def cursor(self, *args: Any) -> Any:
        """Return a new cursor."""
        cursor = super().cursor(*args)
        self._cursors.add(cursor)
        return cursor

    def end_statements(self) -> None:
        """End every statement that still reads."""
        for cursor in [*self._cursors]:
            cursor.close()
