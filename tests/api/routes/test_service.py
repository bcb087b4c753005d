"""The routes about the service itself, and the headers that every answer has."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.api.problems.base import Problem
from app.api.problems.catalogue import PROBLEMS
from app.main import create_app
from app.settings import Settings


def _client_of_url(url: str) -> TestClient:
    """Return a client of an API over the database at this URL."""
    return TestClient(create_app(Settings(database_url=url)))


class TestGetHealth:
    def test_a_running_process_is_healthy(self, seeded_client: TestClient) -> None:
        answer = seeded_client.get("/healthz")

        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})

    def test_a_missing_database_does_not_matter(self) -> None:
        with _client_of_url("sqlite:////nowhere/at/all.db") as client:
            assert client.get("/healthz").status_code == 200


class TestGetReadiness:
    def test_a_database_with_tables_of_this_version_is_ready(
        self, seeded_client: TestClient
    ) -> None:
        answer = seeded_client.get("/readyz")

        assert (answer.status_code, answer.json()) == (200, {"status": "ready"})

    def test_a_writable_database_is_ready_to_write(self, client: TestClient) -> None:
        answer = client.get("/readyz?role=write")

        assert (answer.status_code, answer.json()) == (200, {"status": "ready"})

    @pytest.mark.parametrize(
        ("url", "detail"),
        [
            pytest.param("sqlite:///{}/new.db", "timeline db upgrade", id="not migrated"),
            pytest.param("sqlite:///{}/no/such.db", "cannot be reached", id="no such folder"),
            pytest.param("sqlite:///{}/text.db", "cannot be reached", id="not a database"),
            pytest.param(
                "postgresql://user:secret@127.0.0.1:1/none",
                "cannot be reached",
                id="no server at the port",
            ),
        ],
    )
    def test_an_unusable_database_gives_503(self, tmp_path: Path, url: str, detail: str) -> None:
        (tmp_path / "new.db").touch()
        (tmp_path / "text.db").write_text("This is no database. " * 100)

        with _client_of_url(url.format(tmp_path)) as client:
            answer = client.get("/readyz")

        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["retry-after"] == "10"
        assert answer.json()["type"] == "/problems/not-ready"
        assert detail in answer.json()["detail"]
        assert "secret" not in answer.text


class TestGetProblemType:
    @pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.slug)
    def test_describes_the_problem_type(
        self, seeded_client: TestClient, problem: type[Problem]
    ) -> None:
        answer = seeded_client.get(problem.type_uri())

        assert answer.status_code == 200
        assert answer.json() == {
            "type": problem.type_uri(),
            "title": problem.title,
            "status": problem.status,
            "description": " ".join((problem.__doc__ or "").split()),
        }
        assert len(answer.json()["description"]) > 40

    def test_each_class_of_problems_has_a_type(self) -> None:
        assert set(Problem.__subclasses__()) >= set(PROBLEMS)
        assert {kind.slug for kind in Problem.__subclasses__() if "slug" in vars(kind)} == {
            kind.slug for kind in PROBLEMS
        }


class TestRequestId:
    @pytest.mark.parametrize("path", ["/v1/events", "/v1/nothing", "/healthz"])
    def test_is_new_for_each_request(self, seeded_client: TestClient, path: str) -> None:
        ids = {seeded_client.get(path).headers["x-request-id"] for _ in range(3)}

        assert len(ids) == 3
        assert all(len(id) == 32 for id in ids)

    @pytest.mark.parametrize("given", ["a", "4bf92f35-77b3.4da6:a/3=+_", "x" * 128])
    def test_keeps_an_id_of_the_client_that_is_safe_to_log(
        self, seeded_client: TestClient, given: str
    ) -> None:
        answer = seeded_client.get("/v1/nothing", headers={"X-Request-Id": given})

        assert answer.headers["x-request-id"] == given == answer.json()["request_id"]

    @pytest.mark.parametrize(
        "given",
        [
            pytest.param(b"", id="empty"),
            pytest.param(b"x" * 129, id="too long"),
            pytest.param(b"a b", id="a space"),
            pytest.param(b'"}', id="quotes"),
            pytest.param("é".encode("latin-1"), id="not ASCII"),
        ],
    )
    def test_replaces_an_id_that_is_not_safe_to_log(
        self, seeded_client: TestClient, given: bytes
    ) -> None:
        answer = seeded_client.get("/v1/nothing", headers={b"X-Request-Id": given})

        assert answer.headers["x-request-id"] != given.decode("latin-1")
        assert answer.headers["x-request-id"] == answer.json()["request_id"]


class TestCors:
    ORIGIN = {"Origin": "https://frontend.example"}

    @pytest.mark.parametrize(
        ("method", "path"),
        [("GET", "/v1/events"), ("GET", "/v1/nothing"), ("POST", "/v1/events")],
        ids=["an answer", "a problem", "another problem"],
    )
    def test_any_page_may_read(self, seeded_client: TestClient, method: str, path: str) -> None:
        answer = seeded_client.request(method, path, headers=self.ORIGIN)

        assert answer.headers["access-control-allow-origin"] == "*"
        exposed = answer.headers["access-control-expose-headers"].split(", ")
        # The server does not name the safelist of Fetch, which every page may read.
        assert {"ETag", "Link", "X-Request-Id"} <= {*exposed}
        assert not {"Cache-Control", "Content-Language", "Content-Type"} & {*exposed}
        assert "origin" not in answer.headers.get("vary", "").lower()
        assert "access-control-allow-credentials" not in answer.headers

    def test_an_answer_without_an_origin_may_be_read_too(self, seeded_client: TestClient) -> None:
        """A cache may give a page an answer that it stored for a client without an origin."""
        assert seeded_client.get("/v1/events").headers["access-control-allow-origin"] == "*"

    def test_a_preflight_is_granted(self, seeded_client: TestClient) -> None:
        preflight = {
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "X-Request-Id, If-None-Match",
        }

        answer = seeded_client.options("/v1/events", headers={**self.ORIGIN, **preflight})

        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "GET" in answer.headers["access-control-allow-methods"]
        granted = answer.headers["access-control-allow-headers"]
        assert {"X-Request-Id", "If-None-Match"} <= set(granted.split(", "))
