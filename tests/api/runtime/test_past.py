"""`as_of` and `release`: a past state gives the same answers forever, despite later writes."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self, cast

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from app.api.runtime.snapshots import Snapshots
from app.domain.vocabulary import EntityKind
from app.reading.states import newest_state
from app.records.models import RECORD_MODELS, Record
from app.tables import core as t
from app.tables.database import Database
from app.writing.apply import apply_records
from app.writing.changes import make_stamp
from app.writing.edits.entities import Intent
from app.writing.edits.merges import merge_entity
from app.writing.edits.withdrawals import withdraw
from app.writing.record_from_document import stored_record
from app.writing.releases import create_release
from app.writing.snapshots.build import build_snapshot
from tests.support.apps import client_of
from tests.support.builders import (
    make_cast,
    make_event,
    make_participant,
    make_place,
    make_tag,
    store,
)
from tests.support.databases import NewDatabase
from tests.support.queries import QUERIES

TALKS = "/v1/events/2024-11-01-talks"
IMMUTABLE = "public, max-age=31536000, immutable"
# The links of a past state have `as_of`, and its lists have other cursors.
_AS_OF = re.compile(r"(\?|&amp;|&)as_of=\d+(&amp;|&)?")
_CURSOR = re.compile(r'cursor(=|":")[\w-]+')
# The feed of a past state has a different id.
_FEED_ID = re.compile(r"<id>urn:uuid:[0-9a-f-]+</id>")


def newest(database: Database) -> int:
    """Return the number of the newest change."""
    with database.read() as connection:
        return newest_state(connection).seq


def as_of(url: str, moment: object) -> str:
    """Return the URL with `as_of`, which asks for a past state."""
    return f"{url}{'&' if '?' in url else '?'}as_of={moment}"


def plain(answer: Any) -> str:
    """Return the text of the answer without its feed id, `as_of` and cursors."""
    assert answer.status_code == 200, answer.text
    text = _AS_OF.sub(lambda found: found[1] if found[2] else "", answer.text)
    return _FEED_ID.sub("", _CURSOR.sub("", text), count=1)


def wait_until(condition: Callable[[], bool]) -> None:
    """Return as soon as the condition holds; fail after 30 s."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come true"
        time.sleep(0.02)


def end(database: Database, kind: EntityKind, slug: str) -> None:
    """Withdraw an entity."""
    with database.write() as connection:
        withdraw(connection, kind, slug, make_stamp(connection, "test", "it was a mistake"))


