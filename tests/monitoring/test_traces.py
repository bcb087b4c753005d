"""A server sends a span for each request and statement to a collector of OpenTelemetry."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from signal import SIGTERM
from typing import Any, NamedTuple

import httpx
import pytest
from pydantic import ValidationError

from app.settings import Settings
from app.tables.database import Database
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.cluster import wait_until
from tests.support.collector import Collector, Sent, running_collector
from tests.support.databases import NewDatabase
from tests.support.logs import read_log
from tests.support.servers import free_port, served

TRACE, PARENT = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"


class Site(NamedTuple):
    """A server over one event, its log, and the collector of its spans."""

    client: httpx.Client
    log: Path
    collector: Collector
    engine: str

    def get(self, path: str, trace: str, **headers: str) -> Sent:
        """Ask for a path within a trace, and return the span of the request."""
        traceparent = f"00-{trace}-{PARENT}-01"
        self.client.get(path, headers={"traceparent": traceparent, **headers})
        (span,) = self.collector.wait_for(
            lambda span: span.trace_id == trace and span.parent_id == PARENT
        )
        return span

    def line_of(self, request_id: str) -> dict[str, Any]:
        """Return the line of a request in the log, which is written after the answer."""

        def found() -> list[dict[str, Any]]:
            return [line for line in read_log(self.log) if line.get("request_id") == request_id]

        wait_until(lambda: bool(found()), "the log lacks the request")
        return found()[0]


@pytest.fixture(scope="module")
def site(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server on SQLite and then on PostgreSQL, which sends what it has after a tenth of a second."""
    folder, url = tmp_path_factory.mktemp("site"), new_database("traces")
    with (
        running_collector() as collector,
        served(
            url,
            log=folder / "log",
            seeds=folder / "none",
            traces_url=collector.url,
            variables={"OTEL_BSP_SCHEDULE_DELAY": "100"},
        ) as (base, _),
        httpx.Client(base_url=base, timeout=60) as client,
        closing(Database(url)) as database,
    ):
        store(database, *make_cast(), make_place(), make_event())
        engine = "sqlite" if database.is_sqlite else "postgresql"
        yield Site(client, folder / "log", collector, engine)


def test_a_request_is_a_span_of_its_route_in_the_callers_trace(site: Site) -> None:
    event = site.client.get("/v1/events").json()["items"][0]["id"]

    span = site.get(f"/v1/events/{event}", TRACE)

    assert span.name == "GET /v1/events/{event_id}"
    assert span.service == "timeline"
    assert span.attributes["http.response.status_code"] == 200
    assert span.attributes["url.path"] == f"/v1/events/{event}"
    assert not span.failed


def test_its_statements_are_spans_within_it_without_values(site: Site) -> None:
    span = site.get("/v1/events?type=meeting", TRACE[::-1])

    statements = site.collector.children(span, 1)

    assert {statement.name for statement in statements} >= {"SELECT"}
    assert {statement.attributes["db.system.name"] for statement in statements} == {site.engine}
    texts = " ".join(str(statement.attributes["db.query.text"]) for statement in statements)
    assert "event.document" in texts
    assert "'meeting'" not in texts


def test_a_kept_answer_is_a_span_without_statements(site: Site) -> None:
    # A commit in another database of the same server voids the kept answers.
    for number in range(1, 100):
        trace = f"{number:032x}"
        span = site.get("/v1/places?limit=3", trace, **{"X-Request-Id": f"kept-{number}"})
        line = site.line_of(f"kept-{number}")
        if line.get("kept"):
            break

    assert line.get("kept") and line["trace_id"] == trace
    assert not [each for each in site.collector.spans if each.parent_id == span.span_id]


def test_a_client_without_a_trace_finds_its_span_by_the_log(site: Site) -> None:
    site.client.get("/v1/tags", headers={"X-Request-Id": "seen"})

    line = site.line_of("seen")
    (span,) = site.collector.wait_for(
        lambda span: span.trace_id == line["trace_id"] and not span.parent_id
    )
    assert span.name == "GET /v1/tags"


def test_a_refused_request_did_not_fail(site: Site) -> None:
    span = site.get("/v1/events/2000-01-01-nothing", "2" * 32)

    assert span.attributes["http.response.status_code"] == 404
    assert not span.failed


def test_checks_of_health_have_no_span(site: Site) -> None:
    site.client.get("/healthz", headers={"traceparent": f"00-{'3' * 32}-{PARENT}-01"})

    site.get("/v1/tags", "4" * 32)

    assert "3" * 32 not in {span.trace_id for span in site.collector.spans}


@pytest.mark.sqlite
def test_a_collector_that_is_away_stops_nothing(tmp_path: Path) -> None:
    away = f"http://127.0.0.1:{free_port()}/v1/traces"
    url = f"sqlite:///{tmp_path}/t.db"
    log = tmp_path / "log"
    # It gives up sooner than by default, at the end of the server too.
    patience = {"OTEL_EXPORTER_OTLP_TIMEOUT": "1"}
    with served(url, log=log, seeds=tmp_path / "none", traces_url=away, variables=patience) as (
        base,
        process,
    ):
        assert httpx.get(f"{base}/v1/events").status_code == 200

    assert process.poll() == -SIGTERM


@pytest.mark.sqlite
def test_a_url_without_a_scheme_is_refused() -> None:
    with pytest.raises(ValidationError, match="expected http://host:4318/v1/traces"):
        Settings(traces_url="localhost:4318")
