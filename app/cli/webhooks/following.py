"""Follow the change log for a receiver, and deliver each change in order, at least once."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

import structlog
from sqlalchemy import Connection, Row, select
from sqlalchemy.exc import SQLAlchemyError

from app.cli.webhooks.positions import DeliveryPosition, Positions
from app.cli.webhooks.posting import Poster
from app.cli.webhooks.receivers import Receiver
from app.cli.webhooks.signing import make_message
from app.reading.log import ChangeBatch, fetch_changes
from app.tables import core as t
from app.tables.database import Database, SlowQueryError
from app.tables.files.database_file import UnusableFileError
from app.tables.log import newest_seq

if TYPE_CHECKING:
    # It needs an extra.
    from app.monitoring.webhooks import WebhookMeter

_log = structlog.get_logger("timeline.webhooks")
_T = TypeVar("_T")
_BATCH: Final = 100


def wait_seconds(failures: int, chance: float) -> float:
    """Return how long to wait after so many failures in a row; `chance` is from 0 to 1.

    The wait doubles from 5 seconds up to an hour. Half of it is chance, so that receivers that fail
    together do not retry together.
    """
    whole: float = min(5.0 * 2 ** min(failures - 1, 20), 3600.0)
    return whole * (0.5 + chance / 2)


@dataclass(frozen=True)
class Pace:
    """The clock of a follower, and how long it waits."""

    # Returns after so many seconds, or at once when the process stops.
    pause: Callable[[float], Awaitable[None]]
    stopped: Callable[[], bool]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    chance: Callable[[], float] = random.random
    poll_seconds: float = 1
    patience: timedelta = timedelta(days=5)
    # A receiver may ask for a longer wait, but not for any.
    longest: float = 86_400


class Follower:
    """Delivers the changes of the log to one receiver until the process stops, or the receiver does."""

    def __init__(
        self,
        name: str,
        receiver: Receiver,
        poster: Poster,
        database: Database,
        positions: Positions,
        pace: Pace,
        meter: "WebhookMeter | None",
    ) -> None:
        self._name = name
        self._receiver = receiver
        self._poster = poster
        self._database = database
        self._positions = positions
        self._pace = pace
        self._meter = meter
        self._log = _log.bind(webhook=name)

    async def follow(self) -> None:
        """Return when the process stops, or nothing more may be sent. Raises PositionsError."""
        position = self._positions.find(self._name)
        if position is not None:
            self._show(position)
        while position is None and not self._pace.stopped():
            position = await self._first_position()
        while position is not None and not self._pace.stopped():
            if position.stopped:
                self._log.warning("nothing is sent", reason=position.stopped, last=position.last)
                return
            position = await self._deliver_batch(position)

    async def _first_position(self) -> DeliveryPosition | None:
        """Return where a new receiver starts; None, after a pause, if the database does not answer."""

        def find(connection: Connection) -> DeliveryPosition:
            newest, after = newest_seq(connection), self._receiver.after
            last = newest if after is None else min(after, newest)
            return DeliveryPosition(last=last, digest=_digest(connection, last))

        first = await self._read(find)
        return None if first is None else self._keep(first)

    async def _deliver_batch(self, position: DeliveryPosition) -> DeliveryPosition:
        def fetch(connection: Connection) -> tuple[ChangeBatch, str, str]:
            batch = fetch_changes(connection, position.last, self._receiver.chosen, _BATCH)
            digest = _digest(connection, position.last)
            is_new = batch.last != position.last
            return batch, digest, _digest(connection, batch.last) if is_new else digest

        found = await self._read(fetch)
        if found is None:
            return position
        batch, digest, last_digest = found
        if batch.last < position.last:
            return self._stop(
                position,
                f"the log ends at change {batch.last}, before the last delivered one: another database, "
                "or one from a backup",
            )
        if position.digest not in ("", digest):
            return self._stop(
                position,
                f"the change {position.last} of the log is not the last delivered one: another database, or "
                "one that was written to after it was restored from a backup",
            )
        for change in batch.changes:
            position = await self._deliver(position, change)
            if position.last != change.seq:
                return position
        # Nothing is left that fails, also if the failing change is not chosen any more.
        position = self._keep(DeliveryPosition(last=batch.last, digest=last_digest))
        if not batch.more:
            await self._pace.pause(self._pace.poll_seconds)
        return position

    async def _deliver(self, position: DeliveryPosition, change: Row[Any]) -> DeliveryPosition:
        """Return the position after the change, or an earlier one if it could not be delivered."""
        message = make_message(change)
        failures = 0
        while not self._pace.stopped():
            outcome = await self._poster.post(message)
            if self._meter is not None:
                self._meter.count_attempt(self._name, delivered=outcome.delivered)
            if outcome.delivered:
                self._log.info("delivered", seq=change.seq)
                return self._keep(DeliveryPosition(last=change.seq, digest=change.digest))
            if outcome.gone:
                return self._stop(position, outcome.reason)
            now = self._pace.now()
            since = position.failing_since or now
            position = self._keep(position.model_copy(update={"failing_since": since}))
            if now - since >= self._pace.patience:
                days = f"{self._pace.patience / timedelta(days=1):g}"
                return self._stop(position, f"it failed for {days} days: {outcome.reason}")
            failures += 1
            asked = min(outcome.wait or 0, self._pace.longest)
            wait = max(wait_seconds(failures, self._pace.chance()), asked)
            self._log.warning(
                "not delivered", seq=change.seq, reason=outcome.reason, retry_seconds=round(wait)
            )
            await self._pace.pause(wait)
        return position

    def _keep(self, position: DeliveryPosition) -> DeliveryPosition:
        self._positions.write(self._name, position)
        self._show(position)
        return position

    def _show(self, position: DeliveryPosition) -> None:
        if self._meter is not None:
            failing, stopped = position.failing_since is not None, bool(position.stopped)
            self._meter.note_position(self._name, position.last, failing=failing, stopped=stopped)

    def _stop(self, position: DeliveryPosition, reason: str) -> DeliveryPosition:
        return self._keep(position.model_copy(update={"stopped": reason}))

    async def _read(self, query: Callable[[Connection], _T]) -> _T | None:
        """Return the query's result; None, after a pause, if the database does not answer."""
        try:
            return await asyncio.to_thread(self._database.find, query)
        except (SQLAlchemyError, SlowQueryError, UnusableFileError) as error:
            self._log.warning("the database does not answer", error=str(error))
            await self._pace.pause(2)
            return None


def _digest(connection: Connection, seq: int) -> str:
    """Return the digest of a change, which no other log has; empty if there is none of this number."""
    return connection.scalar(select(t.change.c.digest).where(t.change.c.seq == seq)) or ""