class TestAsOf:
    def test_answers_from_the_state_after_the_change(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())
        before = client.get(TALKS)
        store(database, make_event(title={"en": "Other talks"}))

        answer = client.get(as_of(TALKS, 4))

        assert client.get(TALKS).json()["title"] == {"en": "Other talks"}
        assert answer.content == before.content
        assert answer.headers["etag"] == before.headers["etag"]
        assert client.get(as_of(TALKS, 5)).content == client.get(TALKS).content

    def test_an_entity_created_later_is_not_found(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, *make_cast(), make_event())

        answer = client.get(as_of(TALKS, 3))

        assert answer.status_code == 404
        assert answer.headers["cache-control"] == "no-store"

    def test_an_entity_withdrawn_later_is_listed(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place())
        end(database, EntityKind.PLACE, "moscow")

        assert client.get(as_of("/v1/places", 1)).json()["items"][0]["id"] == "moscow"
        assert client.get(as_of("/v1/places", 2)).json()["items"] == []

    def test_an_instant_selects_the_last_change_at_or_before_it(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place())
        store(database, make_place(names={"en": "Moskva"}))
        first, second = (c["at"] for c in client.get("/v1/changes").json()["items"])
        just_before = datetime.fromisoformat(second) - timedelta(microseconds=1)

        def name(instant: str) -> str:
            answer = client.get("/v1/places/moscow", params={"as_of": instant})
            assert answer.status_code == 200, answer.text
            return str(answer.json()["names"]["en"])

        assert name(first) == "Moscow"
        assert name(just_before.isoformat()) == "Moscow"
        assert name(second) == "Moskva"
        assert name(datetime.now(UTC).isoformat()) == "Moskva"

    def test_a_day_means_its_beginning(self, client: TestClient, database: Database) -> None:
        store(database, make_place())

        today = client.get(as_of("/v1/places", f"{datetime.now(UTC):%Y-%m-%d}"))

        assert "there was nothing yet; the first change was made at" in today.json()["detail"]

    @pytest.mark.parametrize(
        ("query", "message"),
        [
            pytest.param("as_of=0", "there is no change 0: there are 1 to 1", id="zero"),
            pytest.param("as_of=-1", "there is no change -1: there are 1 to 1", id="negative"),
            pytest.param(
                "as_of=2", "there is no change 2: there are 1 to 1", id="above the newest change"
            ),
            pytest.param(f"as_of={'9' * 40}", "there are 1 to 1", id="40 digits"),
            pytest.param(f"as_of={'9' * 1001}", "at most 1000 characters", id="1001 digits"),
            pytest.param("as_of=1.5", "expected an instant such as", id="a fraction"),
            pytest.param("as_of=yesterday", "or give the number of a change", id="a word"),
            pytest.param("as_of=%00", "expected an instant such as", id="NUL"),
            pytest.param(
                "as_of=9999-12-31", "is in the future; the last change, 1,", id="in the future"
            ),
            pytest.param("as_of=1946-01-01", "there was nothing yet", id="before the first change"),
            pytest.param("as_of=1&as_of=1", "as_of takes one value", id="twice"),
            pytest.param("as_of=", "has no value", id="empty"),
            pytest.param("as_of=1&release=a", "send only one", id="with a release"),
            pytest.param("release=2026-10", "did you mean '2026-11'?", id="an unknown release"),
            pytest.param(
                "release=A%00", "lower-case letters, digits", id="an invalid release name"
            ),
        ],
    )
    def test_an_invalid_state_is_refused(
        self, client: TestClient, database: Database, query: str, message: str
    ) -> None:
        store(database, make_place())
        with database.write() as connection:
            create_release(connection, "2026-11")

        answer = client.get(f"/v1/places?{query}")

        assert answer.status_code == 400, answer.text
        assert message in answer.json()["detail"]
        assert answer.json()["errors"]
        assert answer.headers["cache-control"] == "no-store"

    @pytest.mark.parametrize("moment", ["1", "2026-01-01T00:00:00Z"])
    def test_an_empty_database_has_no_state(self, client: TestClient, moment: str) -> None:
        answer = client.get(as_of("/v1/places", moment))

        assert answer.status_code == 400
        assert "nothing was ever written" in answer.json()["detail"]

    def test_a_merged_entity_redirects_within_the_same_state(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_participant("one"), make_participant("two"))
        intent = Intent("test", None, check=lambda _: None)
        merge_entity(database, EntityKind.PARTICIPANT, "one", "two", intent)
        seq = newest(database)

        moved = client.get(as_of("/v1/participants/one", seq), follow_redirects=False)

        assert moved.status_code == 308
        assert moved.headers["location"].endswith(f"/v1/participants/two?as_of={seq}")
        assert client.get(as_of("/v1/participants/one", 2)).json()["id"] == "one"

    def test_the_next_page_has_the_same_state(self, client: TestClient, database: Database) -> None:
        store(database, *(make_place(id) for id in ("moscow", "omsk", "tomsk")))
        first = client.get("/v1/places?limit=1&as_of=3").json()
        end(database, EntityKind.PLACE, "omsk")

        second = client.get(first["page"]["next"]).json()

        assert [item["id"] for item in second["items"]] == ["omsk"]
        assert "as_of=3" in second["page"]["next"]

    def test_a_cursor_of_another_state_is_refused(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place("moscow"), make_place("omsk"))
        following = client.get("/v1/places?limit=1").json()["page"]["next"]

        answer = client.get(as_of(following, 2))

        assert answer.json()["type"] == "/problems/invalid-cursor"

    @pytest.mark.parametrize("path", ["/v1/vocabularies", "/v1/releases", "/healthz"])
    def test_paths_without_history_refuse_as_of(self, client: TestClient, path: str) -> None:
        assert client.get(as_of(path, 1)).json()["type"] == "/problems/unknown-parameter"


