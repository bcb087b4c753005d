"""`python -m bench.load`: load a server at rising rates, and print the latencies of each kind of request."""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load.arrivals import Crowd
from bench.load.report import Step, first_sign, lines
from bench.load.sessions import Readers
from bench.records import write_records
from bench.servers import ROOT, Server, load, product


def main() -> None:
    """Read the options, and run each rate."""
    parser = argparse.ArgumentParser(prog="bench.load", description=__doc__)
    parser.add_argument("--rates", default="5,10,20,40", help="sessions a second, rising")
    parser.add_argument("--seconds", type=float, default=20, help="time of a rate")
    parser.add_argument("--events", type=int, default=0, help="synthetic events beside the seeds")
    parser.add_argument("--workers", type=int, default=1, help="workers of the server")
    parser.add_argument(
        "--database", help="the URL of a filled database, to which notes are written"
    )
    parser.add_argument("--url", help="a running server, instead of one that this script starts")
    parser.add_argument("--key", default="", help="a key for --url; without one nobody writes")
    parser.add_argument("--seed", type=int, default=7, help="repeats the same sessions")
    options = parser.parse_args()
    rates = [float(rate) for rate in options.rates.split(",")]
    with _server(options) as (server, key):
        steps = asyncio.run(_run(server, key, rates, options))
    print(first_sign(steps))


async def _run(
    server: Server, key: str, rates: list[float], options: argparse.Namespace
) -> list[Step]:
    kinds = Readers(server.base).kinds(writes=bool(key))
    steps = []
    async with Crowd(server.base, kinds, options.seed, key) as crowd:
        # Sets of events and templates are read at the first requests.
        await crowd.run(2, 5)
        for rate in rates:
            steps.append(await _step(server, crowd, rate, options.seconds))
            print("\n".join([*lines(steps[-1]), ""]), flush=True)
    return steps


async def _step(server: Server, crowd: Crowd, rate: float, seconds: float) -> Step:
    begin, used, own = time.monotonic(), _used(server), time.process_time()
    samples = await crowd.run(rate, seconds)
    took = time.monotonic() - begin
    return Step(rate, took, samples, _used(server) - used, time.process_time() - own)


def _used(server: Server) -> float:
    """Return the processor seconds of the server; 0 for one elsewhere."""
    return server.processor_seconds() if server.pid else 0


@contextmanager
def _server(options: argparse.Namespace) -> Iterator[tuple[Server, str]]:
    """Yield a server with its key: the one that the options name, or a new one."""
    if options.url:
        yield Server(options.url, 0), options.key
        return
    with tempfile.TemporaryDirectory() as folder:
        url = options.database or _filled(Path(folder), options.events)
        with product(ROOT, url, Path(folder), options.workers) as server:
            yield server, _make_key(url)


def _filled(folder: Path, events: int) -> str:
    """Return the URL of a new database with the seeds and so many synthetic events."""
    records, url = folder / "records.ndjson", f"sqlite:///{folder}/load.db"
    write_records(records, events, ROOT / "seeds")
    load(ROOT, url, ROOT / "seeds", *([records] if events else ()))
    return url


def _make_key(url: str) -> str:
    name = f"load-{time.time_ns()}"
    done = subprocess.run(
        [sys.executable, "-m", "app", "keys", "create", name, "--expires", "1d"],
        cwd=ROOT,
        env={**os.environ, "TIMELINE_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


if __name__ == "__main__":
    main()
