"""`If-Match` and `If-None-Match` of writes: nobody writes over what they have not seen."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from app.tables.database import Database
from tests.support.builders import make_cast, make_event, store
from tests.support.editing import EVENT, Editing, plain

OTHER = '"00000000000000000000000000000000"'
# Each is a read and a write, or several of both: 1,000 take most of a minute on each engine.
UPDATES = int(os.environ.get("UPDATES", "60"))


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client that may write; what an event names is there."""
    store(database, *make_cast())
    return Editing(client, database)


@pytest.fixture
def there(editing: Editing) -> Editing:
    """The same, and the event is there."""
    editing.create(make_event())
    return editing


class TestIfMatch:
    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
    def test_what_is_there_is_not_changed_without_it(self, there: Editing, method: str) -> None:
        answer = there.send(method, *_request(method))

        assert answer.status_code == 428
        assert answer.json()["type"] == "/problems/precondition-required"

    def test_what_changes_nothing_needs_none(self, there: Editing) -> None:
        """A script may send again what it sent."""
        answer = there.send("PUT", EVENT, plain(make_event()))

        assert (answer.status_code, answer.json()["revision"]) == (200, 1)
        assert answer.headers["etag"] == there.tag(EVENT)

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
    def test_another_state_is_not_changed(self, there: Editing, method: str) -> None:
        answer = there.send(method, *_request(method), {"If-Match": OTHER})

        assert answer.status_code == 412
        assert answer.json()["type"] == "/problems/precondition-failed"
        assert answer.headers["etag"] == there.tag(EVENT)
        assert there.client.get(EVENT).json()["revision"] == 1

    @pytest.mark.parametrize(
        "header",
        [
            pytest.param("{tag}", id="the tag"),
            pytest.param("*", id="any"),
            pytest.param(f"{OTHER}, {{tag}}", id="one of several"),
            pytest.param('"{opaque}-gzip"', id="that of a coding"),
            pytest.param('"{opaque}-zstd"', id="that of another coding"),
        ],
    )
    def test_names_what_is_there(self, there: Editing, header: str) -> None:
        tag = there.tag(EVENT)
        given = header.format(tag=tag, opaque=tag.strip('"'))

        answer = there.send("PATCH", EVENT, {"note": "new"}, {"If-Match": given})

        assert answer.json()["note"] == "new"

    @pytest.mark.parametrize(
        "header",
        [
            pytest.param("W/{tag}", id="a weak tag proves nothing"),
            pytest.param("{opaque}", id="no quotes"),
            pytest.param('"{opaque}-deflate"', id="a coding that is never sent"),
            pytest.param('"{opaque}', id="half a tag"),
            pytest.param("", id="empty"),
            pytest.param(",", id="nothing"),
        ],
    )
    def test_names_something_else(self, there: Editing, header: str) -> None:
        tag = there.tag(EVENT)
        given = header.format(tag=tag, opaque=tag.strip('"'))

        answer = there.send("PATCH", EVENT, {"note": "new"}, {"If-Match": given})

        assert answer.status_code == (412 if header else 428)

    @pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
    def test_the_tag_of_a_compressed_answer_is_taken(self, there: Editing, coding: str) -> None:
        read = there.client.get(EVENT, headers={"Accept-Encoding": coding})
        assert read.headers["etag"].endswith(f'-{coding}"')

        answer = there.send("PATCH", EVENT, {"note": "new"}, {"If-Match": read.headers["etag"]})

        assert answer.status_code == 200

    def test_may_stand_on_several_lines(self, there: Editing) -> None:
        lines = [("If-Match", OTHER), ("If-Match", there.tag(EVENT)), *there.key.items()]

        answer = there.client.patch(
            EVENT,
            content=b"{}",
            headers=[*lines, ("Content-Type", "application/merge-patch+json")],
        )

        assert answer.status_code == 200

    @pytest.mark.parametrize("header", ["*", OTHER])
    def test_of_what_is_not_there_fails(self, editing: Editing, header: str) -> None:
        answer = editing.send("PUT", EVENT, plain(make_event()), {"If-Match": header})

        assert answer.status_code == 412
        assert "etag" not in answer.headers

    def test_a_rename_makes_a_new_state_of_the_event(self, there: Editing) -> None:
        tag = there.tag(EVENT)
        there.change("PATCH", "/v1/participants/sergey-lavrov", {"names": {"en": "S. Lavrov"}})

        answer = there.send("PATCH", EVENT, {"note": "new"}, {"If-Match": tag})

        assert answer.status_code == 412


class TestIfNoneMatch:
    def test_any_creates(self, editing: Editing) -> None:
        answer = editing.send("PUT", EVENT, plain(make_event()), {"If-None-Match": "*"})

        assert answer.status_code == 201

    @pytest.mark.parametrize("header", ["*", "{tag}", "W/{tag}"])
    def test_what_is_there_is_not_replaced(self, there: Editing, header: str) -> None:
        given = {"If-None-Match": header.format(tag=there.tag(EVENT)), "If-Match": "*"}

        answer = there.send("PUT", EVENT, plain(make_event(note="new")), given)

        assert answer.status_code == 412
        assert there.client.get(EVENT).json()["note"] is None


class TestSameMoment:
    def test_no_update_is_lost(self, there: Editing) -> None:
        """Two clients count in one event; each count is there, and they did collide."""

        def count(updates: int) -> int:
            collisions = 0
            while updates:
                read = there.client.get(EVENT)
                counted = int(read.json()["note"] or 0) + 1
                answer = there.send(
                    "PATCH", EVENT, {"note": str(counted)}, {"If-Match": read.headers["etag"]}
                )
                assert answer.status_code in (200, 412), answer.text
                updates -= answer.status_code == 200
                collisions += answer.status_code == 412
            return collisions

        with ThreadPoolExecutor(2) as clients:
            collisions = [*clients.map(count, [UPDATES // 2] * 2)]

        event = there.client.get(EVENT).json()
        assert (event["note"], event["revision"]) == (str(UPDATES), UPDATES + 1)
        assert sum(collisions) > 0

    def test_one_of_several_creates(self, editing: Editing) -> None:
        with ThreadPoolExecutor(4) as clients:
            answers = clients.map(
                lambda _: editing.send("PUT", EVENT, plain(make_event()), {"If-None-Match": "*"}),
                range(4),
            )

        assert sorted(answer.status_code for answer in answers) == [201, 412, 412, 412]


class TestTurns:
    def test_reads_go_on_while_many_wait_to_write(self, there: Editing, database: Database) -> None:
        """More wait than there are threads for requests and connections in the pool."""
        with ThreadPoolExecutor(12) as clients:
            with database.write():
                waiting = [
                    clients.submit(there.send, "PATCH", EVENT, {"note": f"{n}"}, {"If-Match": "*"})
                    for n in range(12)
                ]
                time.sleep(0.3)
                started = time.monotonic()
                assert there.client.get(EVENT).json()["revision"] == 1
                assert time.monotonic() - started < 10
                assert not any(each.done() for each in waiting)
            answers = [each.result() for each in waiting]

        assert [answer.status_code for answer in answers] == [200] * 12
        assert there.client.get(EVENT).json()["revision"] == 13


def _request(method: str) -> tuple[str, object]:
    """A request that would change the event."""
    match method:
        case "PUT":
            return EVENT, plain(make_event(note="new"))
        case "PATCH":
            return EVENT, {"note": "new"}
        case "DELETE":
            return f"{EVENT}?reason=wrong", None
    return f"{EVENT}/merge?into=2024-11-02-talks&reason=one", None
