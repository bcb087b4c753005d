"""The guard of connections that the settings ask for."""

from app.cli.connections.guard import ConnectionLimits, Guard
from app.cli.connections.listening import DESCRIPTORS
from app.cli.connections.open_files import allow_connections
from app.settings import Settings


def make_guard(settings: Settings) -> Guard:
    """Return the guard of a worker, after raising its limit of open files as far as needed."""
    limits = ConnectionLimits(
        connections=allow_connections(settings.connections, _reserved_files(settings)),
        address_connections=settings.address_connections,
        head_seconds=settings.head_seconds,
        # The middleware applies the exact limits, and needs the whole head to answer.
        head_bytes=2 * (settings.url_bytes + settings.header_bytes),
        reader_seconds=settings.reader_seconds,
        unread_bytes=settings.unread_bytes,
    )
    return Guard(limits)


def _reserved_files(settings: Settings) -> int:
    """Return how many files a worker needs beside its connections, generously."""
    # An open SQLite database is two files, and a query may need a temporary one.
    return 32 + DESCRIPTORS + 3 * (settings.pool_size + settings.exports + settings.imports + 3)
