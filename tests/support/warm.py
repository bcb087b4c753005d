"""Servers that start at once: forked from a process that has imported the program already.

They behave like any other, and save the two seconds of processor time that the imports take.
"""

import multiprocessing
import os
import signal
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from subprocess import TimeoutExpired

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["app.cli", "app.main", "app.setup", "uvicorn", "uvloop"])


class WarmServer:
    """`timeline serve` in a separate process, with the methods of a `Popen` that tests use."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self._process: ForkServerProcess = _CONTEXT.Process(
            target=_serve, args=(arguments, environment, log)
        )
        self._process.start()

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal; None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send the signal, unless the process has ended."""
        if self.poll() is None and self._process.pid is not None:
            os.kill(self._process.pid, number)

    def kill(self) -> None:
        """End it like a crash."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code."""
        self._process.join(timeout)
        code = self.poll()
        if code is None:
            raise TimeoutExpired("timeline serve", timeout or 0)
        return code


def _serve(arguments: list[str], environment: dict[str, str], log: Path) -> None:
    from app.api.runtime import snapshots
    from app.cli import app

    # On a busy machine a snapshot can take long.
    snapshots._WAIT_SECONDS = 120
    with log.open("a") as file:
        os.dup2(file.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    app(["serve", *arguments], prog_name="timeline")
