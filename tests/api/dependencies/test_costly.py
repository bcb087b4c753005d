"""Reads that look at every match have a share of the threads, so ordinary pages always go on."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from anyio.to_thread import run_sync
from starlette.testclient import TestClient

from app.api.runtime import short_reads
from app.api.runtime.gates import Gate
from app.main import create_app
from app.settings import Settings
from app.tables.database import Database

SERGEY = "/v1/participants/sergey-lavrov"


@pytest.fixture(scope="module")
def busy(seeded_sqlite: Database) -> Iterator[TestClient]:
    """Yield a client of a server on which all slots of costly reads are taken."""
    url = seeded_sqlite.url.render_as_string(hide_password=False)
    app: Any = create_app(Settings(database_url=url))
    app.state.costly_gate = Gate(0, "costly reads", wait_seconds=0.01)
    with TestClient(app) as client:
        yield client


@pytest.mark.thorough
@pytest.mark.parametrize(
    "url",
    [
        "/v1/events?facets=type",
        "/v1/events?total=exact",
        "/v1/events?q=kim",
        "/v1/events/histogram",
        "/v1/coverage",
        "/v1/events.timelinejs?date=2024-11",
        "/v1/network",
        "/v1/network.graphml",
        f"{SERGEY}/counterparts",
        f"{SERGEY}/events?facets=year",
        "/v1/participants/resolve?name=kim",
        "/v1/participants?q=kim",
        "/v1/participants?sort=events",
        "/v1/places?total=exact",
        "/v1/places?activity=true",
    ],
)
def test_a_costly_read_waits_for_a_slot(busy: TestClient, url: str) -> None:
    answer = busy.get(url)

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")
    assert answer.json()["detail"] == (
        "no slot for costly reads became free in 0.01 s: retry later"
    )


@pytest.mark.parametrize(
    "url",
    [
        "/v1/events",
        "/v1/events?type=meeting&date=2024&limit=200",
        "/v1/events/2024-11-01-lavrov-choe-strategic-consultations",
        f"{SERGEY}/events",
        "/v1/changes",
        "/v1/vocabularies",
        "/readyz",
    ],
)
def test_pages_need_none(busy: TestClient, url: str) -> None:
    assert busy.get(url).status_code == 200


@pytest.fixture
def local(seeded_sqlite: Database) -> Iterator[TestClient]:
    """Yield a client of a server that keeps sets of the events in memory, and no answers."""
    url = seeded_sqlite.url.render_as_string(hide_password=False)
    with TestClient(create_app(Settings(database_url=url, kept_bytes=0))) as client:
        yield client


@pytest.mark.parametrize(
    ("url", "threads"),
    [
        pytest.param("/v1/events?facets=type&facets=year&date=2019", 0, id="a few facets"),
        pytest.param(f"{SERGEY}/events?facets=participant&limit=5", 0, id="of a participant"),
        pytest.param(
            "/v1/events?facets=type&facets=tag&facets=place&facets=year&facets=side", 1, id="many"
        ),
        pytest.param("/v1/events?facets=participant&facet_q=kim", 1, id="names compared"),
        pytest.param("/v1/events?facets=type&q=summit", 1, id="a search"),
        pytest.param("/v1/events?facets=type&source=zum-966922", 1, id="a filter without sets"),
        pytest.param("/v1/events?facets=role&side=KP", 1, id="a facet without sets"),
    ],
)
def test_few_facets_need_no_thread(
    local: TestClient, monkeypatch: pytest.MonkeyPatch, url: str, threads: int
) -> None:
    expected = local.get(url).json()
    taken = []

    async def note(call: Callable[[], Any]) -> Any:
        taken.append(call)
        return await run_sync(call)

    monkeypatch.setattr(short_reads, "run_sync", note)
    assert local.get(url).json() == expected
    assert len(taken) == threads


@pytest.mark.parametrize(
    ("pool_size", "expected"),
    [
        pytest.param(10, 3, id="the setting"),
        pytest.param(3, 2, id="one thread is left for pages"),
        pytest.param(1, 1, id="a single thread does everything"),
    ],
)
def test_a_small_pool_has_fewer_slots(pool_size: int, expected: int) -> None:
    app = create_app(Settings(database_url="sqlite:///never-opened.db", pool_size=pool_size))

    assert app.state.costly_gate.slots == expected


def test_a_slot_is_free_again_after_each_request(seeded_sqlite: Database) -> None:
    url = seeded_sqlite.url.render_as_string(hide_password=False)
    app: Any = create_app(Settings(database_url=url))
    app.state.costly_gate = Gate(1, "costly reads", wait_seconds=0.5)
    urls = ["/v1/events?facets=type", "/v1/events?q=a&cursor=wrong", "/v1/events?total=all"] * 2
    with TestClient(app) as client:
        statuses = [client.get(url).status_code for url in urls]

    assert statuses == [200, 400, 400] * 2
