"""A mirror that follows the change log equals the server byte for byte, and proves it by digests."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, update
from starlette.testclient import TestClient

from app.records.models import EventRecord, Record
from app.settings import PROJECT_ROOT
from app.tables import core as t
from app.tables.database import Database
from app.tables.schema.creation import create_if_empty
from tests.support.answers import walk_items
from tests.support.builders import (
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_treaty,
    store,
)
from tests.support.chance import scaled
from tests.support.databases import NewDatabase
from tests.support.editing import LAVROV, Editing, path_of, plain
from tests.support.mirror import Mirror
from tests.support.servers import served

COLLECTIONS = {
    "participant": "participants",
    "place": "places",
    "source": "sources",
    "treaty": "treaties",
    "event": "events",
}
WRITERS = 8
WRITES_EACH = 5
WRITES = ("create", "load", "revise", "rename", "withdraw", "merge")


def _mirror(client: Any, path: Path | str = ":memory:") -> Mirror:
    """Make a mirror; a TestClient has the methods of an httpx client that it needs."""
    return Mirror(client, str(path))


def _copied(mirror: Mirror) -> dict[tuple[str, str], str]:
    rows = mirror.database.execute("SELECT kind, id, text FROM document")
    return {(kind, id): text for kind, id, text in rows}


def _served(client: TestClient) -> dict[tuple[str, str], str]:
    """Return each entity of the lists, as the answer of its path."""
    return {
        (kind, item["id"]): client.get(f"/v1/{collection}/{item['id']}").text
        for kind, collection in COLLECTIONS.items()
        for item in walk_items(client, f"/v1/{collection}?limit=200")
    }


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client with the key of an admin."""
    return Editing(client, database)


class Writer:
    """A client that writes its own entities, and a participant to which the events of all writers refer."""

    def __init__(self, editing: Editing, name: str) -> None:
        self.editing = editing
        self.name = name
        self.random = Random(name)
        self.made = 0

    def write(self) -> None:
        """Make one random write."""
        getattr(self, self.random.choice(WRITES))()

    def create(self) -> None:
        """Create an event and its place."""
        place = make_place(self._new())
        self._put(place)
        self._put(make_event(f"2024-{place.id}", date="2024-06", place=place.id))

    def load(self) -> None:
        """Import four places in one request."""
        places = [plain(make_place(self._new())) for _ in range(4)]
        answer = self.editing.send("POST", "/v1/imports", {"places": places})
        assert answer.status_code == 200, answer.text

    def revise(self) -> None:
        """Put a treaty; the write changes nothing if it draws the same name again."""
        names = {"en": self.random.choice(["Treaty", "Treaty of № 1 “all”", 'Treaty "é"'])}
        self._put(make_treaty(f"{self.name}-treaty", names=names))

    def rename(self) -> None:
        """Rename the shared participant, which changes the documents of all events that name it."""
        names = {"en": f"Lavrov {self.random.randrange(4)}"}
        while self.editing.change("PATCH", LAVROV, {"names": names}).status_code == 412:
            pass  # Another writer was faster.

    def withdraw(self) -> None:
        """Create a place and withdraw it."""
        place = make_place(self._new(), latitude=1e-7)
        self._put(place)
        answer = self.editing.change("DELETE", f"{path_of(place)}?reason=it was a mistake")
        assert answer.status_code == 200, answer.text

    def merge(self) -> None:
        """Create two participants of an event, and merge one into the other."""
        one, other = (make_participant(self._new()) for _ in range(2))
        self._put(one)
        self._put(other)
        parts = [{"id": each.id, "role": "host", "side": "RU"} for each in (one, other)]
        self._put(make_event(f"2024-{one.id}", date="2024", participants=parts))
        query = f"into={other.id}&reason=they are one"
        tag = {"If-Match": self.editing.tag(path_of(one))}
        answer = self.editing.send("POST", f"{path_of(one)}/merge?{query}", headers=tag)
        assert answer.status_code == 200, answer.text

    def _new(self) -> str:
        self.made += 1
        return f"{self.name}-{self.made}"

    def _put(self, record: Record) -> None:
        path = path_of(record)
        exists = self.editing.client.get(path).status_code == 200
        query = "?allow_duplicate=true" if isinstance(record, EventRecord) else ""
        put = self.editing.change if exists else self.editing.send
        answer = put("PUT", f"{path}{query}", plain(record))
        assert answer.status_code in (200, 201), answer.text


@pytest.fixture
def stop_watching(client: TestClient) -> Iterator[Callable[[], bytes]]:
    """A reader that fetches the whole log again and again; each log must begin with the one before.

    The function stops the reader and returns the last log.
    """
    logs, stopped = [b""], threading.Event()

    def watch() -> None:
        while not stopped.is_set():
            log = client.get("/v1/changes.ndjson").content
            assert log.startswith(logs[-1])
            logs.append(log)
            stopped.wait(0.02)

    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(watch)

        def stop() -> bytes:
            stopped.set()
            watching.result()
            assert len({*logs}) > 3, "the reader saw no growing log"
            return logs[-1]

        yield stop
        stopped.set()


