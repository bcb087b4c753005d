"""Measure rows of requests against servers in turn, with wrk."""

import re
import shutil
import statistics
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bench.servers import Server

_LUA = Path(__file__).with_name("paths.lua")


@dataclass(frozen=True)
class Row:
    """A row of the table: requests for one path, or for the paths of a file in turn."""

    name: str
    server: Server
    path: str = "/"
    headers: dict[str, str] = field(default_factory=dict)
    paths: Path | None = None


@dataclass(frozen=True)
class Figure:
    """Requests in a second of wall time, and the processor time of the server for one, in µs."""

    rate: float
    cost: float


def find_wrk() -> str:
    """Return the version of wrk; exits without one."""
    if shutil.which("wrk") is None:
        raise SystemExit("the load generator wrk is needed: apt-get install wrk")
    shown = subprocess.run(["wrk", "--version"], capture_output=True, text=True, check=False)
    return " ".join(shown.stdout.split()[:2])


def measure(
    rows: Sequence[Row], rounds: int, seconds: float, connections: int
) -> dict[str, Figure]:
    """Return the median of the rounds for each row; a round takes each row in turn."""
    for row in rows:
        _warm_up(row)
    seen: dict[str, list[Figure]] = defaultdict(list)
    for _ in range(rounds):
        for row in rows:
            seen[row.name].append(_run(row, seconds, connections))
    return {
        name: Figure(
            statistics.median(each.rate for each in figures),
            statistics.median(each.cost for each in figures),
        )
        for name, figures in seen.items()
    }


def _warm_up(row: Row) -> None:
    """Ask once, without a limit of time: the first request of a kind may read sets of all events."""
    path = row.paths.read_text().split("\n", 1)[0] if row.paths else row.path
    with (
        suppress(HTTPError),
        urlopen(Request(row.server.base + path, headers=row.headers)) as answer,
    ):
        answer.read()


def _run(row: Row, seconds: float, connections: int) -> Figure:
    """Measure one row; on a busy machine a slow one may need longer for its first answers."""
    for patience in (seconds, 10 * seconds):
        if figure := _ask(row, patience, connections):
            return figure
    raise SystemExit(f"{row.name}: no answer in {10 * seconds:g} s")


def _ask(row: Row, seconds: float, connections: int) -> Figure | None:
    """Return the figure of so many seconds, or None if no answer came."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s"]
    command += [part for name, value in row.headers.items() for part in ("-H", f"{name}: {value}")]
    command += ["-s", str(_LUA), row.server.base, "--", str(row.paths)] if row.paths else []
    command += [] if row.paths else [row.server.base + row.path]
    before = row.server.processor_seconds()
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    used = row.server.processor_seconds() - before
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", shown)
    if bad:
        raise SystemExit(f"{row.name}: {bad[1]} answers were errors")
    done = re.search(r"(\d+) requests in ([\d.]+)s", shown)
    if not done or done[1] == "0":
        return None
    return Figure(int(done[1]) / float(done[2]), used / int(done[1]) * 1e6)
