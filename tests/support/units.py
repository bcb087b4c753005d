"""Programs that a test kills, and starts again as systemd or Compose would."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.support.cluster import wait_until
from tests.support.servers import PATIENCE


class Unit:
    """A program with all its processes, which form a group, as a unit of systemd is one.

    `is_ready` says whether it does its work. `delay` is the time until it is started again, `RestartSec`.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        is_ready: Callable[[], bool],
        folder: Path,
        *,
        user: str | None = None,
        variables: Mapping[str, str] | None = None,
        delay: float = 0.1,
    ) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        self._command = [*command]
        self._is_ready = is_ready
        self._user = user
        self._environment = {**os.environ, **(variables or {})}
        self._delay = delay
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The id of its first process."""
        return self._running().pid

    def start(self) -> None:
        """Start it."""
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd="/",
                env=self._environment,
                stdout=log,
                stderr=log,
                user=self._user,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Wait until it does its work."""
        wait_until(self._is_ready, f"{self.name} is not ready")

    def kill(self) -> None:
        """Kill all its processes, and wait until they are gone."""
        process = self._running()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)

    def restart(self) -> None:
        """Kill it, start it again after the delay, and wait until it does its work."""
        self.kill()
        time.sleep(self._delay)
        self.start()
        self.wait()

    def reload(self) -> None:
        """Let it read its configuration again."""
        self._running().send_signal(signal.SIGHUP)

    def stop(self) -> None:
        """Stop it for good."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(20)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def workers(self) -> list[int]:
        """Return the ids of the processes that Python's multiprocessing started."""
        first = self._running().pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [int(pid) for pid in children if b"spawn_main" in _command_line(pid)]

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, f"{self.name} was not started"
        return self._process


def start_all(units: Sequence[Unit]) -> None:
    """Start them side by side, and wait until all do their work."""
    for unit in units:
        unit.start()
    for unit in units:
        unit.wait()


def stop_all(units: Sequence[Unit]) -> None:
    """Stop them side by side."""
    threads = [threading.Thread(target=unit.stop) for unit in units]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _command_line(pid: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""
