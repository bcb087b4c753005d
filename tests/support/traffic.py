"""Writers, readers and a mirror that use a timeline while its programs die, and note what they see."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

import httpx

from app.setup import prepare
from app.tables.database import Database
from tests.support.answers import walk_items
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.cluster import Cluster, wait_until
from tests.support.mirror import Mirror

WRITERS, READERS = 4, 16
# Each writer has a place that nobody else writes, and all write the last one.
SHARED: Final = "place-shared"
PLACES: Final = [*(f"place-{number}" for number in range(WRITERS)), SHARED]
# More rows, so that a walk has several pages.
OTHERS: Final = [f"quiet-{number}" for number in range(15)]
# The server, or the cache before it, could not answer now.
_AWAY: Final = {502, 503, 504}


class Sample(NamedTuple):
    """One request: when it began and ended, and whether it succeeded."""

    began: float
    ended: float
    succeeded: bool


class Written(NamedTuple):
    """One version of a place: its number, and the writer who made it."""

    number: int
    writer: int

    @classmethod
    def read(cls, document: dict[str, Any]) -> "Written":
        """Return the version that a document of a place holds."""
        _, number, _, writer = document["names"]["en"].split()
        return cls(int(number), int(writer))

    @property
    def name(self) -> str:
        """The name of the place in this version."""
        return f"Number {self.number} by {self.writer}"


class Traffic:
    """Four writers with `If-Match`, sixteen readers that walk, and a mirror of the change log.

    Each uses one of the URLs. Half of the readers send `Timeline-At-Least` with the newest acknowledged change. `faults` gets each broken promise.
    """

    def __init__(self, key: str, *urls: str) -> None:
        self.faults: list[str] = []
        self.reads: list[Sample] = []
        self.writes: list[Sample] = []
        # The versions of each place that the server has acknowledged.
        self.acknowledged: dict[str, set[Written]] = defaultdict(set)
        self.seq = 0
        self.walks = 0
        self.statuses: dict[str, set[object]] = defaultdict(set)
        self.mirrored: tuple[int, str] = (0, "")
        self.documents: dict[tuple[str, str], str] = {}
        self._urls = urls
        self._key = {"Authorization": f"Bearer {key}"}
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            *self._make_threads(self._write, WRITERS),
            *self._make_threads(self._walk, READERS),
        ]
        self._mirroring = threading.Thread(target=self._guarded, args=(self._mirror,))

    def start(self) -> None:
        """Let all of them begin."""
        for thread in (*self._threads, self._mirroring):
            thread.start()

    def stop(self) -> None:
        """Let all of them end; the mirror last, with all changes."""
        self._stopped.set()
        for thread in (*self._threads, self._mirroring):
            thread.join()

    def wait_for(self, since: float) -> None:
        """Wait until a read and a write succeed that began after this instant."""
        for samples in (self.reads, self.writes):
            wait_until(
                lambda samples=samples: self.faults or first_success(samples, since) is not None,
                f"no success: {dict(self.statuses)}",
            )

    def _make_threads(
        self, turn: Callable[[httpx.Client, int], None], count: int
    ) -> Iterable[threading.Thread]:
        def run(number: int) -> None:
            url = self._urls[number % len(self._urls)]
            with httpx.Client(timeout=30, base_url=url) as client:
                while not self._stopped.is_set() and not self.faults:
                    turn(client, number)

        return [
            threading.Thread(target=self._guarded, args=(run, number)) for number in range(count)
        ]

    def _guarded(self, run: Callable[..., None], *arguments: int) -> None:
        try:
            run(*arguments)
        except Exception as error:  # noqa: BLE001 - the test must hear of it
            self.faults.append(repr(error))

    def _send(
        self, samples: list[Sample], client: httpx.Client, method: str, url: str, **more: Any
    ) -> httpx.Response | None:
        """Send a request; return None if the answer is missing, or says that the server is away."""
        began = time.monotonic()
        answer: httpx.Response | None = None
        try:
            answer = client.request(method, url, **more)
            status: object = answer.status_code
        except httpx.TransportError as error:
            status = type(error).__name__
        self.statuses[method].add(status)
        is_away = answer is None or answer.status_code in _AWAY
        samples.append(Sample(began, time.monotonic(), not is_away))
        if not is_away:
            return answer
        self._stopped.wait(0.05)
        return None

    def _write(self, client: httpx.Client, number: int) -> None:
        slug = SHARED if time.monotonic_ns() % 3 == 0 else PLACES[number]
        url = f"/v1/places/{slug}"
        with self._lock:
            promised = max(self.acknowledged[slug], default=Written(0, number))
        read = self._send([], client, "GET", url, headers=self._key)
        if read is None:
            return
        stored = Written.read(read.json())
        if stored.number < promised.number:
            self.faults.append(f"{slug} has {stored}, promised {promised}")
        version = Written(stored.number + 1, number)
        record = make_place(slug, names={"en": version.name})
        answer = self._send(
            self.writes,
            client,
            "PUT",
            url,
            json=record.model_dump(mode="json", exclude_none=True),
            headers={**self._key, "If-Match": read.headers["ETag"]},
        )
        if answer is not None and answer.status_code == 200:
            with self._lock:
                self.acknowledged[slug].add(version)
                self.seq = max(self.seq, int(answer.headers["Timeline-Seq"]))
        elif answer is not None and answer.status_code != 412:
            self.faults.append(f"PUT {slug}: {answer.status_code} {answer.text}")
        self._stopped.wait(0.05)

    def _walk(self, client: httpx.Client, number: int) -> None:
        """Walk over all places once; a page that cannot be had is asked for again."""
        url: str | None = "/v1/places?limit=7"
        found: list[str] = []
        seen = 0
        while url is not None:
            if self._stopped.is_set():
                return
            page = self._read_page(client, url, seen, is_strict=number % 2 == 0)
            if page is None:
                continue
            document, seen = page
            found += [item["id"] for item in document["items"]]
            url = document["page"]["next"]
            self._stopped.wait(0.1)
        missing = {*PLACES, *OTHERS}.difference(found)
        if missing or len(found) != len({*found}):
            self.faults.append(f"a walk lacks {missing}, or has a place twice: {found}")
        self.walks += 1

    def _read_page(
        self, client: httpx.Client, url: str, seen: int, *, is_strict: bool
    ) -> tuple[dict[str, Any], int] | None:
        with self._lock:
            promised = {slug: max(made).number for slug, made in self.acknowledged.items() if made}
            wanted = max(self.seq, seen)
        headers = {"Timeline-At-Least": str(wanted)} if is_strict else {}
        answer = self._send(self.reads, client, "GET", url, headers=headers)
        if answer is None:
            return None
        if answer.status_code != 200:
            self.faults.append(f"GET {url}: {answer.status_code} {answer.text}")
        document, seq = answer.json(), int(answer.headers["Timeline-Seq"])
        if seq < seen:
            self.faults.append(f"a walk went back from {seen} to {seq}: {url} {answer.headers}")
        if is_strict:
            stored = {
                item["id"]: Written.read(item).number
                for item in document["items"]
                if item["id"] in promised
            }
            less = {slug: number for slug, number in stored.items() if number < promised[slug]}
            if less or seq < wanted:
                self.faults.append(f"asked for {wanted}, read {seq}: {less}, promised {promised}")
        return document, seq

    def _mirror(self) -> None:
        with httpx.Client(timeout=30, base_url=self._urls[0]) as client:
            mirror = Mirror(client, ":memory:")
            while not self._stopped.wait(0.2):
                with suppress(httpx.HTTPError):
                    mirror.update()
            for thread in self._threads:
                thread.join()
            # A cache may hold the page after the last change, from a time without a later one.
            client.headers["Timeline-At-Least"] = str(self.seq)
            mirror.update()
            self.mirrored = mirror.last()
            rows = mirror.database.execute("SELECT kind, id, text FROM document")
            self.documents = {(kind, id): text for kind, id, text in rows}
            mirror.database.close()


def first_success(samples: Iterable[Sample], since: float) -> float | None:
    """Return the seconds until the first request succeeded that began after this instant."""
    ended = [each.ended for each in samples if each.began >= since and each.succeeded]
    return min(ended) - since if ended else None


def last_failure(samples: Iterable[Sample], since: float) -> float | None:
    """Return the seconds until the last failure, of requests that ended after this instant."""
    ended = [each.ended for each in samples if each.ended >= since and not each.succeeded]
    return max(ended) - since if ended else None


def slowest(samples: Iterable[Sample], since: float) -> float:
    """Return the seconds of the longest request that ended after this instant."""
    return max((each.ended - each.began for each in samples if each.ended >= since), default=0.0)


def fill_places(cluster: Cluster) -> str:
    """Store the places, and return a key."""
    with closing(Database(cluster.primary.url)) as database:
        prepare(database, Path("no-seeds"))
        first = Written(0, 0).name
        places = (make_place(slug, names={"en": first}) for slug in (*PLACES, *OTHERS))
        store(database, *make_cast(), make_event(), *places)
        key = make_key(database)
    cluster.catch_up()
    return key


def check_history(client: Any, traffic: Traffic) -> None:
    """Assert that the log has no gap, each version follows the one before, and holds each acknowledged one."""
    changes = walk_items(client, "/v1/changes?limit=1000")
    assert [change["seq"] for change in changes] == [*range(1, len(changes) + 1)]
    history: dict[str, list[Any]] = defaultdict(list)
    for change in changes:
        if change["id"] in PLACES:
            history[change["id"]].append((change["revision"], Written.read(change["document"])))
    for slug in PLACES:
        revisions = [revision for revision, _ in history[slug]]
        versions = [version for _, version in history[slug]]
        assert revisions == [*range(1, len(revisions) + 1)]
        assert [version.number for version in versions] == [*range(len(versions))]
        assert traffic.acknowledged[slug] <= {*versions}
        assert len(traffic.acknowledged[slug]) > 5
