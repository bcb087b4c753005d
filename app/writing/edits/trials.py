"""Writing transactions that a dry run rolls back."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from app.tables.database import Database


class _RollBackError(Exception):
    """Rolls back the transaction of a dry run."""


@contextmanager
def write_or_try(database: Database, *, dry_run: bool) -> Iterator[Connection]:
    """Yield a connection that writes; a dry run does all the work, and is rolled back at its end."""
    try:
        with database.write() as connection:
            yield connection
            if dry_run:
                raise _RollBackError
    except _RollBackError:
        pass
