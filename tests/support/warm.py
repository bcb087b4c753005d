"""Servers that start at once: forked from a process that has imported the program already.

They behave like any other server, and save the two seconds of processor time for the imports.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from functools import partial
from itertools import count
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from subprocess import TimeoutExpired

from fastapi import FastAPI

from app.settings import Settings

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["app.cli", "app.main", "app.setup", "uvicorn", "uvloop"])
# With this variable, a server is killed at the n-th statement after it received the signal SIGUSR1.
KILL_AT = "TEST_KILL_AT"


class WarmServer:
    """`timeline serve` in a separate process, with the methods of a `Popen` that tests use."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self._process: ForkServerProcess = _CONTEXT.Process(
            target=_serve, args=(arguments, environment, log)
        )
        self._process.start()

    @property
    def pid(self) -> int:
        """The id of the process."""
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        """Return the exit code, negative for a signal; None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send the signal, unless the process has ended."""
        if self.poll() is None and self._process.pid is not None:
            os.kill(self._process.pid, number)

    def kill(self) -> None:
        """Kill the process, like a crash."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end and return the exit code."""
        self._process.join(timeout)
        code = self.poll()
        if code is None:
            raise TimeoutExpired("timeline serve", timeout or 0)
        return code


# Events of SQLAlchemy at which a test can kill a process: just before a statement or a commit.
STATEMENT, COMMIT = "before_cursor_execute", "commit"


def load_until_killed(url: str, folder: Path, event: str, number: int) -> int:
    """Load records in a separate process that is killed at the n-th event; return its exit code."""
    process = _CONTEXT.Process(target=_load, args=(url, folder, event, number))
    process.start()
    process.join(300)
    assert process.exitcode is not None, "the load did not end"
    return process.exitcode


def _load(url: str, folder: Path, event: str, number: int) -> None:
    from app.cli import app

    _kill_at(event, number)
    os.environ["TIMELINE_DATABASE_URL"] = url
    app(["load", str(folder)], prog_name="timeline")


def _kill_at(name: str, number: int) -> None:
    """Kill this process at the n-th event from now on."""
    from sqlalchemy import Engine, event

    seen = count(1)

    def note(*_: object) -> None:
        if next(seen) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, name, note)


def _create_patient_app(create_app: Callable[[Settings], FastAPI], settings: Settings) -> FastAPI:
    api = create_app(settings)
    # On a busy machine the server may take long to build a past state.
    api.state.snapshots.wait_seconds = 120
    return api


def _serve(arguments: list[str], environment: dict[str, str], log: Path) -> None:
    from app import main
    from app.cli import app

    if statement := int(environment.get(KILL_AT, 0)):
        signal.signal(signal.SIGUSR1, lambda *_: _kill_at(STATEMENT, statement))
    main.create_app = partial(_create_patient_app, main.create_app)
    with log.open("a") as file:
        os.dup2(file.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    app(["serve", *arguments], prog_name="timeline")
