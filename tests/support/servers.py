"""Real servers for tests: the API and a caching proxy, each a process on a free port of this machine."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import httpx
import pytest

from app.settings import PROJECT_ROOT
from tests.support.warm import WarmServer

# Where Debian has it; on the search path of root only.
_NGINX_FOLDERS = (os.environ.get("PATH", ""), "/usr/sbin")


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Process(Protocol):
    """What tests may do to a server."""

    def poll(self) -> int | None: ...
    def send_signal(self, number: int, /) -> None: ...
    def kill(self) -> None: ...
    def wait(self, timeout: float | None = None) -> int: ...


@contextmanager
def served(
    url: str, *, log: Path | None = None, **settings: object
) -> Iterator[tuple[str, Process]]:
    """A running server on a free port, and its process, which logs to the file."""
    with _on_a_free_port(WarmServer, [], url, log, settings) as found:
        yield found


@contextmanager
def started(
    url: str, *options: str, log: Path | None = None, **settings: object
) -> Iterator[tuple[str, Process]]:
    """As `served`, but started as a user does, which takes longer; for tests of just that."""
    with _on_a_free_port(_start, options, url, log, settings) as found:
        yield found


def _start(arguments: list[str], environment: dict[str, str], log: Path) -> Process:
    command = [sys.executable, "-m", "app", "serve", *arguments]
    with log.open("a") as file:
        return subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stderr=file)


@contextmanager
def _on_a_free_port(
    start: Callable[[list[str], dict[str, str], Path], Process],
    options: Iterable[str],
    url: str,
    log: Path | None,
    settings: dict[str, object],
) -> Iterator[tuple[str, Process]]:
    port = free_port()
    given = {f"TIMELINE_{name.upper()}": str(value) for name, value in settings.items()}
    environment = {**os.environ, "TIMELINE_DATABASE_URL": url, **given}
    process = start(["--port", str(port), *options], environment, log or Path(os.devnull))
    with _running(process, f"http://127.0.0.1:{port}/readyz"):
        yield f"http://127.0.0.1:{port}", process


@contextmanager
def proxied(nginx: str, folder: Path, http: str, url: str) -> Iterator[None]:
    """An nginx with these directives in its `http` block, that answers at the URL; all in one folder."""
    temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "\n".join(f"{name}_temp_path {folder}/{name};" for name in temporary)
    # As root it would leave its work to a user who may not enter our folder.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"daemon off; {user} pid {folder}/nginx.pid; events {{}}\n"
        f"http {{ access_log off;\n{paths}\n{http} }}"
    )
    process: Process = subprocess.Popen(
        [nginx, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"], text=True
    )
    with _running(process, url):
        yield


def find_nginx() -> str:
    """The path of nginx; skips the test where there is none, but in CI fails."""
    nginx = shutil.which("nginx", path=os.pathsep.join(_NGINX_FOLDERS))
    if nginx is None:
        end = pytest.fail if os.environ.get("CI") else pytest.skip
        end("nginx is not installed: apt-get install nginx-light")
    return nginx


@contextmanager
def _running(process: Process, url: str) -> Iterator[None]:
    """Wait until the process answers, and at the end stop it by its id."""
    try:
        _wait_until_ready(url, process)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait_until_ready(url: str, process: Process) -> None:
    deadline = time.monotonic() + 90
    # One client: to make one costs as much as a hundred requests.
    with httpx.Client() as client:
        while time.monotonic() < deadline and process.poll() is None:
            try:
                if client.get(url).status_code == 200:
                    return
            except httpx.TransportError:
                time.sleep(0.05)
    raise AssertionError("the server did not come up")
