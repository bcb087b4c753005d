"""`If-Match` and `If-None-Match`: a client never overwrites a state that it has not read."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from app.tables.database import Database
from tests.support.builders import make_cast, make_event, store
from tests.support.editing import EVENT, Editing, plain

OTHER = '"00000000000000000000000000000000"'
# Each update takes one read and one write, or several; 1,000 take most of a minute per engine.
UPDATES = int(os.environ.get("UPDATES", "60"))


@pytest.fixture
def editing(client: TestClient, database: Database) -> Editing:
    """A client that may write; the entities that an event names exist."""
    store(database, *make_cast())
    return Editing(client, database)


@pytest.fixture
def with_event(editing: Editing) -> Editing:
    """The same client, after it created the event."""
    editing.create(make_event())
    return editing


class TestIfMatch:
    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
    def test_an_existing_event_is_not_changed_without_the_header(
        self, with_event: Editing, method: str
    ) -> None:
        answer = with_event.send(method, *_request(method))

        assert answer.status_code == 428
        assert answer.json()["type"] == "/problems/precondition-required"

    def test_a_put_that_changes_nothing_needs_no_header(self, with_event: Editing) -> None:
        """A script may repeat its request."""
        answer = with_event.send("PUT", EVENT, plain(make_event()))

        assert (answer.status_code, answer.json()["revision"]) == (200, 1)
        assert answer.headers["etag"] == with_event.tag(EVENT)

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "POST"])
    def test_an_outdated_tag_fails(self, with_event: Editing, method: str) -> None:
        answer = with_event.send(method, *_request(method), {"If-Match": OTHER})

        assert answer.status_code == 412
        assert answer.json()["type"] == "/problems/precondition-failed"
        assert answer.headers["etag"] == with_event.tag(EVENT)
        assert with_event.client.get(EVENT).json()["revision"] == 1

    @pytest.mark.parametrize(
        "header",
        [
            pytest.param("{tag}", id="the current tag"),
            pytest.param("*", id="any"),
            pytest.param(f"{OTHER}, {{tag}}", id="one of several"),
            pytest.param('"{opaque}-gzip"', id="the tag of the gzip response"),
            pytest.param('"{opaque}-zstd"', id="the tag of the zstd response"),
        ],
    )
    def test_the_current_tag_is_accepted(self, with_event: Editing, header: str) -> None:
        tag = with_event.tag(EVENT)
        given = header.format(tag=tag, opaque=tag.strip('"'))

        answer = with_event.send("PATCH", EVENT, {"note": "new"}, {"If-Match": given})

        assert answer.json()["note"] == "new"

    @pytest.mark.parametrize(
        "header",
        [
            pytest.param("W/{tag}", id="a weak tag proves nothing"),
            pytest.param("{opaque}", id="without quotes"),
            pytest.param('"{opaque}-deflate"', id="a coding that the server never sends"),
            pytest.param('"{opaque}', id="an unclosed quote"),
            pytest.param("", id="empty"),
            pytest.param(",", id="only a comma"),
        ],
    )
    def test_any_other_tag_fails(self, with_event: Editing, header: str) -> None:
        tag = with_event.tag(EVENT)
        given = header.format(tag=tag, opaque=tag.strip('"'))

        answer = with_event.send("PATCH", EVENT, {"note": "new"}, {"If-Match": given})

        assert answer.status_code == (412 if header else 428)

    @pytest.mark.parametrize(
        ("header", "advice"),
        [
            pytest.param("W/{tag}", "If-Match has the weak tag W/{tag}, and only", id="weak"),
            pytest.param('W/"{opaque}-gzip"', "If-Match has the weak tag W/{tag}, and", id="gzip"),
            pytest.param(
                f"{OTHER}, W/{{tag}}", "If-Match has the weak tag W/{tag}", id="in a list"
            ),
            pytest.param("{opaque}", "If-Match has a tag without quotes: send", id="no quotes"),
            pytest.param("W/{opaque}", "If-Match has a tag without quotes", id="weak, no quotes"),
            pytest.param("{opaque}, {opaque}", "If-Match has a tag without", id="list, no quotes"),
            pytest.param(
                "abc", "If-Match has a tag without quotes, and names", id="outdated, no quotes"
            ),
            pytest.param(f"W/{OTHER}", "If-Match names another state", id="weak and outdated"),
            pytest.param("w/{tag}", "If-Match names another state", id="w/ is not W/"),
        ],
    )
    def test_the_detail_names_the_fault_of_the_tag(
        self, with_event: Editing, header: str, advice: str
    ) -> None:
        """nginx makes a tag weak when it compresses, and the detail showed the same tag twice."""
        tag = with_event.tag(EVENT)
        parts = {"tag": tag, "opaque": tag.strip('"')}

        answer = with_event.send(
            "DELETE", f"{EVENT}?reason=r", headers={"If-Match": header.format(**parts)}
        )

        assert answer.status_code == 412
        assert answer.json()["detail"].startswith(advice.format(**parts))
        assert tag in answer.json()["detail"]

    @pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
    def test_the_tag_of_a_compressed_answer_is_accepted(
        self, with_event: Editing, coding: str
    ) -> None:
        read = with_event.client.get(EVENT, headers={"Accept-Encoding": coding})
        assert read.headers["etag"].endswith(f'-{coding}"')

        answer = with_event.send(
            "PATCH", EVENT, {"note": "new"}, {"If-Match": read.headers["etag"]}
        )

        assert answer.status_code == 200

    def test_several_header_lines_are_one_list(self, with_event: Editing) -> None:
        lines = [("If-Match", OTHER), ("If-Match", with_event.tag(EVENT)), *with_event.key.items()]

        answer = with_event.client.patch(
            EVENT,
            content=b"{}",
            headers=[*lines, ("Content-Type", "application/merge-patch+json")],
        )

        assert answer.status_code == 200

    @pytest.mark.parametrize("header", ["*", OTHER])
    def test_any_tag_fails_for_a_missing_event(self, editing: Editing, header: str) -> None:
        answer = editing.send("PUT", EVENT, plain(make_event()), {"If-Match": header})

        assert answer.status_code == 412
        assert "etag" not in answer.headers

    def test_renaming_a_participant_changes_the_tag_of_the_event(self, with_event: Editing) -> None:
        tag = with_event.tag(EVENT)
        with_event.change("PATCH", "/v1/participants/sergey-lavrov", {"names": {"en": "S. Lavrov"}})

        answer = with_event.send("PATCH", EVENT, {"note": "new"}, {"If-Match": tag})

        assert answer.status_code == 412


class TestIfNoneMatch:
    def test_a_star_creates_a_missing_event(self, editing: Editing) -> None:
        answer = editing.send("PUT", EVENT, plain(make_event()), {"If-None-Match": "*"})

        assert answer.status_code == 201

    @pytest.mark.parametrize("header", ["*", "{tag}", "W/{tag}"])
    def test_an_existing_event_is_not_replaced(self, with_event: Editing, header: str) -> None:
        given = {"If-None-Match": header.format(tag=with_event.tag(EVENT)), "If-Match": "*"}

        answer = with_event.send("PUT", EVENT, plain(make_event(note="new")), given)

        assert answer.status_code == 412
        assert with_event.client.get(EVENT).json()["note"] is None


class TestConcurrentWrites:
    @pytest.mark.thorough
    def test_no_update_is_lost(self, with_event: Editing) -> None:
        """Two clients increment a number in one event; some collide, and no increment is lost."""

        def count(updates: int) -> int:
            collisions = 0
            while updates:
                read = with_event.client.get(EVENT)
                counted = int(read.json()["note"] or 0) + 1
                answer = with_event.send(
                    "PATCH", EVENT, {"note": str(counted)}, {"If-Match": read.headers["etag"]}
                )
                assert answer.status_code in (200, 412), answer.text
                updates -= answer.status_code == 200
                collisions += answer.status_code == 412
            return collisions

        with ThreadPoolExecutor(2) as clients:
            collisions = [*clients.map(count, [UPDATES // 2] * 2)]

        event = with_event.client.get(EVENT).json()
        assert (event["note"], event["revision"]) == (str(UPDATES), UPDATES + 1)
        assert sum(collisions) > 0

    def test_one_of_four_clients_creates_the_event(self, editing: Editing) -> None:
        with ThreadPoolExecutor(4) as clients:
            answers = clients.map(
                lambda _: editing.send("PUT", EVENT, plain(make_event()), {"If-None-Match": "*"}),
                range(4),
            )

        assert sorted(answer.status_code for answer in answers) == [201, 412, 412, 412]


class TestWaitingWriters:
    def test_reads_are_answered_while_many_writes_wait(
        self, with_event: Editing, database: Database
    ) -> None:
        """More writes wait than the server has request threads and pooled connections."""
        with ThreadPoolExecutor(12) as clients:
            with database.write():
                waiting = [
                    clients.submit(
                        with_event.send, "PATCH", EVENT, {"note": f"{n}"}, {"If-Match": "*"}
                    )
                    for n in range(12)
                ]
                time.sleep(0.3)
                started = time.monotonic()
                assert with_event.client.get(EVENT).json()["revision"] == 1
                assert time.monotonic() - started < 10
                assert not any(each.done() for each in waiting)
            answers = [each.result() for each in waiting]

        assert [answer.status_code for answer in answers] == [200] * 12
        assert with_event.client.get(EVENT).json()["revision"] == 13


def _request(method: str) -> tuple[str, object]:
    """Return the path and the body of a request that would change the event."""
    match method:
        case "PUT":
            return EVENT, plain(make_event(note="new"))
        case "PATCH":
            return EVENT, {"note": "new"}
        case "DELETE":
            return f"{EVENT}?reason=wrong", None
    return f"{EVENT}/merge?into=2024-11-02-talks&reason=one", None
