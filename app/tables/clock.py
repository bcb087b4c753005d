"""The clock of stamps, and how a process notices that it jumped ahead."""

import time
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import Connection, func, select

from app.tables.base import utc_now

_log = structlog.get_logger("timeline.clock")
# Counts while the machine sleeps too. Only Linux has it; elsewhere a sleep may look like a jump.
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
# The execution option with the clock of a write.
CLOCK = "timeline_clock"


class ClockJumpError(Exception):
    """The clock is further ahead than the time that has passed since this process started."""


class Clock:
    """Compares instants with the start of this process and the time since, which nobody can set.

    Comparing them with the last change alone would refuse the first write after a quiet year.
    """

    def __init__(self, jump: timedelta, start: datetime | None = None) -> None:
        self._jump = jump
        self._start = start or utc_now()
        self._started = time.clock_gettime(_STEADY)

    def check(self, now: datetime, last: datetime | None) -> None:
        """Raise ClockJumpError if `now` is more than the jump ahead of the time that must be.

        `last` is the instant of the last change. If it is more than the jump ahead as well, the clock
        was late when this process started, and was corrected since: then the process counts again
        from `now`.
        """
        if not self._jump:
            return
        passed = timedelta(seconds=time.clock_gettime(_STEADY) - self._started)
        expected = self._start + passed
        if last is not None and expected + self._jump < last <= now:
            self._start = now - passed
        elif now - expected > self._jump:
            raise ClockJumpError(
                f"the clock says {now:%Y-%m-%d %H:%M} UTC, and it must be about "
                f"{expected:%Y-%m-%d %H:%M}: nothing was written; correct the clock or, if it is right "
                "now, restart the server"
            )
        if last is not None and abs(now - last) > self._jump:
            self._warn(now, last)

    @staticmethod
    def _warn(now: datetime, last: datetime) -> None:
        """Log a distance that may be right: nobody wrote for long, or the last stamp was wrong."""
        order = "long before" if last < now else "in the future of"
        _log.warning(f"the last change is {order} this one", last=str(last), now=str(now))


def current_instant(connection: Connection) -> datetime:
    """Return the present instant by the clock that all writers share.

    That is the clock of the PostgreSQL server, or of this machine for SQLite.
    """
    if connection.dialect.name == "sqlite":
        return utc_now()
    instant: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
    return instant.astimezone(UTC)


def check_clock(connection: Connection, now: datetime, last: datetime | None) -> None:
    """Raise ClockJumpError if the clock of a write has jumped ahead; `last` is the last stamp."""
    clock: Clock = connection.get_execution_options()[CLOCK]
    clock.check(now, last)
