"""`Timeline-Seq` and `Timeline-At-Least`: which state an answer was made from, and which it must hold."""

import pytest
from starlette.testclient import TestClient

from app.tables.database import Database
from app.tables.log import newest_seq
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.contract import OPERATIONS
from tests.support.editing import EVENT, plain
from tests.support.statements import counting_statements

SEQ, AT_LEAST = "Timeline-Seq", "Timeline-At-Least"
# One of each way to read.
READS = [
    "/v1/events",
    EVENT,
    "/v1/places/minsk",
    "/v1/events.csv",
    "/v1/events?facets=type&total=exact",
    "/v1/changes",
    "/v1/changes.ndjson",
    "/v1/dataset.sqlite",
    "/v1/records.ndjson",
    "/v1/coverage",
    "/en/explore",
    "/ogc/collections/events/items",
]


@pytest.fixture
def newest(database: Database) -> int:
    """The number of the newest change of a database with an event and a place."""
    store(database, *make_cast(), make_event(), make_place("minsk"))
    with database.read() as connection:
        return newest_seq(connection)


def _headers(database: Database) -> dict[str, str]:
    return {"Authorization": f"Bearer {make_key(database)}"}


class TestSeq:
    @pytest.mark.parametrize("path", READS)
    def test_each_read_has_the_number_of_its_state(
        self, client: TestClient, newest: int, path: str
    ) -> None:
        for _ in range(2):
            answer = client.get(path)
            assert (answer.status_code, answer.headers[SEQ]) == (200, str(newest))
        assert client.head(path).headers[SEQ] == str(newest)
        known = client.get(path, headers={"If-None-Match": answer.headers.get("ETag", '"-"')})
        assert known.headers[SEQ] == str(newest)

    @pytest.mark.usefixtures("newest")
    def test_a_kept_answer_has_it(self, client: TestClient) -> None:
        first, again = client.get(EVENT), client.get(EVENT)

        assert again.headers[SEQ] == first.headers[SEQ]
        assert again.headers["ETag"] == first.headers["ETag"]

    def test_a_past_state_has_its_own(self, client: TestClient, newest: int) -> None:
        past = newest - 1
        for path in ("/v1/events", "/v1/dataset.sqlite", "/en/explore", "/en" + EVENT[3:]):
            assert client.get(f"{path}?as_of={past}").headers[SEQ] == str(past)

    def test_a_problem_that_needed_data_has_it(self, client: TestClient, newest: int) -> None:
        assert client.get("/v1/places/nowhere").headers[SEQ] == str(newest)

    @pytest.mark.usefixtures("newest")
    @pytest.mark.parametrize("path", ["/healthz", "/readyz", "/openapi.json", "/v1/nothing"])
    def test_an_answer_without_data_has_none(self, client: TestClient, path: str) -> None:
        assert SEQ not in client.get(path).headers

    def test_an_empty_timeline_has_zero(self, client: TestClient) -> None:
        assert client.get("/v1/events").headers[SEQ] == "0"

    def test_each_write_has_the_number_that_it_left(
        self, client: TestClient, database: Database, newest: int
    ) -> None:
        headers = _headers(database)
        omsk, record = "/v1/places/omsk", plain(make_place("omsk"))

        put = client.put(omsk, json=record, headers={**headers, "If-None-Match": "*"})
        imported = client.post(
            "/v1/imports", json={"places": [plain(make_place("tver"))]}, headers=headers
        )
        same = client.put(omsk, json=record, headers={**headers, "If-Match": "*"})
        gone = client.delete(f"{omsk}?reason=r", headers={**headers, "If-Match": "*"})

        numbers = [int(answer.headers[SEQ]) for answer in (put, imported, same, gone)]
        assert numbers == [newest + 1, newest + 2, newest + 2, newest + 3]
        assert numbers[-1] == gone.json()["seq"]

    def test_pages_of_other_origins_may_read_it(self, client: TestClient, newest: int) -> None:
        exposed = client.get("/v1/events").headers["Access-Control-Expose-Headers"]

        assert SEQ in exposed.split(", ")
        assert newest

    def test_each_operation_declares_it(self) -> None:
        lacking = {
            name
            for name, (path, _, operation) in OPERATIONS.items()
            if path not in ("/healthz", "/readyz")
            and SEQ not in operation["responses"]["200"]["headers"]
        }

        assert lacking == set()

    @pytest.mark.usefixtures("newest")
    def test_it_costs_no_statement(self, client: TestClient) -> None:
        """On PostgreSQL it comes with the time limit, and on SQLite from the driver itself."""
        engines = client.app.state.database.engines  # type: ignore[attr-defined]
        client.get("/v1/places/minsk")
        with counting_statements(*engines) as seen:
            client.get(EVENT)

        assert len(seen) == 1


class TestAtLeast:
    @pytest.mark.parametrize("path", READS)
    def test_a_state_that_holds_the_change_answers(
        self, client: TestClient, newest: int, path: str
    ) -> None:
        answer = client.get(path, headers={AT_LEAST: str(newest)})

        assert (answer.status_code, answer.headers[SEQ]) == (200, str(newest))

    @pytest.mark.parametrize("path", READS)
    def test_no_other_state_answers(self, client: TestClient, newest: int, path: str) -> None:
        client.get(path)  # An answer is kept, and must not be sent.

        answer = client.get(path, headers={AT_LEAST: str(newest + 1)})

        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/behind")
        assert answer.headers["Retry-After"] == "1"
        assert str(newest) in answer.json()["detail"]

    @pytest.mark.usefixtures("newest")
    @pytest.mark.parametrize("value", ["", "abc", "-1", "1.5", "1, 2", "99999999999", "１"])
    def test_a_malformed_number_is_refused(self, client: TestClient, value: str) -> None:
        answer = client.get(EVENT, headers={AT_LEAST.encode(): value.encode()})

        assert answer.status_code == 400
        [error] = answer.json()["errors"]
        assert error["parameter"] == AT_LEAST
        assert error["detail"] == "expected one number of a change, such as 2746"

    @pytest.mark.usefixtures("newest")
    def test_a_cache_keeps_such_answers_apart(self, client: TestClient) -> None:
        assert AT_LEAST in client.get(EVENT).headers["Vary"]


class TestCursorsThatNameAState:
    """Servers with replicas send them, and every server reads them."""

    @pytest.fixture
    def following(self, client: TestClient, newest: int) -> str:
        """The path of the second page of events, without the name of a state."""
        assert newest
        cursor = client.get("/v1/changes?limit=1").json()["page"]["next"]
        assert cursor
        page = client.get("/v1/participants?limit=1").json()["page"]
        assert "." not in page["cursor"]
        return f"/v1/participants?limit=1&cursor={page['cursor']}"

    def test_the_page_is_the_same(self, client: TestClient, following: str, newest: int) -> None:
        assert (
            client.get(f"{following}.{newest}").json()["items"]
            == (client.get(following).json()["items"])
        )

    def test_a_state_without_the_change_does_not_answer(
        self, client: TestClient, following: str, newest: int
    ) -> None:
        assert client.get(f"{following}.{newest + 1}").status_code == 503

    @pytest.mark.parametrize("end", [".x", ".-1", "."])
    def test_a_mangled_number_names_no_state(
        self, client: TestClient, following: str, end: str
    ) -> None:
        assert client.get(following + end).status_code in (200, 400)
