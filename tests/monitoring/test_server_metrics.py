"""The metrics of a server, as Prometheus scrapes them."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_open

from app.api.routes import ROUTES
from app.tables.database import Database
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, make_place, store
from tests.support.commands import run
from tests.support.databases import NewDatabase
from tests.support.editing import plain
from tests.support.exposition import Metrics, parse, scrape, scrape_until
from tests.support.servers import free_port, served

REQUESTS = "timeline_http_request_duration_seconds_count"


class Site(NamedTuple):
    """A server, its database and the address of its metrics."""

    client: httpx.Client
    database: Database
    metrics: str

    def requests(self, **labels: str) -> float:
        """Return how many requests were counted under these labels."""
        return scrape(self.metrics).total(REQUESTS, **labels)


@pytest.fixture(scope="module")
def site(new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server over one event, on SQLite and then on PostgreSQL."""
    folder, url, port = tmp_path_factory.mktemp("site"), new_database("metrics"), free_port()
    with (
        served(url, seeds=folder / "none", past_folder=folder / "past", metrics_port=port) as (
            base,
            _,
        ),
        httpx.Client(base_url=base, timeout=60) as client,
        closing(Database(url)) as database,
    ):
        store(database, *make_cast(), make_place(), make_event())
        yield Site(client, database, f"http://127.0.0.1:{port}/metrics")


def test_counts_requests_by_template_method_and_status(site: Site) -> None:
    place = "/v1/places/{place_id}"
    expected = [
        ({"route": place, "method": "GET", "status": "200"}, 1),
        ({"route": place, "method": "GET", "status": "404"}, 2),
        ({"route": place, "method": "HEAD", "status": "200"}, 1),
        ({"route": "/{language}/places/{place_id}", "status": "200"}, 1),
        ({"route": "/guide/{name}", "status": "200"}, 1),
        ({"route": "none", "status": "404"}, 1),
    ]
    before = scrape(site.metrics)

    def counts(found: Metrics) -> list[float]:
        return [
            found.total(REQUESTS, **each) - before.total(REQUESTS, **each) for each, _ in expected
        ]

    for path in ("/v1/places/moscow", "/v1/places/omsk", "/v1/places/tomsk", "/ko/places/moscow"):
        site.client.get(path)
    site.client.head("/v1/places/moscow")
    site.client.get("/guide")
    site.client.get("/secret/path/of/a/client")

    # A request is counted after its answer is sent.
    found = scrape_until(site.metrics, lambda found: sum(counts(found)) >= 7)
    assert counts(found) == [count for _, count in expected]


def test_counts_kept_answers_under_their_template(site: Site) -> None:
    """On SQLite they are sent without the application."""
    route, hits = "/v1/events", "timeline_kept_answers_hits_total"
    before, kept_before = site.requests(route=route), scrape(site.metrics).total(hits)

    # A commit in another database of the same server voids the kept answers.
    for number in range(60):
        site.client.get("/v1/events?limit=9")
        site.client.get("/v1/events?limit=9", headers={"If-None-Match": "*"})
        asked = 2 * (number + 1)
        if number > 3 and scrape(site.metrics).total(hits) >= kept_before + 4:
            break

    metrics = scrape_until(
        site.metrics,
        lambda found: (
            found.total(hits) >= kept_before + 4
            and found.total(REQUESTS, route=route) >= before + asked
        ),
    )
    assert metrics.total(REQUESTS, route=route) == before + asked
    assert metrics.total("timeline_kept_answers_bytes") > 0
    assert metrics.total("timeline_kept_answers_misses_total") > 0


def test_no_label_holds_a_path_of_a_client(site: Site) -> None:
    for number in range(5):
        site.client.get(f"/v1/events/made-up-{number}")
        site.client.get(f"/made-up-{number}")
        site.client.request("PROPFIND", f"/v1/events?made-up={number}")

    metrics = scrape(site.metrics)

    templates = {getattr(route, "path_format", "") for route in ROUTES}
    beside = {"none", "/docs", "/redoc", "/guide", "/guide/{name}", "/openapi.json", "/mcp"}
    assert metrics.values(REQUESTS, "route") <= templates | beside
    assert metrics.values(REQUESTS, "method") <= {"GET", "HEAD", "POST", "PUT", "PATCH", "other"}
    assert "made-up" not in httpx.get(site.metrics).text


