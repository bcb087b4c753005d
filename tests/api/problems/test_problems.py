"""Every failure is answered with a problem document (RFC 9457) in plain words."""

import asyncio
import json
import re
from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any
from urllib.parse import quote, unquote

import pytest
import structlog
from fastapi import FastAPI, HTTPException
from starlette.testclient import TestClient
from starlette.types import Message, Scope

from app.api import problems
from app.api.middleware import request_log
from app.api.problems import handlers
from app.api.problems.base import ProblemDocument
from app.api.problems.catalogue import PROBLEMS
from app.domain.vocabulary import EntityKind
from app.main import create_app
from app.settings import Settings
from tests.support.answers import EXAMPLE_IDS
from tests.support.contract import OPERATIONS

EVENT = "/v1/events/2024-11-01-lavrov-choe-strategic-consultations"

# The keys of an error in a body, which are null in an error of a parameter.
NULL_KEYS = dict.fromkeys(("record", "pointer", "line"))


def _assert_problem(answer: Any, status: int, slug: str) -> dict[str, Any]:
    """Return the problem; check that it is complete, of this type, and about this request."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert ProblemDocument.model_validate(problem).model_dump(mode="json") == problem
    assert (problem["status"], problem["type"]) == (status, f"/problems/{slug}")
    assert problem["request_id"] == answer.headers["x-request-id"]
    assert unquote(problem["instance"]) == answer.request.url.path
    assert answer.headers["cache-control"] == "no-store"
    return problem


class TestPathsAndMethods:
    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("/v1/nothing", id="an unknown collection"),
            pytest.param("/v1/events/", id="a trailing slash"),
            pytest.param(f"{EVENT}/nothing", id="an unknown path below an event"),
            pytest.param("/v1/events/2024-no-such-event", id="event"),
            pytest.param("/v1/events/2024-no-such-event/evidence", id="evidence"),
            pytest.param("/v1/events/2024-no-such-event/related", id="related events"),
            pytest.param("/v1/participants/nobody", id="participant"),
            pytest.param("/v1/participants/nobody/events", id="events of a participant"),
            pytest.param("/v1/participants/nobody/counterparts", id="counterparts"),
            pytest.param("/v1/treaties/none", id="treaty"),
            pytest.param("/v1/places/nowhere", id="place"),
            pytest.param("/v1/sources/none", id="source"),
            pytest.param("/problems/none", id="problem type"),
        ],
    )
    def test_an_unknown_path_or_id_is_not_found(self, seeded_client: TestClient, path: str) -> None:
        problem = _assert_problem(seeded_client.get(path), 404, "not-found")

        assert problem["errors"] == []

    @pytest.mark.parametrize(
        ("path", "reference"),
        [
            pytest.param("/v1/events/a%20b%22%3C", "/v1/events/a%20b%22%3C", id="encoded"),
            pytest.param("/v1/events/최선희", f"/v1/events/{quote('최선희')}", id="another script"),
            pytest.param("/v1/a%3Fb%23c%25zz%0A", "/v1/a%3Fb%23c%25zz%0A", id="no query"),
            pytest.param("/v1/a:@!$&'()*+,;=~-._", "/v1/a:@!$&'()*+,;=~-._", id="as it is"),
            pytest.param("/%2Fexample.org", "/%2Fexample.org", id="no host"),
        ],
    )
    def test_the_instance_is_a_reference_to_the_path(
        self, seeded_client: TestClient, path: str, reference: str
    ) -> None:
        # RFC 9457 §3.1.5. Clients in Java refuse any other text there.
        assert seeded_client.get(path).json()["instance"] == reference

    def test_the_detail_names_the_id(self, seeded_client: TestClient) -> None:
        problem = seeded_client.get("/v1/places/nowhere").json()

        assert problem["detail"] == "there is no place with the id 'nowhere'"

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    @pytest.mark.parametrize(
        "path",
        [
            "/v1/events",
            "/healthz",
            "/openapi.json",
            "/v1/events/histogram",
            f"{EVENT}.jsonld",
            "/v1/participants/resolve",
        ],
    )
    def test_an_unsupported_method_is_refused(
        self, seeded_client: TestClient, method: str, path: str
    ) -> None:
        answer = seeded_client.request(method, path)

        problem = _assert_problem(answer, 405, "method-not-allowed")
        assert answer.headers["allow"] == "GET, HEAD"
        assert problem["detail"].startswith(
            f"this path does not support {method}; it supports GET, HEAD"
        )

    @pytest.mark.parametrize("accept", ["*/*", "text/html"])
    @pytest.mark.parametrize("method", ["OPTIONS", "GET"])
    def test_a_request_for_the_server_itself_is_not_found(
        self, seeded_client: TestClient, method: str, accept: str
    ) -> None:
        """Answer `OPTIONS *`, whose path has no slash (RFC 9110, 9.3.7)."""
        app: Any = seeded_client.app
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.request"}

        scope: Scope = {
            "type": "http",
            "method": method,
            "path": "*",
            "scheme": "http",
            "query_string": b"",
            "headers": [(b"host", b"x"), (b"accept", accept.encode())],
        }
        asyncio.run(app(scope, receive, send))

        assert sent[0]["status"] == 404

    @pytest.mark.parametrize("kind", EntityKind)
    def test_post_to_a_list_is_told_to_put(
        self, seeded_client: TestClient, kind: EntityKind
    ) -> None:
        problem = seeded_client.post(f"/v1/{kind.collection}").json()

        assert problem["detail"].endswith(f"; to add one, PUT /v1/{kind.collection}/{{id}}")

    @pytest.mark.parametrize(
        ("path", "allow"),
        [
            pytest.param(EVENT, "DELETE, GET, HEAD, PATCH, PUT", id="an entity"),
            pytest.param(f"{EVENT}/merge", "POST", id="a merge"),
        ],
    )
    def test_a_refusal_names_every_supported_method(
        self, seeded_client: TestClient, path: str, allow: str
    ) -> None:
        answer = seeded_client.request("OPTIONS", path)

        assert answer.headers["allow"] == allow
        assert answer.json()["detail"].endswith(f"it supports {allow}")


class TestParameterNames:
    @pytest.mark.parametrize(
        ("url", "detail"),
        [
            pytest.param(
                "/v1/events?participants=a",
                "unknown parameter 'participants': did you mean 'participant'?",
                id="a similar name",
            ),
            pytest.param(
                "/v1/events?TYPE=a",
                "unknown parameter 'TYPE': did you mean 'type'?",
                id="capitals",
            ),
            pytest.param(
                "/v1/places?zzz=1",
                "unknown parameter 'zzz': this path takes activity, as_of, bbox, country, cursor, id, identifier, "
                "limit, part_of, q, release, total",
                id="no similar name",
            ),
            pytest.param(
                "/v1/vocabularies?lang=fr",
                "unknown parameter 'lang': this path takes none",
                id="a path without parameters",
            ),
            pytest.param(
                "/v1/events?=1&limit=1",
                "unknown parameter '': this path takes agency,",
                id="empty",
            ),
            pytest.param(f"/v1/vocabularies?{'x' * 90}=1", f"'{'x' * 58}…'", id="long"),
            pytest.param("/v1/events?page=2", "did you mean 'cursor'? pages have no", id="page"),
            pytest.param("/v1/events?offset=9", "did you mean 'cursor'?", id="offset"),
            pytest.param("/v1/events?pageSize=9", "did you mean 'limit'?", id="size of a page"),
            pytest.param("/v1/events?since=2024", "did you mean 'date'?", id="since"),
            pytest.param("/v1/events?start=2024", "did you mean 'date'?", id="start"),
            pytest.param("/v1/changes?from=2024", "did you mean 'since'?", id="from, of changes"),
            pytest.param("/v1/treaties?date=2024", "did you mean 'in_force_on'?", id="a day"),
            pytest.param("/v1/events?search=a", "did you mean 'q'?", id="search"),
            pytest.param("/v1/events?order_by=date", "did you mean 'sort'?", id="order"),
            pytest.param("/v1/events?format=csv", "the end of the path chooses", id="format"),
            pytest.param("/v1/events?lang=fr", "texts in every language", id="language"),
            pytest.param("/v1/events.csv?limit=5", "no pages: it is complete", id="a limit"),
            pytest.param("/v1/events?participant_id=a", "did you mean 'participant'?", id="an id"),
            pytest.param("/v1/events?typ=visit", "did you mean 'type'?", id="a letter less"),
            pytest.param("/v1/events?pace=a", "did you mean 'place'?", id="one of two"),
            pytest.param("/v1/events?flace_of=a", "this path takes agency,", id="no near name"),
            pytest.param("/healthz?a=1", "this path takes none", id="health"),
            pytest.param("/readyz?a=1", "this path takes role", id="readiness"),
            pytest.param("/problems/not-found?a=1", "this path takes none", id="problem type"),
        ],
    )
    def test_an_unknown_parameter_is_refused(
        self, seeded_client: TestClient, url: str, detail: str
    ) -> None:
        problem = _assert_problem(seeded_client.get(url), 400, "unknown-parameter")

        assert detail in problem["detail"]

    def test_every_unknown_parameter_is_named(self, seeded_client: TestClient) -> None:
        problem = seeded_client.get("/v1/events?lmit=1&typ=visit&dat=2024&sorting=date").json()

        assert [error["parameter"] for error in problem["errors"]] == [
            "lmit",
            "typ",
            "dat",
            "sorting",
        ]

    def test_every_empty_field_of_a_form_is_named(self, seeded_client: TestClient) -> None:
        problem = seeded_client.get("/v1/events?date=&q=&total=exact&id=").json()

        assert problem["type"] == "/problems/invalid-parameter"
        assert [error["parameter"] for error in problem["errors"]] == ["date", "q", "id"]

    @pytest.mark.parametrize(
        "query",
        [
            "facets=type,side",
            "tag=summit,treaties",
            "country=RU,KP",
            "id=2024-a,2024-b",
            "side=a,b",
        ],
    )
    def test_a_list_with_commas_is_refused_with_advice_to_repeat_the_parameter(
        self, seeded_client: TestClient, query: str
    ) -> None:
        problem = seeded_client.get(f"/v1/events?{query}").json()

        assert "for several values, repeat the parameter" in problem["detail"]

    def test_only_twenty_of_thousands_are_named(self, seeded_client: TestClient) -> None:
        problem = seeded_client.get("/v1/events?" + "&".join(f"x{n}=" for n in range(2000))).json()

        assert len(problem["errors"]) == 20

    @pytest.mark.parametrize(
        "url",
        [
            "/v1/events?limit=1&limit=2",
            "/v1/events?certainty=certain&certainty=certain",
            "/v1/places?cursor=a&cursor=b",
            "/v1/treaties?in_force_on=2024&in_force_on=2025",
        ],
    )
    def test_a_repeated_parameter_is_refused(self, seeded_client: TestClient, url: str) -> None:
        problem = _assert_problem(seeded_client.get(url), 400, "repeated-parameter")

        name = problem["errors"][0]["parameter"]
        assert problem["detail"] == f"{name} takes one value"


class TestParameterValues:
    @pytest.mark.parametrize(
        ("url", "detail"),
        [
            pytest.param(
                "/v1/events?limit=-1",
                "limit: found the text '-1', expected a number of at least 0",
                id="limit too small",
            ),
            pytest.param(
                "/v1/places?limit=201",
                "limit: found the text '201', expected a number of at most 200",
                id="limit too large",
            ),
            pytest.param(
                "/v1/events?limit=ten",
                "limit: found the text 'ten', expected a whole number",
                id="limit not a number",
            ),
            pytest.param(
                "/v1/events?limit=",
                "limit: has no value: give it one, or leave the parameter out",
                id="limit empty",
            ),
            pytest.param(
                "/v1/events?type=visits",
                "type: found the text 'visits', expected one of: meeting, visit, letter, treaty, "
                "call, statement, ceremony, appointment; did you mean 'visit'?",
                id="an unknown type",
            ),
            pytest.param(
                "/v1/events?total=all",
                "total: found the text 'all', expected one of: none, exact",
                id="an unknown total",
            ),
            pytest.param(
                "/v1/events?date=2024-13",
                "date: month 13 is not in 01–12 (in '2024-13')",
                id="an impossible month",
            ),
            pytest.param(
                "/v1/treaties?in_force_on=[2024,2025]",
                "in_force_on: several dates are not a range: write one date such as 2024-06, or an "
                "interval such as 2023-09/2024-06 (in '[2024,2025]')",
                id="a set as a range",
            ),
            pytest.param(
                f"/v1/events?date={'2024' * 51}",
                f"date: found the text '{'2024' * 14}20…, expected a text of at most 200 characters",
                id="a date too long",
            ),
            pytest.param(
                "/v1/events?country=RU&country=XX",
                "country: found the text 'XX': not a country code: "
                "ISO 3166-1 alpha-2 such as RU or KP, or SU",
                id="an unknown country",
            ),
            pytest.param(
                "/v1/events?side=ru",
                "side: found the text 'ru', expected a country code: "
                "ISO 3166-1 alpha-2 such as RU or KP, or SU; did you mean 'RU'?",
                id="a country in small letters",
            ),
            pytest.param(
                "/v1/events?participant=Sergey Lavrov",
                "participant: found the text 'Sergey Lavrov', expected an id: lower-case letters "
                "and digits joined by single hyphens, such as sergey-lavrov; "
                "/v1/resolve?kind=participant&name=Sergey+Lavrov finds the ids of a name",
                id="a name as an id",
            ),
            pytest.param(
                "/v1/places/Moscow",
                "place_id: found the text 'Moscow', expected an id: lower-case letters and digits "
                "joined by single hyphens, such as moscow; /v1/resolve?kind=place&name=Moscow "
                "finds the ids of a name",
                id="a malformed id in the path",
            ),
            pytest.param(
                "/v1/events?place=Москва",
                "place: found the text 'Москва', expected an id: lower-case letters and digits "
                "joined by single hyphens, such as moscow; /v1/resolve?kind=place&name=Москва "
                "finds the ids of a name",
                id="a name as a place",
            ),
            pytest.param(
                "/v1/events?treaty=Treaty",
                "treaty: found the text 'Treaty', expected an id: lower-case letters and digits "
                "joined by single hyphens, such as friendship-treaty-1961; "
                "/v1/resolve?kind=treaty&name=Treaty finds the ids of a name",
                id="a name as a treaty",
            ),
            pytest.param(
                "/v1/events/talks/related",
                "event_id: found the text 'talks', expected an event's id: the date as first "
                "known, then lower-case words and digits joined by single hyphens, such as "
                "2024-11-01-lavrov-choe-strategic-consultations",
                id="a malformed event id in the path",
            ),
            pytest.param(
                f"/v1/sources/{'a' * 121}",
                f"source_id: found the text '{'a' * 58}…, expected a text of at most 120 characters",
                id="an id too long",
            ),
            pytest.param(
                "/v1/sources?language=French",
                "language: found the text 'French', expected a language code: ISO 639, two or "
                "three lower-case letters such as fr",
                id="a language's name",
            ),
            pytest.param(
                "/v1/sources?publisher=",
                "publisher: has no value: give it one, or leave the parameter out",
                id="an empty publisher",
            ),
            pytest.param(
                "/v1/events?min_sources=-1",
                "min_sources: found the text '-1', expected a number of at least 0",
                id="a negative number",
            ),
            pytest.param(
                "/v1/participants?name=%00",
                "name: found the text '\\x00': character U+0000 is not allowed in a text",
                id="a text that cannot be stored",
            ),
            pytest.param(
                f"/v1/participants?name={'a' * 301}",
                f"name: found the text '{'a' * 58}…, expected a text of at most 300 characters",
                id="a name too long",
            ),
            pytest.param(
                f"/v1/events?{'tag=a&' * 101}",
                "tag: found a list of 101, expected at most 100",
                id="too many values",
            ),
            pytest.param(
                f"/v1/events?cursor={'a' * 2001}",
                f"cursor: found the text '{'a' * 58}…, expected a text of at most 2000 characters",
                id="a cursor too long",
            ),
            pytest.param(
                f"/problems/{'a' * 61}",
                f"problem: found the text '{'a' * 58}…, expected a text of at most 60 characters",
                id="a problem type too long",
            ),
        ],
    )
    def test_an_invalid_value_is_refused(
        self, seeded_client: TestClient, url: str, detail: str
    ) -> None:
        problem = _assert_problem(seeded_client.get(url), 400, "invalid-parameter")

        assert problem["detail"] == detail
        parameter, _, sentence = detail.partition(": ")
        assert problem["errors"] == [{**NULL_KEYS, "parameter": parameter, "detail": sentence}]

    def test_every_invalid_value_is_named(self, seeded_client: TestClient) -> None:
        problem = seeded_client.get("/v1/events?limit=x&type=a&type=b&date=now&sort=up").json()

        assert sorted(error["parameter"] for error in problem["errors"]) == [
            "date",
            "limit",
            "sort",
            "type",
            "type",
        ]

    @pytest.mark.thorough
    def test_every_parameter_explains_errors_in_plain_words(
        self, seeded_client: TestClient
    ) -> None:
        """No detail has a sentence or a pattern of the validation library."""
        jargon = ("Input should", "String should", "List should", "Value error", "pattern", "^")
        for path, method, operation in OPERATIONS.values():
            for parameter in operation["parameters"] if method == "get" else ():
                if parameter["in"] == "query" and parameter["name"] != "cursor":
                    url = path.format(**EXAMPLE_IDS)
                    answer = seeded_client.get(f"{url}?{parameter['name']}={'~' * 301}")
                    problem = _assert_problem(answer, 400, "invalid-parameter")
                    assert not [word for word in jargon if word in problem["detail"]], problem

    @pytest.mark.parametrize("cursor", ["x", "AAAA", "%00", "é"])
    def test_an_invalid_cursor_is_refused(self, seeded_client: TestClient, cursor: str) -> None:
        problem = _assert_problem(
            seeded_client.get(f"/v1/events?cursor={cursor}"), 400, "invalid-cursor"
        )

        assert "omit cursor to begin at the first page" in problem["detail"]


class TestServerErrors:
    SECRET = "postgresql://timeline:hunter2@db.internal/timeline"

    @pytest.fixture
    def log(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[MutableMapping[str, Any]]]:
        """Yield the log entries of requests."""
        monkeypatch.setattr(request_log, "_log", structlog.get_logger())
        with structlog.testing.capture_logs() as entries:
            yield entries

    @pytest.fixture
    def failing(self) -> Iterator[TestClient]:
        """Yield a client of an API with routes that fail; its database does not exist."""
        app = create_app(Settings(database_url="sqlite:////nowhere/at/all.db"))
        self._add_failing_routes(app)
        with TestClient(app, headers={"Origin": "https://frontend.example"}) as client:
            yield client

    def _add_failing_routes(self, app: FastAPI) -> None:
        @app.get("/fails")
        def fail() -> None:
            raise RuntimeError(self.SECRET)

        @app.get("/fails-later")
        async def fail_later() -> None:
            raise KeyError(self.SECRET)

        @app.get("/teapot")
        async def brew() -> None:
            raise HTTPException(418, "short and stout")

    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("/fails", id="in a thread"),
            pytest.param("/fails-later", id="on the loop"),
        ],
    )
    def test_an_internal_error_reveals_no_internals(
        self, failing: TestClient, log: list[MutableMapping[str, Any]], path: str
    ) -> None:
        answer = failing.get(path)

        problem = _assert_problem(answer, 500, "internal-error")
        assert problem["detail"].endswith(problem["request_id"])
        for secret in ("hunter2", "Traceback", "Error(", "nowhere", ".py"):
            assert secret not in answer.text
        assert answer.headers["access-control-allow-origin"] == "*"
        failed, request = log
        assert failed["event"] == "request failed"
        assert failed["exc_info"]
        assert request["status"] == 500
        assert failed["request_id"] == request["request_id"] == problem["request_id"]

    def test_a_missing_database_gives_503(
        self, failing: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(handlers, "_log", structlog.get_logger())
        with structlog.testing.capture_logs() as entries:
            answer = failing.get("/v1/events")

        problem = _assert_problem(answer, 503, "not-ready")
        assert answer.headers["retry-after"] == "10"
        assert "nowhere" not in answer.text
        assert entries[0]["event"] == "the database does not answer"
        assert entries[0]["request_id"] == problem["request_id"]

    def test_a_request_cancelled_at_shutdown_gives_503(
        self, log: list[MutableMapping[str, Any]]
    ) -> None:
        """The server cancels requests that are still running after its shutdown timeout."""
        sent: list[Any] = []

        async def cancelled(*_: object) -> None:
            raise asyncio.CancelledError

        async def send(message: object) -> None:
            sent.append(message)

        async def receive() -> dict[str, str]:
            return {"type": "http.request"}

        scope: Scope = {"type": "http", "method": "GET", "path": "/v1/events", "query_string": b""}
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(
                request_log.RequestLogMiddleware(cancelled)({**scope, "headers": []}, receive, send)
            )

        start, body = sent
        assert start["status"] == 503
        assert json.loads(body["body"])["type"] == "/problems/not-ready"
        assert log[-1]["status"] == 503

    def test_a_status_without_a_problem_type_is_about_blank(self, failing: TestClient) -> None:
        answer = failing.get("/teapot")

        assert answer.status_code == 418
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["type"] == "about:blank"
        assert answer.json()["detail"] == "short and stout"

    def test_each_request_is_logged_once(
        self, client: TestClient, log: list[MutableMapping[str, Any]]
    ) -> None:
        answer = client.get("/v1/events?limit=1&date=2024")

        (entry,) = log
        assert entry.pop("ms") > 0
        assert entry == {
            "event": "request",
            "log_level": "info",
            "request_id": answer.headers["x-request-id"],
            "method": "GET",
            "path": "/v1/events",
            "query": "limit=1&date=2024",
            "status": 200,
            "client": "testclient",
            "key": None,
        }


def test_the_tree_in_the_docstring_shows_each_problem_once() -> None:
    tree = re.findall(r"^    ├── (\d+)  (.*)$", problems.__doc__ or "", re.MULTILINE)

    shown = [(int(status), name) for status, names in tree for name in names.split(" · ")]
    assert shown == sorted((int(kind.status), kind.__name__) for kind in PROBLEMS)


def test_every_type_of_problem_has_a_test() -> None:
    """The tests of other files cover some types; the tests above cover the rest.

    Readiness: `not-ready`. Routes with a maximum: `too-many-results`. Tables: `not-installed`. oEmbed: `format-not-offered`. Keys: `unauthorized` and
    `insufficient-scope`. Standby: `read-only`. State of an answer: `behind`. Limits: the types of requests above a limit. Dataset:
    `range-not-satisfiable`. Writes and bodies: the refusals of writes.
    """
    assert {kind.slug for kind in PROBLEMS} == {
        "unknown-parameter",
        "repeated-parameter",
        "invalid-parameter",
        "invalid-cursor",
        "too-many-results",
        "not-found",
        "method-not-allowed",
        "range-not-satisfiable",
        "internal-error",
        "format-not-offered",
        "not-installed",
        "not-ready",
        "unauthorized",
        "insufficient-scope",
        "request-timeout",
        "uri-too-long",
        "too-many-requests",
        "headers-too-large",
        "query-timeout",
        "behind",
        "read-only",
        "later-changes",
        "possible-duplicate",
        "still-referred",
        "withdrawn",
        "precondition-failed",
        "body-too-large",
        "unsupported-media-type",
        "invalid-records",
        "precondition-required",
        "import-in-progress",
        "idempotency-key-reused",
    }


def _wrong_values() -> Iterator[tuple[str, str, object]]:
    """Yield a URL with a wrong value of each parameter of each read, with its name and schema."""
    for path, method, operation in OPERATIONS.values():
        for each in operation.get("parameters", ()):
            if method == "get" and each["in"] == "query" and each["schema"] != {"type": "string"}:
                url = f"{path.format(**EXAMPLE_IDS)}?{each['name']}=%C2%A7"
                yield url, each["name"], each["schema"]


def _unexplained(client: TestClient, urls: Iterable[str]) -> list[str]:
    return [url for url in urls if "Input should" in client.get(url).text]


@pytest.mark.sqlite
class TestWords:
    """A detail is in our words; the validator names no value that is right."""

    def test_a_wrong_value_of_each_parameter_is_explained(self, seeded_client: TestClient) -> None:
        one_of_each = {(name, json.dumps(schema)): url for url, name, schema in _wrong_values()}

        assert len(one_of_each) > 50
        assert _unexplained(seeded_client, one_of_each.values()) == []

    @pytest.mark.thorough
    def test_every_wrong_value_is_explained(self, seeded_client: TestClient) -> None:
        asked = [url for url, *_ in _wrong_values()]
        asked += [f"/ogc/collections/events/items?{name}=x" for name in ("f", "crs", "bbox-crs")]

        assert len(asked) > 500
        assert _unexplained(seeded_client, asked) == []
