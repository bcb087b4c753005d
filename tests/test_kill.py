"""If a server is killed, each import and each single write is stored completely or not at all.

The test kills it at one of its SQL statements; `TEST_SEED` repeats the choice. `KILLS` is the number
of kills on each engine, spread over the statements of an import. The default is one, because each
kill needs another server.
"""

import json
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import httpx
import pytest
from sqlalchemy import func, select

from app.domain.vocabulary import KINDS_OF_COLLECTIONS
from app.records.models import Record
from app.tables import core as t
from app.tables.database import Database
from app.tables.schema.creation import create_if_empty
from app.writing.upkeep.check import find_faults
from tests.support.apps import client_of, make_key
from tests.support.builders import make_cast, make_event, make_place
from tests.support.chance import seeded_random
from tests.support.databases import NewDatabase
from tests.support.servers import Process, served
from tests.support.statements import counting_statements
from tests.support.warm import KILL_AT

pytestmark = pytest.mark.kill

KILLS = int(os.environ.get("KILLS", "1"))
EVENTS = 100
NDJSON = {"Content-Type": "application/x-ndjson"}


class Timeline:
    """A database whose servers the test kills, with the keys of its two writers."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.database = Database(url)
        create_if_empty(self.database)
        self.importer = {"Authorization": f"Bearer {make_key(self.database, 'importer')}"}
        self.editor = {"Authorization": f"Bearer {make_key(self.database, 'editor')}"}
        self.put: list[str] = []
        self.slugs = count()

    def send(self, server: str, version: int, *, keyed: bool) -> httpx.Response:
        """Import this version of the events."""
        headers = self.importer | NDJSON
        if keyed:
            headers["Idempotency-Key"] = f"version-{version}"
        body = _body(version)
        return httpx.post(f"{server}/v1/imports", content=body, headers=headers, timeout=60)

    def import_in_this_process(self, version: int) -> int:
        """Import the version without a server, and return the number of statements."""
        with (
            client_of(self.database) as client,
            counting_statements(*client.app.state.database.engines) as sent,  # type: ignore[attr-defined]
        ):
            answer = client.post(
                "/v1/imports", content=_body(version), headers=self.importer | NDJSON
            )
        assert answer.status_code == 200, answer.text
        return len(sent)

    def repeat(self, server: str, version: int) -> None:
        """Import the version again; the result must be the same as after one import."""
        answer = self.send(server, version, keyed=version % 2 == 0)
        assert answer.status_code == 200, answer.text
        assert self.versions() == {f"Version {version}"}
        assert self.count_imported() == len(make_cast()) + EVENTS * (version + 1)

    def keep_putting(self, server: str) -> None:
        """Put new places until the server is gone, and record each place that got an answer."""
        with httpx.Client(timeout=60) as client:
            while True:
                slug = f"place-{next(self.slugs)}"
                answer = client.put(
                    f"{server}/v1/places/{slug}",
                    content=make_place(slug).model_dump_json(),
                    headers=self.editor | {"Content-Type": "application/json"},
                )
                # On a busy machine it may wait too long for the import.
                assert answer.status_code in (201, 503), answer.text
                if answer.status_code == 201:
                    self.put.append(slug)

    def versions(self) -> set[str]:
        """Return the versions of all stored events."""
        # The writers' lock is free once the database has ended the killed transaction: read after that.
        with self.database.write() as connection:
            return {title["en"] for title in connection.scalars(select(t.event.c.title))}

    def count_imported(self) -> int:
        """Return the number of changes by imports."""
        by_imports = select(func.count()).where(t.change.c.actor == "importer")
        with self.database.read() as connection:
            return connection.scalar(by_imports) or 0

    def stored_places(self) -> set[str]:
        """Return the ids of all places."""
        with self.database.read() as connection:
            return {*connection.scalars(select(t.place.c.slug))}


def _body(version: int) -> str:
    events = [
        make_event(f"2024-11-01-e{n}", title={"en": f"Version {version}"}) for n in range(EVENTS)
    ]
    names = {kind.capitalize() + "Record": name for name, kind in KINDS_OF_COLLECTIONS.items()}
    records: list[Record] = [*make_cast(), *events]
    return "\n".join(json.dumps({names[type(r).__name__]: [r.to_plain()]}) for r in records)


@pytest.fixture
def timeline(new_database: NewDatabase) -> Iterator[Timeline]:
    """A timeline without records."""
    timeline = Timeline(new_database("killed"))
    yield timeline
    timeline.database.close()


def test_each_write_is_stored_completely_or_not_at_all(timeline: Timeline, engine: str) -> None:
    timeline.import_in_this_process(0)
    length = timeline.import_in_this_process(1)
    random = seeded_random(f"kill a server on {engine}")
    completed = 0
    for kill in range(KILLS):
        version = kill + 2
        # Above `length` the import has ended, and the kill hits a single write.
        statement = 1 + int(length * 1.3 * (kill + random.random()) / KILLS)
        print(f"killed at statement {statement}; an import has {length}")
        with served(timeline.url, seeds="none", variables={KILL_AT: statement}) as (
            server,
            process,
        ):
            timeline.repeat(server, version - 1)
            _kill(timeline, server, process, version)

        assert [str(fault) for fault in find_faults(timeline.database)] == []
        assert timeline.versions() in ({f"Version {version - 1}"}, {f"Version {version}"})
        completed += timeline.versions() == {f"Version {version}"}
        assert {*timeline.put} <= timeline.stored_places()
        # A write in progress may be stored, although its client got no answer.
        assert len(timeline.stored_places()) <= len(timeline.put) + kill + 1
    with served(timeline.url, seeds="none") as (server, _):
        timeline.repeat(server, KILLS + 1)
    print(f"{KILLS} kills: {completed} imports were complete; {len(timeline.put)} places were put")


def _kill(timeline: Timeline, server: str, process: Process, version: int) -> None:
    """Kill the server at its statement during an import, while another client puts places."""

    def write() -> None:
        with suppress(httpx.TransportError):
            timeline.keep_putting(server)

    def send() -> None:
        with suppress(httpx.TransportError):
            timeline.send(server, version, keyed=version % 2 == 0)

    process.send_signal(signal.SIGUSR1)
    threads = [threading.Thread(target=each) for each in (write, send)]
    for thread in threads:
        thread.start()
    assert process.wait(timeout=120) == -signal.SIGKILL
    for thread in threads:
        thread.join()
