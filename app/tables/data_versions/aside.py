"""A connection to PostgreSQL for short questions in the event loop, which nothing else uses."""

import asyncio
import os
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import psycopg

from app.tables.database import Database

# How long a question may take, connecting included, in seconds. Connecting itself may take longer, and goes on:
# a first host that vanished uses up `connect_timeout` before the next one is tried.
ANSWER_SECONDS = 1


class AsideConnection:
    """Connects when it is first asked, and again after a failure."""

    def __init__(self, database: Database) -> None:
        _, self._options = database.engine.dialect.create_connect_args(database.engine.url)
        self._connection: psycopg.AsyncConnection | None = None
        self._connecting: asyncio.Task[psycopg.AsyncConnection] | None = None

    async def ask(self, statement: str, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """Return the only row of the answer; raises psycopg.Error or OSError, such as after a second."""
        question = asyncio.ensure_future(self._ask(statement, values))
        question.add_done_callback(_look_at_error)
        try:
            await asyncio.wait([question], timeout=ANSWER_SECONDS)
            if not question.done():
                raise TimeoutError(f"no answer in {ANSWER_SECONDS} s")
            return question.result()
        except (psycopg.Error, OSError, asyncio.CancelledError):
            self._break_off(question)
            await self._disconnect()
            raise

    async def close(self) -> None:
        """Close the connection, and stop connecting."""
        if self._connecting is not None:
            connecting, self._connecting = self._connecting, None
            if not connecting.cancel() and connecting.exception() is None:
                self._connection = connecting.result()
        await self._disconnect()

    async def _disconnect(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            with suppress(psycopg.Error, OSError):
                await connection.close()

    async def _ask(self, statement: str, values: Mapping[str, Any] | None) -> Sequence[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = await self._connect()
        cursor = await self._connection.execute(statement.encode(), values)
        row = await cursor.fetchone()
        assert row is not None
        return row

    async def _connect(self) -> psycopg.AsyncConnection:
        """Wait for a connection; the next question goes on waiting for one that this question began."""
        if self._connecting is None:
            # A pooler may give each transaction another server, which does not know prepared statements.
            self._connecting = asyncio.ensure_future(
                psycopg.AsyncConnection.connect(
                    **self._options, autocommit=True, prepare_threshold=None
                )
            )
            self._connecting.add_done_callback(_look_at_error)
        connecting = self._connecting
        await asyncio.wait([connecting])
        if self._connecting is connecting:
            self._connecting = None
        return connecting.result()

    def _break_off(self, question: asyncio.Task[Sequence[Any]]) -> None:
        """End a question that waits for a server: if it is cancelled, psycopg waits for the server again."""
        if self._connection is None:
            question.cancel()
        elif not self._connection.closed:
            break_off(self._connection)


def break_off(connection: psycopg.Connection[Any] | psycopg.AsyncConnection[Any]) -> None:
    """End the connection on this side, so that code that waits for an answer gets an error at once."""
    with (
        suppress(psycopg.Error, OSError),
        socket.socket(fileno=os.dup(connection.pgconn.socket)) as copied,
    ):
        copied.shutdown(socket.SHUT_RDWR)


def _look_at_error(question: asyncio.Task[Any]) -> None:
    """Keep asyncio from reporting an error of a question that nobody waits for any more."""
    if not question.cancelled():
        question.exception()
