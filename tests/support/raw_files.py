"""Change an SQLite file behind the program's back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from app.domain.packing import DOCUMENTS
from app.tables.files.search_tokens import add_search_function


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection without transactions and checks; `plain` unpacks a document of the log."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        add_search_function(connection)
        connection.create_function("plain", 1, _plain)
        yield connection


def _plain(document: bytes | str | None) -> str | None:
    return DOCUMENTS.unpack(document) if isinstance(document, bytes) else document
