"""Copy the state of a worker into its metrics."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from prometheus_client import Counter
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool
from starlette.datastructures import State

from app.api.runtime.gates import Gate, run_in_own_thread
from app.monitoring import metrics
from app.tables.database import Database, SlowQueryError
from app.tables.files.database_file import UnusableFileError
from app.tables.log import newest_seq

if TYPE_CHECKING:
    from app.tables.replicas.replica import ReplicaStatus

# The state is some numbers in memory; the number of the newest change is a query.
_STATE_SECONDS: Final = 1
_DATABASE_SECONDS: Final = 5


@asynccontextmanager
async def sampled(state: State, version: str) -> AsyncIterator[None]:
    """Keep the metrics up to date with the state of an application while the context lasts."""
    sampler = Sampler(state)
    metrics.BUILD.labels(version).set(1)
    metrics.WORKERS.set(1)
    tasks = [asyncio.create_task(each) for each in (sampler.follow(), sampler.ask())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        # Counts of the last second.
        sampler.sample()


class Sampler:
    """Copies numbers in memory each second, and asks the database for its newest change every five.

    Nothing that serves requests imports the library, except to measure a request.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._gates: dict[str, Gate] = {
            "costly reads": state.costly_gate,
            "exports": state.export_gate,
            "imports": state.import_gate,
            "quotes": state.quote_gate,
            "writes": state.write_gate,
        }
        self._totals: dict[Counter, float] = {}

    async def follow(self) -> None:
        """Copy the state each second, until this is cancelled."""
        while True:
            self.sample()
            await asyncio.sleep(_STATE_SECONDS)

    async def ask(self) -> None:
        """Ask the database every five seconds, until this is cancelled."""
        database: Database = self._state.database
        while True:
            try:
                metrics.LAST_SEQ.set(await run_in_own_thread(lambda: database.find(newest_seq)))
                metrics.DATABASE_UP.set(1)
            except (SQLAlchemyError, SlowQueryError, UnusableFileError):
                # The readiness check and the requests say why.
                metrics.DATABASE_UP.set(0)
            await asyncio.sleep(_DATABASE_SECONDS)

    def sample(self) -> None:
        """Copy the state once."""
        for work, gate in self._gates.items():
            metrics.SLOTS.labels(work).set(gate.held)
            metrics.SLOTS_LIMIT.labels(work).set(gate.slots)
            metrics.SLOTS_WAITING.labels(work).set(gate.waiting)
            self._raise(metrics.SLOTS_TAKEN.labels(work), gate.taken)
            self._raise(metrics.SLOTS_REFUSED.labels(work), gate.refused)
            self._raise(metrics.SLOTS_WAIT.labels(work), gate.waited_seconds)
        note_pools(self._state.database)
        if self._state.replicas is not None:
            note_replicas(self._state.replicas.statuses)
            for replica in self._state.replicas.replicas:
                note_pools(replica.database, f" of {replica.name}")
        self._sample_answers()

    def _sample_answers(self) -> None:
        feed, snapshots = self._state.change_feed, self._state.snapshots
        kept = [self._state.kept_answers, *self._state.kept_of_replicas]
        self._raise(metrics.KEPT_HITS, sum(each.hits for each in kept))
        self._raise(metrics.KEPT_MISSES, sum(each.misses for each in kept))
        metrics.KEPT_BYTES.set(sum(each.size for each in kept))
        metrics.KEPT_LIMIT.set(sum(each.limit for each in kept))
        metrics.STREAMS.set(feed.followers)
        metrics.STREAMS_LIMIT.set(feed.max_followers)
        self._raise(metrics.PAST_BUILT, snapshots.built)
        metrics.PAST_BUILDING.set(snapshots.is_building)

    def _raise(self, counter: Counter, total: float) -> None:
        """Raise the counter to the total that this application has counted."""
        counter.inc(total - self._totals.get(counter, 0))
        self._totals[counter] = total


def note_pools(database: Database, owner: str = "") -> None:
    """Copy the use of the pools of a database. The owner ends their names, and is empty for the primary."""
    for pool, engine in (("reads", database.engine), ("exports", database.stream_engine)):
        if isinstance(engine.pool, QueuePool):
            metrics.CONNECTIONS.labels(pool + owner).set(engine.pool.checkedout())
            metrics.CONNECTIONS_LIMIT.labels(pool + owner).set(engine.pool.size())


def note_replicas(statuses: Iterable["ReplicaStatus"]) -> None:
    """Copy the state of each replica. A lag that is unknown keeps its last value."""
    for each in statuses:
        metrics.REPLICA_USED.labels(each.name).set(each.is_used)
        if each.seconds is not None:
            metrics.REPLICA_LAG.labels(each.name).set(each.seconds)
        if each.changes is not None:
            metrics.REPLICA_LAG_CHANGES.labels(each.name).set(each.changes)