class TestRelease:
    def test_answers_from_the_state_that_it_names(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place())
        with database.write() as connection:
            create_release(connection, "first")
        store(database, make_place(names={"en": "Moskva"}))

        answer = client.get("/v1/places/moscow?release=first")

        assert answer.json()["names"] == {"en": "Moscow"}
        assert answer.headers["cache-control"] == IMMUTABLE


class TestCaching:
    def test_a_past_answer_is_immutable(self, client: TestClient, database: Database) -> None:
        store(database, make_place())
        urls = ("/v1/places/moscow", "/v1/places", "/v1/events.csv", "/v1/changes")

        answers = [client.get(as_of(url, 1)) for url in urls]
        again = [
            client.get(answer.url, headers={"If-None-Match": answer.headers["etag"]})
            for answer in answers
        ]

        assert [answer.status_code for answer in again] == [304] * 4
        assert {a.headers["cache-control"] for a in (*answers, *again)} == {IMMUTABLE}

    def test_a_present_answer_is_not_immutable(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place())

        assert "immutable" not in client.get("/v1/places").headers["cache-control"]


@pytest.fixture(scope="module")
def edited(
    seeds_in: NewDatabase,
) -> Iterator[tuple[TestClient, int, dict[str, str]]]:
    """Yield a client of edited seeds, the last change before the edits, and the answers then."""
    database = Database(seeds_in("edited"))
    with client_of(database) as client:
        seq = newest(database)
        # PostgreSQL runs a sixth of the queries: its past states are SQLite files too, and other
        # tests show that both engines give the same present answers.
        urls = QUERIES if database.is_sqlite else QUERIES[::6]
        answers = {url: plain(client.get(url)) for url in urls}
        edit(database)
        yield client, seq, answers
    database.close()


def edit(database: Database) -> None:
    """Change the entities that most answers contain."""
    kim, lavrov, moscow, treaty, summit, source = (
        stored(database, kind, slug)
        for kind, slug in (
            (EntityKind.PARTICIPANT, "kim-jong-un"),
            (EntityKind.PARTICIPANT, "sergey-lavrov"),
            (EntityKind.PLACE, "moscow"),
            (EntityKind.TREATY, "friendship-treaty-1961"),
            (EntityKind.EVENT, "2024-06-19-putin-kim-talks-kumsusan"),
            (EntityKind.SOURCE, "tass-1865655"),
        )
    )
    store(
        database,
        changed(kim, names={"en": "Kim the Third", "ko": "김정은"}, aliases=["Kim III"]),
        changed(lavrov, country="SU", positions=[]),
        changed(moscow, country="KP", latitude=39.0, longitude=125.7),
        changed(treaty, parties=["KP"]),
        changed(summit, date="2023", tags=["edited"], type="visit", subtype="state"),
        make_tag("edited"),
        changed(source, publisher="kcna", agency=None),
        make_event("2025-01-01-new", sources=["tass-1865655"], place="moscow"),
        make_participant("nobody", names={"en": "Kim Nobody"}),
    )
    end(database, EntityKind.EVENT, "1946-kim-il-sung-pak-hon-yong-secret-meeting-stalin")
    intent = Intent("test", "one and the same", check=lambda _: None)
    merge_entity(database, EntityKind.PARTICIPANT, "vladimir-putin", "dmitry-medvedev", intent)


def stored(database: Database, kind: EntityKind, slug: str) -> Record:
    """Return the record of a stored entity."""
    table = t.ENTITIES[kind]
    with database.read() as connection:
        row = connection.execute(table.select().where(table.c.slug == slug)).one()
    return RECORD_MODELS[kind].model_validate(stored_record(kind, row.document))


def changed(record: Record, **fields: object) -> Record:
    """Return the record with other values in these fields."""
    return type(record).model_validate({**record.model_dump(mode="json"), **fields})