class TestMirror:
    @pytest.mark.thorough
    def test_equals_the_server_while_eight_clients_write(
        self,
        client: TestClient,
        database: Database,
        editing: Editing,
        stop_watching: Callable[[], bytes],
    ) -> None:
        store(database, *make_cast(), make_place())
        mirror = _mirror(client)
        writers = [Writer(editing, f"writer-{number}") for number in range(WRITERS)]

        def work(writer: Writer) -> None:
            for _ in range(WRITES_EACH):
                writer.write()

        with ThreadPoolExecutor(WRITERS) as pool:
            working = [pool.submit(work, writer) for writer in writers]
            updates = 0
            while not all(each.done() for each in working):
                mirror.update()
                updates += 1
                time.sleep(0.02)
        for each in working:
            each.result()
        stop_watching()
        mirror.update()

        assert updates > 1
        assert _copied(mirror) == _served(client)
        items = walk_items(client, "/v1/changes?limit=1000")
        assert [item["seq"] for item in items] == [*range(1, len(items) + 1)]
        assert {item["op"] for item in items} == {"create", "update", "withdraw", "merge"}
        assert mirror.last() == (len(items), items[-1]["digest"])

    def test_continues_after_its_last_change(
        self, client: TestClient, database: Database, tmp_path: Path
    ) -> None:
        store(database, *make_cast(), make_event())
        first = _mirror(client, tmp_path / "mirror.db")
        first.update()
        first.database.close()
        store(database, make_participant(names={"en": "S. Lavrov"}))

        second = _mirror(client, tmp_path / "mirror.db")
        assert second.last()[0] == 4
        second.update()

        assert _copied(second) == _served(client)
        second.database.close()

    @pytest.mark.thorough
    @settings(
        max_examples=scaled(5),
        suppress_health_check=[HealthCheck.function_scoped_fixture],
        deadline=None,
    )
    @given(st.lists(st.sampled_from([*WRITES, "copy"]), max_size=6))
    def test_equals_the_server_after_any_writes(
        self, client: TestClient, database: Database, editing: Editing, steps: list[str]
    ) -> None:
        store(database, *make_cast(), make_place())
        number = client.get("/v1/changes").json()["page"]["last"]
        writer = Writer(editing, f"writer-{number}")
        mirror = _mirror(client)

        for step in steps:
            mirror.update() if step == "copy" else getattr(writer, step)()
        mirror.update()

        assert _copied(mirror) == _served(client)
        mirror.database.close()


def test_the_program_brings_a_file_up_to_date(new_sqlite: NewDatabase, tmp_path: Path) -> None:
    database = Database(new_sqlite("mirrored"))
    create_if_empty(database)
    store(database, *make_cast(), make_event())
    url = database.url.render_as_string(hide_password=False)

    program, file = PROJECT_ROOT / "tests/support/mirror.py", tmp_path / "mirror.db"

    with served(url) as (base, _):
        output = subprocess.check_output([sys.executable, program, base, file], text=True)
        last = httpx.get(f"{base}/v1/changes?after=3").json()["items"][0]

    assert output == f"change 4, digest {last['digest']}\n"
    database.close()


class TestProof:
    @pytest.fixture
    def mirror(self, client: TestClient, database: Database) -> Iterator[Mirror]:
        store(database, *(make_place(f"place-{n}") for n in range(5)))
        mirror = _mirror(client)
        yield mirror
        mirror.database.close()

    @pytest.mark.parametrize("column", ["actor", "reason", "document"])
    def test_refuses_an_altered_change(
        self, database: Database, mirror: Mirror, column: str
    ) -> None:
        change = t.change.c
        with database.write() as connection:
            text = connection.execute(t.change.select().where(change.seq == 3)).one().document
            altered = text.replace("55.75", "55.76") if column == "document" else "other"
            connection.execute(update(t.change).where(change.seq == 3).values({column: altered}))

        with pytest.raises(ValueError, match="not what comes after change 2"):
            mirror.update()

    def test_refuses_a_log_with_a_missing_change(self, database: Database, mirror: Mirror) -> None:
        with database.write() as connection:
            connection.execute(delete(t.change).where(t.change.c.seq == 3))

        with pytest.raises(ValueError, match="not what comes after change 2"):
            mirror.update()

    def test_refuses_another_log(
        self, client: TestClient, database: Database, mirror: Mirror
    ) -> None:
        """The log has the same number of changes and the same documents, but another digest."""
        mirror.update()
        with database.write() as connection:
            connection.execute(update(t.change).where(t.change.c.seq == 5).values(digest="0" * 64))
        store(database, make_place("omsk"))

        with pytest.raises(ValueError, match="not what comes after change 5"):
            mirror.update()
