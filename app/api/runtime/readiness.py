"""The check of readiness, which answers at once even if every thread and connection is in use."""

import asyncio

from sqlalchemy.exc import SQLAlchemyError

from app.api.runtime.gates import run_in_own_thread
from app.tables.database import Database
from app.tables.revisions import NEWEST, current_revision, remedy


class ReadinessCheck:
    """Asks the database, in a separate thread and on a separate connection, one check at a time.

    Requests at the same time share a check, so health checks cost little, however many arrive.
    """

    def __init__(self, serving: Database, probe: Database, wait_seconds: float = 2) -> None:
        # The serving database knows of damage in its file; the probe has the separate connection.
        self._serving = serving
        self._probe = probe
        # Shorter than the timeout of the usual health checks.
        self.wait_seconds = wait_seconds
        self._check: asyncio.Task[str] | None = None

    async def find_fault(self) -> str:
        """Return the reason why the server cannot answer; an empty text if it can.

        Raises UnusableFileError if the file of SQLite was deleted, replaced or damaged.
        """
        if self._check is None or self._check.done():
            self._check = asyncio.create_task(run_in_own_thread(self._find_fault))
        # A caller that times out does not cancel the check.
        done, _ = await asyncio.wait([self._check], timeout=self.wait_seconds)
        if not done:
            return f"the database did not answer in {self.wait_seconds:g} s"
        return self._check.result()

    def close(self) -> None:
        """Close the connection."""
        self._probe.close()

    def _find_fault(self) -> str:
        try:
            self._serving.check_file()
            revision = current_revision(self._probe)
        except SQLAlchemyError:
            return "the database cannot be reached"
        if revision != NEWEST:
            return f"the database is not at this server's version: {remedy(revision)}"
        return ""
