"""The caches of `deploy/`: real nginx and Varnish, with their files as they are, except for addresses.

On SQLite only: caches see bytes and headers, and both engines give the same.
"""

import json
import signal
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from app.tables.database import Database
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, make_place, make_source, store
from tests.support.caches import Cached, cached, cached_origin
from tests.support.streams import events_of

pytestmark = [pytest.mark.proxy, pytest.mark.sqlite]

KINDS = ("nginx", "varnish")
# Seconds until a condition must hold on a busy machine.
PATIENCE = 60


def _store(database: Database) -> None:
    events = [make_event(f"2024-11-{day:02}-talks") for day in range(1, 13)]
    store(database, *make_cast(), make_place(), *events)


@pytest.fixture(scope="module", params=KINDS)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cached]:
    """Twelve events behind each cache, which may keep an answer for a minute."""
    with cached(request.param, tmp_path_factory.mktemp(request.param), _store) as site:
        yield site


def _is_hit(answer: httpx.Response) -> bool:
    return answer.headers["x-cache-status"] == "HIT"


def _warm(site: Cached, path: str, **headers: str) -> httpx.Response:
    """Return an answer that comes from the cache; nginx begins with a new key within a second of a change."""
    deadline = time.monotonic() + PATIENCE
    while not _is_hit(answer := site.get(path, **headers)):
        assert time.monotonic() < deadline, "the cache never stored the answer"
    return answer


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _until_shown(site: Cached, path: str, text: str) -> None:
    _until(lambda: text in site.get(path).text)


