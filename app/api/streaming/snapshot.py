"""One list of the database as bytes, read in threads from one snapshot."""

import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import (
    AbstractContextManager,
    ExitStack,
    closing,
    contextmanager,
)
from dataclasses import dataclass

import anyio
import anyio.to_thread
from sqlalchemy import Connection

from app.reading.listing import Listing, data_version, stream_items
from app.tables.database import Database

# Makes the bytes of a format from documents.
WriteFormat = Callable[[Iterator[bytes]], Iterator[bytes]]
# Reads the facts that a format needs beside the documents, in the same snapshot, and returns its writer.
PrepareFormat = Callable[[Connection], WriteFormat]
# Makes the list from facts in the same snapshot.
FindListing = Callable[[Connection], Listing]

# A switch to a thread and back costs as much as reading some fifty events: with chunks of 64 kB an
# export took half as long again.
CHUNK_BYTES = 256 * 1024


@dataclass(frozen=True)
class ExportSnapshot:
    """The version of the data, and the bytes that are made of it while they are read."""

    version: bytes
    chunks: Iterator[bytes]


@contextmanager
def open_snapshot(
    database: Database, listing: Listing | FindListing, prepare: PrepareFormat
) -> Iterator[ExportSnapshot]:
    """Open a snapshot of the list; the statements for version, format and items see the same data.

    `prepare` returns the writer that makes bytes of the items, and is called once the list is known. The snapshot holds a connection until
    it is closed.
    """
    with database.stream() as connection:
        version = data_version(connection)
        listing = listing if isinstance(listing, Listing) else listing(connection)
        write = prepare(connection)
        # Closed here and not at garbage collection: PostgreSQL has a cursor open behind it.
        with (
            closing(stream_items(connection, listing)) as items,
            closing(in_chunks(write(items))) as chunks,
        ):
            yield ExportSnapshot(version, chunks)


def in_chunks(parts: Iterable[bytes]) -> Generator[bytes, None, None]:
    """Yield the same bytes in chunks that are worth a switch to a thread and back."""
    waiting: list[bytes] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size >= CHUNK_BYTES:
            yield b"".join(waiting)
            waiting.clear()
            size = 0
    if waiting:
        yield b"".join(waiting)


class ThreadedSnapshot:
    """A snapshot that is opened, read and closed in threads; its calls never overlap."""

    def __init__(self, snapshot: AbstractContextManager[ExportSnapshot]) -> None:
        self._snapshot = snapshot
        self._stack = ExitStack()
        self._chunks: Iterator[bytes] = iter(())
        self._closed = False
        # Its own thread: ordinary reads must not wait for the threads of exports.
        self._limiter = anyio.CapacityLimiter(1)
        # The limiter does not suffice: a task that is cancelled leaves its thread running.
        self._lock = threading.Lock()

    async def open(self) -> bytes:
        """Open the snapshot, and return the version of its data."""
        return await anyio.to_thread.run_sync(self._open, limiter=self._limiter)

    async def next_chunk(self) -> bytes:
        """Return the next bytes; empty at the end."""
        return await anyio.to_thread.run_sync(self._next_chunk, limiter=self._limiter)

    async def aclose(self) -> None:
        """Close the snapshot, even if the task was cancelled; waits for the thread in progress."""
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(self._close, limiter=self._limiter)

    def _open(self) -> bytes:
        with self._lock:
            if self._closed:
                raise RuntimeError("the snapshot was closed before it was opened")
            snapshot = self._stack.enter_context(self._snapshot)
            self._chunks = snapshot.chunks
            return snapshot.version

    def _next_chunk(self) -> bytes:
        with self._lock:
            return next(self._chunks, b"")

    def _close(self) -> None:
        with self._lock:
            self._closed = True
            self._stack.close()
