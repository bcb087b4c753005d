"""Servers to measure: each is a process that listens on this machine."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.support.servers import free_port

ROOT = Path(__file__).resolve().parent.parent
_PATIENCE = 60


@dataclass(frozen=True)
class Server:
    """A running server: its address, and its process with everything that it started."""

    base: str
    pid: int

    def processor_seconds(self) -> float:
        """Return the processor time that it has used so far."""
        return sum(map(_ticks, [self.pid, *children_of(self.pid)])) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def children_of(pid: int) -> list[int]:
    """Return the ids of the processes that a process has started, and of those that they have started."""
    found = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return found + [further for child in found for further in children_of(child)]


@contextmanager
def product(checkout: Path, url: str, folder: Path, workers: int = 1) -> Iterator[Server]:
    """Run a checkout of the product over a database."""
    settings = {
        "PYTHONPATH": str(checkout),
        "TIMELINE_DATABASE_URL": url,
        "TIMELINE_PAST_FOLDER": str(folder / "past"),
        # Peers log nothing.
        "TIMELINE_LOG_LEVEL": "warning",
    }
    command = ["-m", "app", "serve", "--workers", str(workers), "--port"]
    with _run([_python(checkout), *command], "/readyz", settings, checkout) as server:
        yield server


def load(checkout: Path, url: str, *paths: Path) -> float:
    """Load records with a checkout of the product; return the seconds of processor time."""
    settings = {**os.environ, "PYTHONPATH": str(checkout), "TIMELINE_DATABASE_URL": url}
    before = os.times()
    for command in (["db", "upgrade"], ["load", *map(str, paths)]):
        subprocess.run(
            [_python(checkout), "-m", "app", *command],
            cwd=checkout,
            env=settings,
            stdout=subprocess.DEVNULL,
            check=True,
        )
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def commit_of(checkout: Path) -> str:
    """Return the short name of the commit in a checkout, or `unknown` outside a repository."""
    command = ["git", "-C", str(checkout), "rev-parse", "--short=8", "HEAD"]
    shown = subprocess.run(command, capture_output=True, text=True, check=False)
    return shown.stdout.strip() or "unknown"


def _python(checkout: Path) -> str:
    """Return the checkout's Python, or this one if it has none: other builds need other packages."""
    own = checkout / ".venv/bin/python"
    return str(own) if own.exists() else sys.executable


@contextmanager
def ceilings(body: Path) -> Iterator[Server]:
    """Run the server of constant bytes."""
    with _uvicorn("bench.peers.ceilings:app", "/bare", {"BODY": str(body)}) as server:
        yield server


@contextmanager
def plain(database: Path) -> Iterator[Server]:
    """Run the server with SQLModel relationships."""
    with _uvicorn("bench.peers.plain:app", "/events?limit=1", {"DB": str(database)}) as server:
        yield server


@contextmanager
def datasette(program: Path, database: Path) -> Iterator[Server]:
    """Run Datasette over the file, which nobody may change meanwhile."""
    command = [str(program), "serve", "-i", str(database), "--setting", "default_page_size", "50"]
    with _run([*command, "-p"], "/-/versions.json", {}, ROOT) as server:
        yield server


@contextmanager
def _uvicorn(app: str, path: str, settings: Mapping[str, str]) -> Iterator[Server]:
    options = ["--no-access-log", "--log-level", "warning", "--port"]
    settings = {**settings, "PYTHONPATH": str(ROOT)}
    with _run([sys.executable, "-m", "uvicorn", app, *options], path, settings, ROOT) as server:
        yield server


@contextmanager
def _run(
    command: Sequence[str], path: str, settings: Mapping[str, str], folder: Path
) -> Iterator[Server]:
    port = free_port()
    process = subprocess.Popen(
        [*command, str(port)],
        cwd=folder,
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        base = f"http://127.0.0.1:{port}"
        _wait(base + path, process)
        yield Server(base, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(url):
                return
        except URLError:
            time.sleep(0.1)
    raise SystemExit(f"{' '.join(map(str, process.args))} did not answer at {url}")  # type: ignore[arg-type]
