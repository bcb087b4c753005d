"""All replicas: which of them may answer, and which answers a request."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b

import psycopg
import structlog

from app.tables.data_versions.aside import AsideConnection
from app.tables.database import Database
from app.tables.replicas.open_connections import OpenConnections
from app.tables.replicas.replica import LOG_PLACE, Replica, ReplicaStatus

_log = structlog.get_logger("timeline.replicas")
# The place of the primary, and the digests of the changes that the replicas have last.
_PRIMARY = f"""
    SELECT place.*, (
        SELECT jsonb_object_agg(seq, digest) FROM change WHERE seq = ANY(%(seqs)s)
    ) FROM ({LOG_PLACE}) AS place
"""
# As long as a connection waits for a machine that vanished (`tcp_user_timeout`).
_SILENT_SECONDS = 10
# Instants at which the primary had a new change that are kept, one a check.
_MOST_INSTANTS = 10_000


class Replicas:
    """The replicas of a primary, which are checked every `check_seconds` while the server runs.

    A replica is used if it answers a check within a second, has the log of the primary, and has lacked a
    change for `lag_seconds` at most. The server measures that: it notes when it first saw each number on
    the primary. Without its primary, it measures by the last number that it saw.
    """

    def __init__(
        self,
        primary: Database,
        replicas: Sequence[Replica],
        lag_seconds: float,
        check_seconds: float = 1,
    ) -> None:
        self.replicas = replicas
        self.lag_seconds = lag_seconds
        self.check_seconds = check_seconds
        self._primary = AsideConnection(primary)
        self._open = OpenConnections(primary)
        # Since when the primary has answered no check; None if it answered the last one.
        self._silent_since: float | None = None
        self._checks: asyncio.Task[None] | None = None
        # When the primary was first seen to have a change of this number, with the oldest first.
        self._instants: list[tuple[float, int]] = []

    @property
    def statuses(self) -> list[ReplicaStatus]:
        """The state of each replica at its last check."""
        return [replica.status for replica in self.replicas]

    @property
    def is_any_used(self) -> bool:
        """Whether any replica may answer reads."""
        return any(replica.is_usable for replica in self.replicas)

    @property
    def everywhere(self) -> int:
        """The number of the last change that every replica holds, also those that are left out."""
        return min(replica.seq for replica in self.replicas)

    def choose(self, address: bytes, seq: int) -> Replica | None:
        """Return the replica that answers a request and holds a change; None if none does.

        The same address gets the same replica while the same ones are used, so that each keeps the answers
        to a part of all requests. Each worker and each server chooses the same one.
        """
        fit = [each for each in self.replicas if each.is_usable and each.seq >= seq]
        # Rendezvous hashing: a replica that is left out changes the choice for its own requests only.
        return max(fit, key=lambda each: _weight(each.name, address), default=None)

    async def open(self) -> None:
        """Check all replicas once, and then again and again until `close`."""
        for replica in self.replicas:
            replica.version.open()
        await self.check()
        self._checks = asyncio.create_task(self._check_again())

    async def close(self) -> None:
        """Stop checking, and close all connections."""
        if self._checks is not None:
            self._checks.cancel()
            with suppress(asyncio.CancelledError):
                await self._checks
        await self._primary.close()
        for replica in self.replicas:
            await replica.close()

    async def check(self) -> None:
        """Find out which replicas may answer."""
        answered = await asyncio.gather(*(replica.look() for replica in self.replicas))
        found = [each for each, answers in zip(self.replicas, answered, strict=True) if answers]
        # The primary is asked last, so that it has each change of a replica that follows it, unless that
        # change is just being committed.
        digests = await self._look_at_primary(found)
        for replica in found:
            self._judge(replica, digests)

    async def _check_again(self) -> None:
        while True:
            await asyncio.sleep(self.check_seconds)
            await self.check()

    async def _look_at_primary(self, found: Sequence[Replica]) -> dict[int, str] | None:
        """Note the newest change of the primary; return digests of its log, or None without an answer."""
        seqs = [replica.newest[0] for replica in found]
        try:
            seq, _, place, digests = await self._primary.ask(_PRIMARY, {"seqs": seqs})
        except (psycopg.Error, OSError) as error:
            _log.warning("the primary does not answer", error=repr(error))
            self._note_silence()
            return None
        self._silent_since = None
        self._note(seq or 0)
        for replica in found:
            replica.bytes = None if replica.place is None else max(0, int(place) - replica.place)
        return {int(number): digest for number, digest in (digests or {}).items()}

    def _note_silence(self) -> None:
        """Break the connections to a primary that has been silent for long: another one may be there by now."""
        now = time.monotonic()
        self._silent_since = self._silent_since or now
        if now - self._silent_since >= _SILENT_SECONDS:
            self._silent_since = now
            self._open.break_off()
            _log.warning(
                "connections to the primary were broken off", after_seconds=_SILENT_SECONDS
            )

    def _note(self, seq: int) -> None:
        if self._instants and seq <= self._instants[-1][1]:
            if seq < self._instants[-1][1]:
                # A failover lost changes: the numbers are given again.
                self._instants = [(time.monotonic(), seq)]
            return
        self._instants.append((time.monotonic(), seq))
        oldest = min((replica.seq for replica in self.replicas), default=0)
        while len(self._instants) > 1 and self._instants[0][1] <= oldest:
            del self._instants[0]
        if len(self._instants) > _MOST_INSTANTS:
            # The first instant stays: it says how long the slowest replica lacks a change.
            del self._instants[1]

    def _judge(self, replica: Replica, digests: dict[int, str] | None) -> None:
        newest = self._instants[-1][1] if self._instants else 0
        seq, digest = replica.newest
        if digests is not None and seq <= newest:
            replica.is_proved = digests.get(seq) == digest
        if not replica.is_proved:
            replica.leave_out("its change log is not known to be the log of the primary")
            return
        replica.changes = max(0, newest - seq)
        replica.seconds = self._seconds_behind(seq)
        if replica.seconds > self.lag_seconds:
            replica.leave_out(f"it is more than {self.lag_seconds:g} s behind")
        else:
            replica.take_in()

    def _seconds_behind(self, seq: int) -> float:
        """Return for how long the primary has been known to have a later change than this one."""
        now = time.monotonic()
        return now - next((instant for instant, number in self._instants if number > seq), now)


def _weight(replica: str, address: bytes) -> bytes:
    """Return the weight of a replica for an address: the replica with the greatest weight answers it.

    It is a digest, because `hash` of a tuple mixes too little: one of two replicas got up to 80 % of all
    addresses.
    """
    return blake2b(replica.encode() + b"\0" + address, digest_size=8).digest()