def test_buckets_count_each_request_once(site: Site) -> None:
    site.client.get("/v1/tags")

    labels = {"route": "/v1/tags", "method": "GET", "status": "200"}
    metrics = scrape_until(site.metrics, lambda found: found.total(REQUESTS, **labels) > 0)
    name = REQUESTS.removesuffix("_count")
    assert metrics.total(f"{name}_bucket", le="+Inf", **labels) == metrics.total(REQUESTS, **labels)
    assert metrics.total(f"{name}_sum", **labels) > 0


def test_shows_the_writers_turn_and_the_log(site: Site) -> None:
    taken = {"name": "timeline_slots_taken_total", "work": "writes"}
    before = scrape(site.metrics)
    key = {"Authorization": f"Bearer {make_key(site.database, 'metrics')}", "If-None-Match": "*"}
    written = site.client.put("/v1/places/omsk", json=plain(make_place("omsk")), headers=key)
    assert written.status_code == 201
    newest = site.client.get("/v1/changes?limit=1").json()["items"][0]["seq"]

    def is_shown(found: Metrics) -> bool:
        return (
            found.total(**taken) == before.total(**taken) + 1
            and found.total("timeline_last_change_seq") >= newest
            # The state is copied now and then, perhaps in the middle of the write.
            and found.total("timeline_slots", work="writes") == 0
        )

    metrics = scrape_until(site.metrics, is_shown)

    assert metrics.total("timeline_slots_limit", work="writes") == 1
    assert metrics.total("timeline_database_up") == 1
    assert metrics.total("timeline_database_connections_limit", pool="reads") == 10


def test_shows_open_streams(site: Site) -> None:
    with site.client.stream("GET", "/v1/changes/stream"):
        scrape_until(site.metrics, lambda found: found.total("timeline_streams") == 1)

    scrape_until(site.metrics, lambda found: found.total("timeline_streams") == 0)


def test_counts_past_states(site: Site) -> None:
    site.client.get("/v1/events?as_of=1").raise_for_status()

    scrape_until(site.metrics, lambda found: found.total("timeline_past_states_built_total") == 1)


def test_serves_openmetrics_to_who_asks_for_it(site: Site) -> None:
    accept = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5"

    found = httpx.get(site.metrics, headers={"Accept": accept})

    assert found.headers["content-type"].startswith("application/openmetrics-text; version=1.0.0")
    parsed = parse_open(found.text)  # type: ignore[no-untyped-call]
    families = {family.name: family.type for family in parsed}
    assert families["timeline_http_request_duration_seconds"] == "histogram"
    assert families["timeline_kept_answers_hits"] == "counter"
    assert found.text.endswith("# EOF\n")


def test_names_follow_the_conventions_of_prometheus(site: Site) -> None:
    text = httpx.get(site.metrics).text
    ours = [family for family in parse(text).families if family.name.startswith("timeline_")]

    assert len(ours) > 20
    for family in ours:
        assert family.documentation.endswith("."), family.name
        # Base units only, and the unit last.
        assert not {"ms", "milliseconds", "kb", "minutes"} & {*family.name.split("_")}, family.name
        assert ("seconds" in family.name) == family.name.endswith("_seconds"), family.name
        assert f"# TYPE {family.name}{'_total' * (family.type == 'counter')} {family.type}" in text


@pytest.mark.sqlite
class TestRefusals:
    def test_without_the_library(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("app.setting_checks.find_spec", lambda _: None)

        result = run("serve", TIMELINE_METRICS_PORT="9464")

        assert result.exit_code == 2
        assert "install russia-dprk-timeline[metrics]" in result.stderr

    def test_if_the_port_is_in_use(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            result = run(
                "serve",
                database_url=f"sqlite:///{tmp_path}/t.db",
                TIMELINE_SEEDS=str(tmp_path / "none"),
                TIMELINE_METRICS_PORT=str(port),
            )

        assert result.exit_code == 1
        assert f"cannot serve metrics on 127.0.0.1:{port}: Address already in use" in result.stderr