@pytest.mark.thorough
class TestAnswersStay:
    """Edits, renames, additions and withdrawals change no byte of a past answer except links."""

    def test_every_past_answer_is_the_same(
        self, edited: tuple[TestClient, int, dict[str, str]]
    ) -> None:
        client, seq, answers = edited
        later = {}
        # The vocabularies have no past states and refuse `as_of`.
        for url in answers.keys() - {"/v1/vocabularies"}:
            answer = client.get(as_of(url, seq))
            later[url] = plain(answer)
            assert answer.headers["cache-control"] == IMMUTABLE

        # The known gaps are in no change log, so a past answer has none of them.
        gaps = [json.loads(of["/v1/coverage"]).pop("known_gaps") for of in (answers, later)]
        assert gaps[0]
        assert gaps[1] == []
        for of in (answers, later):
            of["/v1/coverage"] = json.dumps(json.loads(of["/v1/coverage"]) | {"known_gaps": []})
        # References to present events lead to revisions, and those to past ones to the state.
        for of in (answers, later):
            # BibTeX escapes the underscore of the parameter.
            of |= {
                url: re.sub(r"/revisions/\d+|\?as\\_of=\d+", "", text) for url, text in of.items()
            }
        assert [url for url in later if later[url] != answers[url]] == []

    def test_most_present_answers_differ(
        self, edited: tuple[TestClient, int, dict[str, str]]
    ) -> None:
        client, _, answers = edited

        stayed = [url for url in [*answers][:24] if plain(client.get(url)) == answers[url]]

        assert len(stayed) < 12


class _Writer:
    """A writer that stamps a change and commits it on request."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stamped, self._go = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._write)

    def _write(self) -> None:
        with self._database.write() as connection:
            stamp = make_stamp(connection, "slow")
            apply_records(connection, {EntityKind.PLACE: [make_place("omsk")]}, stamp)
            self._stamped.set()
            self._go.wait(10)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._stamped.wait(10)
        return self

    def commit_after(self, seconds: float) -> None:
        """Commit after this many seconds."""
        threading.Timer(seconds, self._go.set).start()

    def __exit__(self, *_: object) -> None:
        self._go.set()
        self._thread.join()


def _snapshots(client: TestClient) -> Snapshots:
    """Return the snapshots of the client's server."""
    return cast("Snapshots", cast("FastAPI", client.app).state.snapshots)