class TestStoring:
    def test_serves_another_client_the_stored_bytes_with_their_strong_tag(
        self, site: Cached
    ) -> None:
        first = site.get("/v1/events?limit=3")
        stored = _warm(site, "/v1/events?limit=3")

        assert stored.content == first.content
        assert stored.headers["etag"] == first.headers["etag"]
        assert not stored.headers["etag"].startswith("W/")

    @pytest.mark.parametrize("coding", ["identity", "gzip", "br", "zstd"])
    def test_keeps_each_coding_apart_with_a_strong_tag_and_answers_304(
        self, site: Cached, coding: str
    ) -> None:
        path, headers = "/v1/events?limit=6", {"Accept-Encoding": coding}
        with site.client.stream("GET", f"{site.url}{path}", headers=headers) as answer:
            first = b"".join(answer.iter_raw())
        _warm(site, path, **headers)
        with site.client.stream("GET", f"{site.url}{path}", headers=headers) as answer:
            stored = b"".join(answer.iter_raw())

        tag = answer.headers["etag"]
        assert stored == first
        assert answer.headers.get("content-encoding", "identity") == coding
        assert tag.endswith("" if coding == "identity" else f'-{coding}"')
        assert not tag.startswith("W/")
        again = site.get(path, **headers, **{"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
        other = site.get(path, **headers, **{"If-None-Match": '"another"'})
        assert other.status_code == 200

    def test_keeps_languages_and_media_types_apart(self, site: Cached) -> None:
        asked = {("Accept-Language", "fr"), ("Accept-Language", "ru"), ("Accept-Language", "de")}
        for name, value in [*asked, *asked]:
            answer = site.get("/v1/events.csv", **{name: value})
            assert answer.headers["content-language"] == {"de": "en"}.get(value, value)
        for _ in "12":
            for accept in ("text/html", "application/json"):
                assert site.get("/", Accept=accept).is_redirect == (accept == "text/html")

    def test_stores_no_problem(self, site: Cached) -> None:
        path = "/v1/sources/tass-9"
        assert [site.get(path).status_code for _ in "12"] == [404, 404]
        store(site.database, make_source("tass-9"))

        assert site.get(path).status_code == 200

    def test_sends_whole_exports(self, site: Cached) -> None:
        answers = [site.get("/v1/events.ndjson") for _ in "123"]

        assert {answer.text.count("\n") for answer in answers} == {12}
        (tag,) = {answer.headers["etag"] for answer in answers}
        assert not tag.startswith("W/")


class TestChanges:
    def test_a_write_is_seen_although_the_answer_may_be_kept_for_a_minute(
        self, site: Cached
    ) -> None:
        paths = ["/v1/places/moscow", "/v1/places", "/en/places/moscow"]
        before = {path: _warm(site, path) for path in paths}
        assert "max-age=60" in before[paths[0]].headers["cache-control"]
        name = f"Moscow, {site.kind}"
        written = time.monotonic()
        store(site.database, make_place(names={"en": name}))

        for path in paths:
            _until_shown(site, path, name)

        assert time.monotonic() - written < 55
        after = _warm(site, paths[0])
        assert after.headers["etag"] != before[paths[0]].headers["etag"]
        assert after.json()["names"]["en"] == name

    def test_requests_with_a_key_reach_the_server(self, site: Cached) -> None:
        _warm(site, "/v1/events?limit=10")
        headers = {"Authorization": f"Bearer {make_key(site.database, f'for-{site.kind}')}"}

        answers = [site.get("/v1/events?limit=10", **headers) for _ in "123"]

        assert not any(map(_is_hit, answers))
        assert {answer.headers["cache-control"] for answer in answers} == {"private, no-cache"}
        assert _is_hit(_warm(site, "/v1/events?limit=10"))

    def test_requests_for_a_state_that_the_client_has_seen_reach_the_server(
        self, site: Cached
    ) -> None:
        _warm(site, "/v1/events?limit=11")

        assert not _is_hit(site.get("/v1/events?limit=11", **{"Timeline-At-Least": "1"}))

    def test_a_walk_never_goes_back(self, site: Cached) -> None:
        """The second page was stored before the change, and the first one is asked for after it."""
        # Another coding is another variant, so it does not store the first page.
        page = site.get("/v1/events?limit=8", **{"Accept-Encoding": "gzip"}).json()["page"]
        second = urlsplit(page["next"])._replace(scheme="", netloc="").geturl()
        for _ in "12":
            site.get(second)
        store(site.database, make_place("minsk", names={"en": site.kind}))

        seqs = [
            int(site.get(path).headers["timeline-seq"]) for path in ("/v1/events?limit=8", second)
        ]

        assert seqs == sorted(seqs)

    def test_a_write_passes_with_its_body(self, site: Cached) -> None:
        key = make_key(site.database, f"writes-{site.kind}")
        headers = {"Authorization": f"Bearer {key}", "If-None-Match": "*"}
        url = f"{site.url}/v1/places/omsk"

        answer = site.client.put(url, json=_omsk(), headers=headers)

        assert answer.status_code == 201, answer.text
        _until(lambda: site.get("/v1/places/omsk").status_code == 200)

    def test_changes_pass_to_every_follower_as_they_are_made(self, site: Cached) -> None:
        url = f"{site.url}/v1/changes/stream"
        with (
            httpx.stream("GET", url, timeout=60) as first,
            httpx.stream("GET", url, timeout=60) as second,
        ):
            streams = [(e for e in events_of(each) if "event" in e) for each in (first, second)]
            # Both have begun, although neither has ended.
            store(site.database, make_place("tomsk"))

            ids = [json.loads(next(events)["data"])["id"] for events in streams]

        assert ids == ["tomsk", "tomsk"]


def _omsk() -> dict[str, object]:
    return make_place("omsk").model_dump(mode="json")


@pytest.mark.parametrize("kind", KINDS)
def test_a_stale_answer_is_revalidated_by_its_tag(
    kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = "/v1/events"
    with cached(kind, tmp_path_factory.mktemp(kind), _store, cache_seconds=1) as site:
        first = site.get(path)

        def is_revalidated() -> bool:
            assert site.get(path).content == first.content
            return 304 in site.statuses_at_origin(path)

        _until(is_revalidated)

        # Only the first request needed the body.
        assert site.statuses_at_origin(path).count(200) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_fresh_answers_are_sent_while_no_server_answers(
    kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with cached_origin(kind, tmp_path_factory.mktemp(kind), _store) as (site, server):
        stored = _warm(site, "/v1/events")
        server.send_signal(signal.SIGKILL)
        server.wait(30)

        for _ in range(3):
            answer = site.get("/v1/events")
            assert (answer.status_code, answer.content) == (200, stored.content)
            # Longer than nginx keeps the number of the newest change.
            time.sleep(0.5)
        assert site.get("/v1/places").status_code in (500, 502, 503)


def test_a_reader_beyond_the_rate_limit_gets_stored_answers_and_a_429(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """nginx asks for the newest change in the name of a reader, who may have no request left."""
    folder = tmp_path_factory.mktemp("limited")
    with cached("nginx", folder, _store, rate_limit="30/hour") as site:
        stored = _warm(site, "/v1/events")
        for limit in range(1, 40):
            site.get(f"/v1/places?limit={limit}")
        # Longer than nginx keeps the number of the newest change.
        time.sleep(1.5)

        answer = site.get("/v1/events")
        refused = site.get("/v1/places?limit=90")

        assert (answer.status_code, answer.content) == (200, stored.content)
        assert refused.status_code == 429
        assert int(refused.headers["retry-after"]) > 0
