"""Measure the hit rate of the caches of `deploy/`, by a walk whose addresses are as popular as Zipf's law says.

`python -m bench.caches --help` lists the options. It needs nginx and Varnish.
"""

import argparse
import json
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from http.client import HTTPConnection
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from bench.records import write_records
from bench.servers import ROOT, load
from tests.support.builders import make_place, store
from tests.support.caches import Cached, cached

# The statuses of nginx for an answer that readers did not wait for, and of Varnish.
_FROM_CACHE = {"HIT", "STALE", "UPDATING"}
_FIRST_DAY = date(1945, 8, 15)
_DAYS = 29_000


class Walk(NamedTuple):
    """The outcome of one walk."""

    statuses: Counter[str]
    distinct: int
    # Milliseconds of each request.
    times: Sequence[float]
    writes: int

    @property
    def hits(self) -> float:
        """The part of the requests that the cache answered by itself."""
        found = sum(count for status, count in self.statuses.items() if status in _FROM_CACHE)
        return found / self.statuses.total()


def addresses(ids: Sequence[str], count: int) -> list[str]:
    """Return so many addresses of entities, pages and lists, in an order of chance that is always the same."""
    made = [f"/v1/events/{each}" for each in ids]
    made += [f"/{language}/events/{each}" for language in ("en", "fr", "ru", "ko") for each in ids]
    days = [_FIRST_DAY + timedelta(days=number) for number in range(_DAYS)]
    made += [f"/v1/events?date={day}&limit={limit}" for limit in (10, 20, 50) for day in days]
    random.Random(7).shuffle(made)
    if len(made) < count:
        raise SystemExit(f"{len(ids)} events give {len(made)} addresses, fewer than {count}")
    return made[:count]


def walk(
    site: Cached, paths: Sequence[str], requests: int, exponent: float, write_seconds: float
) -> Walk:
    """Send requests on four connections; write an entity every so many seconds, or never for 0."""
    weights = [*accumulate(1 / rank**exponent for rank in range(1, len(paths) + 1))]
    chosen = random.Random(11).choices(paths, cum_weights=weights, k=requests)
    statuses: Counter[str] = Counter()
    times: list[float] = []
    ended = threading.Event()
    written = [0]

    def read(part: Sequence[str]) -> None:
        connection = HTTPConnection(site.url.removeprefix("http://"), timeout=120)
        for path in part:
            began = time.perf_counter()
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            times.append((time.perf_counter() - began) * 1000)
            statuses[answer.headers["X-Cache-Status"]] += 1
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status}")
        connection.close()

    def write() -> None:
        while write_seconds and not ended.wait(write_seconds):
            written[0] += 1
            store(site.database, make_place("walked", names={"en": f"Walked {time.time()}"}))

    writer = threading.Thread(target=write)
    readers = [threading.Thread(target=read, args=(chosen[number::4],)) for number in range(4)]
    for thread in (writer, *readers):
        thread.start()
    for thread in readers:
        thread.join()
    ended.set()
    writer.join()
    return Walk(statuses, len({*chosen}), times, written[0])


def main() -> None:
    """Print a row for each cache and exponent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--caches", nargs="+", default=["nginx", "varnish"])
    parser.add_argument("--addresses", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=200_000)
    parser.add_argument("--events", type=int, default=3_000)
    parser.add_argument("--exponents", nargs="+", type=float, default=[0.8, 1.0])
    parser.add_argument("--write-seconds", type=float, default=0)
    options = parser.parse_args()
    print(
        "| cache | exponent | requests | addresses among them | writes | hits | at best | ms, median | ms, 95 % |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for kind in options.caches:
        for exponent in options.exponents:
            with tempfile.TemporaryDirectory() as name:
                _measure(kind, exponent, options, Path(name))


def _measure(kind: str, exponent: float, options: argparse.Namespace, folder: Path) -> None:
    records = folder / "records.ndjson"
    write_records(records, options.events, ROOT / "seeds")
    load(ROOT, f"sqlite:///{folder / 'timeline.db'}", ROOT / "seeds", records)
    ids = [json.loads(line)["events"][0]["id"] for line in records.read_text().splitlines()]
    with cached(kind, folder, lambda _: None) as site:
        paths = addresses(ids, options.addresses)
        found = walk(site, paths, options.requests, exponent, options.write_seconds)
    best = 1 - found.distinct / options.requests
    median, slow = statistics.median(found.times), statistics.quantiles(found.times, n=20)[-1]
    print(
        f"| {kind} | {exponent:g} | {options.requests:,} | {found.distinct:,} | {found.writes} "
        f"| {found.hits:.1%} | {best:.1%} | {median:.1f} | {slow:.1f} |",
        flush=True,
    )
    print(f"<!-- {dict(found.statuses)} -->", flush=True)


if __name__ == "__main__":
    main()
