"""The check of readiness, which answers at once even if every thread and connection is in use."""

import asyncio
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from app.api.runtime.gates import run_in_own_thread
from app.tables.database import Database
from app.tables.schema.revisions import current_revision, remedy, runs_on

_UNREACHABLE = "the database cannot be reached"


class ReadinessCheck:
    """Asks the database, in a separate thread and on a separate connection, one check at a time.

    Requests at the same time share a check, so health checks cost little, however many arrive.
    """

    def __init__(
        self,
        serving: Database,
        probe: Database,
        wait_seconds: float = 2,
        has_replica: Callable[[], bool] = lambda: False,
    ) -> None:
        # The serving database knows of damage in its file; the probe has the separate connection.
        self._serving = serving
        self._probe = probe
        # A replica answers reads while the primary is away.
        self._has_replica = has_replica
        # Shorter than the timeout of the usual health checks.
        self.wait_seconds = wait_seconds
        # By whether they ask for writes.
        self._checks: dict[bool, asyncio.Task[str]] = {}

    async def find_fault(self, *, writes: bool = False) -> str:
        """Return the reason why the server cannot answer; an empty text if it can.

        Raises UnusableFileError if the file of SQLite was deleted, replaced or damaged, and with
        `writes` ReadOnlyError if the database refuses them.
        """
        check = self._checks.get(writes)
        if check is None or check.done():
            check = asyncio.create_task(run_in_own_thread(lambda: self._find_fault(writes)))
            self._checks[writes] = check
        # A caller that times out does not cancel the check.
        done, _ = await asyncio.wait([check], timeout=self.wait_seconds)
        fault = check.result() if done else ""
        if not writes and (fault == _UNREACHABLE or not done) and self._has_replica():
            return ""
        if not done:
            return f"the database did not answer in {self.wait_seconds:g} s"
        return fault

    def close(self) -> None:
        """Close the connection."""
        self._probe.close()

    def _find_fault(self, writes: bool) -> str:
        try:
            self._serving.check_file()
            revision = current_revision(self._probe)
            if writes:
                self._probe.check_writable()
        except SQLAlchemyError:
            return _UNREACHABLE
        if not runs_on(revision):
            return f"the database is not at this server's version: {remedy(revision)}"
        return ""