class TestWriteInProgress:
    """A write is stamped before its commit, so an instant between the two could mean two states."""

    def test_the_present_instant_waits_for_the_write(
        self, client: TestClient, database: Database
    ) -> None:
        store(database, make_place())
        with _Writer(database) as writer:
            url = as_of("/v1/places", f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}")
            writer.commit_after(0.3)
            during = client.get(url)
        after = client.get(url)

        assert [item["id"] for item in during.json()["items"]] == ["moscow", "omsk"]
        assert during.content == after.content

    def test_the_wait_has_a_limit(
        self, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(_snapshots(client), "writer_seconds", 1)
        store(database, make_place())
        with _Writer(database):
            url = as_of("/v1/places", f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}")
            answer = client.get(url)

        assert answer.status_code == 503
        assert "a write is in progress" in answer.json()["detail"]
        assert int(answer.headers["retry-after"]) > 0
        assert client.get(url).status_code == 200

    def test_a_writer_never_waits_for_a_reader(
        self, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Readers ask whether somebody writes; they do not take the lock for writers."""
        store(database, make_place())

        def refuse(*_: object) -> None:
            raise AssertionError("a reader may not write")

        for name in ("write", "write_aside"):
            monkeypatch.setattr(Database, name, refuse)
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"

        assert client.get(as_of("/v1/places", now)).status_code == 200

    def test_a_later_change_ends_the_wait(self, client: TestClient, database: Database) -> None:
        """Under steady writes there may be no moment without one."""
        store(database, make_place())
        served = cast("FastAPI", client.app).state.database
        with _Writer(database) as writer:
            instant = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
            writer.commit_after(0.1)
            with pytest.MonkeyPatch.context() as patch:
                asked = iter([True] * 1000)
                patch.setattr(served, "is_written", lambda _: next(asked))
                threading.Timer(0.2, store, (database, make_place("sochi"))).start()
                answer = client.get(as_of("/v1/places", instant))

        assert [item["id"] for item in answer.json()["items"]] == ["moscow", "omsk"]

    def test_an_earlier_instant_does_not_wait(self, client: TestClient, database: Database) -> None:
        store(database, make_place())
        at = client.get("/v1/places/moscow").json()["updated_at"]
        with _Writer(database):
            answer = client.get(as_of("/v1/places", at))

        assert [item["id"] for item in answer.json()["items"]] == ["moscow"]


class TestBuild:
    """Requests for the same past state share one build, and other requests do not wait for it."""

    @pytest.fixture
    def go(self) -> threading.Event:
        """Return an event that builds wait for."""
        return threading.Event()

    @pytest.fixture
    def begun(self, go: threading.Event, monkeypatch: pytest.MonkeyPatch) -> list[int]:
        """Return the states whose build began; it waits for `go`."""
        begun: list[int] = []

        def build_late(database: Database, seq: int, path: Path, check: Callable[[], None]) -> None:
            begun.append(seq)
            go.wait(timeout=30)
            build_snapshot(database, seq, path, check)

        monkeypatch.setattr("app.api.runtime.snapshots.build_snapshot", build_late)
        return begun

    def test_two_requests_share_one_build(
        self, client: TestClient, database: Database, begun: list[int], go: threading.Event
    ) -> None:
        store(database, make_place())

        with ThreadPoolExecutor(2) as threads:
            requests = [threads.submit(client.get, as_of("/v1/places", 1)) for _ in range(2)]
            wait_until(lambda: begun != [])
            go.set()
            answers = [request.result() for request in requests]

        assert [answer.status_code for answer in answers] == [200, 200]
        assert begun == [1]

    def test_a_build_continues_after_its_request_timed_out(
        self,
        client: TestClient,
        database: Database,
        begun: list[int],
        go: threading.Event,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(_snapshots(client), "wait_seconds", 0.05)
        store(database, make_place())
        url = as_of("/v1/places", 1)

        first = client.get(url)
        present = client.get("/v1/places")
        go.set()
        wait_until(lambda: client.get(url).status_code == 200)

        assert (first.status_code, present.status_code) == (503, 200)
        assert "this past state is being built" in first.json()["detail"]
        assert begun == [1]

    def test_a_release_is_built_before_other_states(
        self,
        client: TestClient,
        database: Database,
        begun: list[int],
        go: threading.Event,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(_snapshots(client), "wait_seconds", 0.05)
        for name in ("moscow", "omsk", "tomsk"):
            store(database, make_place(name))
        with database.write() as connection:
            create_release(connection, "second", 2)

        waited = []

        def is_begun() -> bool:
            """Whether the first build has begun; on a busy machine a request can time out before that."""
            waited.append(client.get(as_of("/v1/places", 1)))
            return begun != []

        def is_queued() -> bool:
            """Whether the release waits for its build; a request can time out before that too."""
            waited.append(client.get("/v1/places?release=second"))
            return _snapshots(client)._queue != {}

        wait_until(is_begun)
        wait_until(is_queued)
        go.set()
        wait_until(lambda: client.get(as_of("/v1/places", 3)).status_code == 200)

        assert {answer.status_code for answer in waited} == {503}
        assert begun == [1, 2, 3]

    def test_a_build_ends_when_the_server_stops(
        self, database: Database, begun: list[int], go: threading.Event
    ) -> None:
        store(database, make_place())
        go.set()
        with client_of(database) as client:
            _snapshots(client).close()
            answer = client.get(as_of("/v1/places", 1))

        assert answer.status_code == 503
        assert "the server is stopping" in answer.json()["detail"]
        assert begun == [1]

    def test_a_folder_that_cannot_be_written_is_a_problem(
        self, client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*_: object, **__: object) -> None:
            raise OSError("no space left on device")

        monkeypatch.setattr("app.api.runtime.snapshots.build_snapshot", fail)
        store(database, make_place())

        answer = client.get(as_of("/v1/places", 1))

        assert answer.status_code == 503
        assert "past states cannot be stored" in answer.json()["detail"]
