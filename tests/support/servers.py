"""Real servers for tests: the API and a caching proxy, each a process that listens on this machine."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Protocol

import httpx
import pytest

from app.settings import PROJECT_ROOT
from tests.support.warm import WarmServer

# Debian installs daemons in /usr/sbin, which only root has on the search path.
_DAEMON_FOLDERS = (os.environ.get("PATH", ""), "/usr/sbin")


# Seconds that a process may take to start on a busy machine.
PATIENCE = 90


def free_port() -> int:
    """Return a port that is free now, for nginx, which cannot report a port that the kernel chose."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Process(Protocol):
    """The part of `Popen` that tests use."""

    @property
    def pid(self) -> int: ...
    def poll(self) -> int | None: ...
    def send_signal(self, number: int, /) -> None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


@contextmanager
def served(
    url: str,
    *,
    log: Path | None = None,
    variables: Mapping[str, object] | None = None,
    **settings: object,
) -> Iterator[tuple[str, Process]]:
    """Yield the URL of a running server over the database, and its process, which logs to the file."""
    with _serving(
        WarmServer, [], url, log, {**_variables(settings), **(variables or {})}
    ) as server:
        yield server


@contextmanager
def started(
    url: str,
    *options: str,
    log: Path | None = None,
    open_files: int | None = None,
    **settings: object,
) -> Iterator[tuple[str, Process]]:
    """Do the same as `served`, but start like a user, which takes longer; only for tests of starting.

    `open_files` limits the files that the server may have open.
    """
    start = partial(_start, open_files=open_files)
    with _serving(start, options, url, log, _variables(settings)) as server:
        yield server


def _variables(settings: Mapping[str, object]) -> dict[str, object]:
    return {f"TIMELINE_{name.upper()}": value for name, value in settings.items()}


def _start(
    arguments: list[str], environment: dict[str, str], log: Path, open_files: int | None
) -> Process:
    command = [sys.executable, "-m", "app", "serve", *arguments]
    if open_files is not None:
        command = ["sh", "-c", f'ulimit -n {open_files} && exec "$@"', "sh", *command]
    with log.open("a") as file:
        return subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stderr=file)


@contextmanager
def _serving(
    start: Callable[[list[str], dict[str, str], Path], Process],
    options: Iterable[str],
    url: str,
    log: Path | None,
    variables: Mapping[str, object],
) -> Iterator[tuple[str, Process]]:
    environment = {**os.environ, "TIMELINE_DATABASE_URL": url}
    environment.update((name, str(value)) for name, value in variables.items())
    with tempfile.TemporaryDirectory() as folder:
        log = log or Path(folder) / "log"
        log.touch()
        earlier = log.stat().st_size
        # The kernel chooses a free port, and the server logs it.
        process = start(["--port", "0", *options], environment, log)
        with stopped_at_the_end(process):
            base = f"http://127.0.0.1:{_read_port(log, earlier, process)}"
            wait_until_ready(f"{base}/readyz", process)
            yield base, process


def _read_port(log: Path, earlier: int, process: Process) -> int:
    """Return the port that the process logs; its lines begin at the offset `earlier`."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with log.open("rb") as file:
            file.seek(earlier)
            match = re.search(rb"running on http://[\d.]+:(\d+)", file.read())
        if match:
            return int(match[1])
        time.sleep(0.02)
    raise AssertionError(f"the server did not start: {log.read_text()[-2000:]}")


@contextmanager
def proxied(nginx: str, folder: Path, http: str, url: str) -> Iterator[None]:
    """Run nginx with these directives in its `http` block until the URL answers; all in one folder."""
    temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "\n".join(f"{name}_temp_path {folder}/{name};" for name in temporary)
    # nginx run by root gives its work to a user that may not enter this folder.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"daemon off; {user} pid {folder}/nginx.pid; events {{}}\n"
        f"http {{ access_log off;\n{paths}\n{http} }}"
    )
    process: Process = subprocess.Popen(
        [nginx, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"], text=True
    )
    with stopped_at_the_end(process):
        wait_until_ready(url, process)
        yield


def find_daemon(name: str, package: str) -> str:
    """Return the path of a program such as nginx; without it skip the test, and in CI fail."""
    found = shutil.which(name, path=os.pathsep.join(_DAEMON_FOLDERS))
    if found is None:
        end = pytest.fail if os.environ.get("CI") else pytest.skip
        end(f"{name} is not installed: apt-get install {package}")
    return found


@contextmanager
def stopped_at_the_end(process: Process) -> Iterator[None]:
    """Stop this process at the end."""
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def wait_until_ready(url: str, process: Process) -> None:
    """Wait until the process answers with 200."""
    deadline = time.monotonic() + PATIENCE
    # Make one client only: making it costs as much as a hundred requests.
    with httpx.Client() as client:
        while time.monotonic() < deadline and process.poll() is None:
            with suppress(httpx.TransportError):
                if client.get(url).status_code == 200:
                    return
            time.sleep(0.02)
    raise AssertionError("the server did not become ready")
