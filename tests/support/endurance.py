"""Send mixed requests to a server for a time, and report whether its memory stays flat.

`python -m tests.support.endurance --seconds 3600` runs the trial of an hour. It prints a line for each
sample, and ends with exit code 1 if an answer was a 5xx other than 503, or if the memory of the last
quarter is more than 10 % above the memory of the second quarter. The first quarter warms up.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx

from app.tables.database import Database
from tests.support.apps import make_key
from tests.support.held import open_files, resident_bytes
from tests.support.servers import started

_MEGABYTE = 1_000_000
_CLIENTS = 4
_GROWTH = 1.10
_EVENT = "2024-11-01-lavrov-choe-strategic-consultations"
# Paths with a number to vary them, so that not everything comes from a cache.
_READS = (
    "/v1/events?limit={n}",
    "/v1/events?date=19{n:02}&facets=type&facets=participant",
    "/v1/events?q=kim&total=exact&limit={n}",
    "/v1/events?participant=sergey-lavrov&sort=updated&limit={n}",
    f"/v1/events/{_EVENT}",
    f"/v1/events/{_EVENT}/evidence",
    "/v1/events/nothing-{n}",
    "/v1/events?limit=0&n={n}",
    "/v1/events/histogram?interval=month",
    "/v1/events.csv",
    "/v1/events.xlsx",
    "/v1/events.ndjson?date=20{n:02}",
    "/v1/events.geojson?date=19{n:02}",
    "/v1/events.bib?date=19{n:02}",
    "/v1/events.atom",
    "/v1/network?date=20{n:02}",
    "/v1/participants/resolve?name=최선희",
    "/v1/participants/kim-jong-un/counterparts?limit={n}",
    "/v1/changes?after={n}00",
    "/v1/events?as_of=2{n:02}0&limit=5",
    "/v1/dataset.sqlite",
    "/openapi.json",
    "/readyz",
)


class _Client:
    """Sends requests one after another until it is stopped, and counts the statuses."""

    def __init__(self, base: str, key: str, number: int) -> None:
        self.statuses: Counter[int] = Counter()
        self._base = base
        self._headers = {"Authorization": f"Bearer {key}"}
        self._chance = random.Random(number)

    def run(self, stopped: threading.Event) -> None:
        """Send requests until the event is set."""
        turns: list[Callable[[httpx.Client], httpx.Response | None]] = [
            *[self._read] * 16,
            self._revalidate,
            self._leave,
            self._write,
            self._import,
        ]
        with httpx.Client(base_url=self._base, timeout=120) as client:
            while not stopped.is_set():
                answer = self._chance.choice(turns)(client)
                if answer is not None:
                    self.statuses[answer.status_code] += 1

    def _path(self) -> str:
        return self._chance.choice(_READS).format(n=self._chance.randint(1, 99))

    def _read(self, client: httpx.Client) -> httpx.Response:
        return client.get(self._path())

    def _revalidate(self, client: httpx.Client) -> httpx.Response:
        return client.get(self._path(), headers={"If-None-Match": "*"})

    def _leave(self, client: httpx.Client) -> None:
        """Disconnect in the middle of an export."""
        with client.stream("GET", "/v1/events.ndjson") as answer:
            next(answer.iter_raw(1000))

    def _write(self, client: httpx.Client) -> httpx.Response:
        slug = f"endurance-{self._chance.randint(1, 50)}"
        body = {
            "id": slug,
            "names": {"en": f"Place {time.time()}"},
            "country": "RU",
            "latitude": 55.0,
            "longitude": 37.0,
            "precision": "city",
        }
        headers = {**self._headers, "If-Match": "*"}
        answer = client.put(f"/v1/places/{slug}", json=body, headers=headers)
        if answer.status_code == 412:
            headers = {**self._headers, "If-None-Match": "*"}
            answer = client.put(f"/v1/places/{slug}", json=body, headers=headers)
        return answer

    def _import(self, client: httpx.Client) -> httpx.Response:
        source = {"id": f"endurance-{self._chance.randint(1, 50)}", "language": "en"}
        source["url"] = f"https://example.org/{time.time()}"
        headers = {**self._headers, "Content-Type": "application/x-ndjson"}
        body = json.dumps({"sources": [source]})
        return client.post("/v1/imports", content=body, headers=headers)


def run(seconds: float, every: float) -> int:
    """Run the trial for so long, with a sample every few seconds; return the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/endurance.db"
        log = Path(folder) / "log"
        with started(url, log=log, past_folder=f"{folder}/past") as (base, process):
            with closing(Database(url)) as database:
                key = make_key(database)
            clients = [_Client(base, key, number) for number in range(_CLIENTS)]
            samples = _sample_while(clients, process.pid, seconds, every)
        with log.open() as lines:
            warnings = sum('"level": "info"' not in line for line in lines)
    return _report(samples, sum((client.statuses for client in clients), Counter()), warnings)


def _sample_while(clients: list[_Client], pid: int, seconds: float, every: float) -> list[int]:
    """Return the memory at each sample while the clients send requests."""
    stopped, samples = threading.Event(), []
    threads = [threading.Thread(target=client.run, args=[stopped]) for client in clients]
    for thread in threads:
        thread.start()
    begin = time.monotonic()
    try:
        while (passed := time.monotonic() - begin) < seconds:
            time.sleep(min(every, seconds - passed))
            samples.append(resident_bytes(pid))
            answered = sum(sum(client.statuses.values()) for client in clients)
            print(
                f"{time.monotonic() - begin:6.0f} s {answered:8} requests "
                f"{samples[-1] / _MEGABYTE:6.0f} MB {open_files(pid):4} files",
                flush=True,
            )
    finally:
        stopped.set()
        for thread in threads:
            thread.join()
    return samples


def _report(samples: list[int], statuses: Counter[int], warnings: int) -> int:
    quarter = max(1, len(samples) // 4)
    second = statistics.median(samples[quarter : 2 * quarter] or samples)
    last = statistics.median(samples[-quarter:])
    failures = sum(n for status, n in statuses.items() if status >= 500 and status != 503)
    print(
        f"{sum(statuses.values())} requests: {dict(sorted(statuses.items()))}; {warnings} lines of "
        f"warnings; memory {second / _MEGABYTE:.0f} MB in the second quarter, "
        f"{last / _MEGABYTE:.0f} MB in the last ({last / second - 1:+.1%})"
    )
    return 1 if failures or last > second * _GROWTH else 0


def main() -> None:
    """Run the trial with the length of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--every", type=float, default=0, help="seconds between two samples")
    arguments = parser.parse_args()
    sys.exit(run(arguments.seconds, arguments.every or max(1, arguments.seconds / 60)))


if __name__ == "__main__":
    main()
