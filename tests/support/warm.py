"""Servers that start at once: forked from a process that has imported the program already.

They are as real as any, but for the two seconds of processor time that Python takes to import it all.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from subprocess import TimeoutExpired

from fastapi import FastAPI

from app.settings import Settings

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["app.cli", "app.main", "app.setup", "uvicorn", "uvloop"])


class WarmServer:
    """`timeline serve` in a process of its own; to whoever has it, a `Popen`."""

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self._process: ForkServerProcess = _CONTEXT.Process(
            target=_serve, args=(arguments, environment, log)
        )
        self._process.start()

    def poll(self) -> int | None:
        """The exit code, negative for a signal; None while it runs."""
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send the signal, unless the process has ended."""
        if self.poll() is None and self._process.pid is not None:
            os.kill(self._process.pid, number)

    def kill(self) -> None:
        """End it as a crash would."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, once it has ended."""
        self._process.join(timeout)
        code = self.poll()
        if code is None:
            raise TimeoutExpired("timeline serve", timeout or 0)
        return code


def _create_patient_app(create_app: Callable[[Settings], FastAPI], settings: Settings) -> FastAPI:
    api = create_app(settings)
    # On a busy machine it can take long to build a past state.
    api.state.snapshots.wait_seconds = 120
    return api


def _serve(arguments: list[str], environment: dict[str, str], log: Path) -> None:
    from app import main
    from app.cli import app

    main.create_app = partial(_create_patient_app, main.create_app)
    with log.open("a") as file:
        os.dup2(file.fileno(), 2)
    os.environ.clear()
    os.environ.update(environment)
    app(["serve", *arguments], prog_name="timeline")
