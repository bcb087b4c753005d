"""The API behind a real caching proxy: the nginx of docs/operations.md, which removes a path prefix.

On SQLite only: nginx caches bytes and headers, and both engines give the same.
"""

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

import httpx
import pytest

from app.settings import PROJECT_ROOT
from app.tables.database import Database
from tests.support.apps import make_key
from tests.support.builders import make_cast, make_event, make_place, make_source, store
from tests.support.servers import find_daemon, free_port, proxied, served
from tests.support.streams import events_of

pytestmark = pytest.mark.proxy

SNIPPET = re.findall(
    r"^```nginx\n(.*?)^```$",
    (PROJECT_ROOT / "docs/operations.md").read_text(),
    re.MULTILINE | re.DOTALL,
)[0]
# In seconds; long enough for a second client on a busy machine. nginx counts whole seconds.
MAX_AGE = 2
PAST_MAX_AGE = MAX_AGE + 1.1
EXPORT = "/v1/events.ndjson"


class Site(NamedTuple):
    """The API behind the proxy."""

    url: str
    database: Database
    log: Path
    client: httpx.Client

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx.Response:
        """Send a request through the proxy; without compression, unless a header asks for it."""
        headers = {"Accept-Encoding": "identity", **headers}
        return self.client.request(method, f"{self.url}{path}", headers=headers)

    def status_at_origin(self, request_id: str) -> int:
        """Return the status that the server logged for the request; it logs after it answers."""
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            for line in self.log.read_text().splitlines(keepends=True):
                if line.endswith("\n") and json.loads(line).get("request_id") == request_id:
                    return int(json.loads(line)["status"])
            time.sleep(0.05)
        raise AssertionError(f"the server logged no request with the id {request_id}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Twelve events behind nginx."""
    nginx = find_daemon("nginx", "nginx-light")
    folder = tmp_path_factory.mktemp("site")
    port, log = free_port(), folder / "server.log"
    address, url = f"127.0.0.1:{port}", f"http://127.0.0.1:{port}/timeline"
    database = f"sqlite:///{folder / 'timeline.db'}"
    settings: dict[str, Any] = {
        "cache_seconds": MAX_AGE,
        "public_url": url,
        "seeds": folder / "none",
    }
    with (
        served(database, log=log, **settings) as (origin, _),
        # The first request for the contract makes it, which takes seconds on a busy machine.
        httpx.Client(timeout=60) as client,
    ):
        http = SNIPPET.replace("listen 80", f"listen {address}")
        http = http.replace("/var/cache/nginx/timeline", str(folder / "cache"))
        http = http.replace("http://127.0.0.1:8000", origin)
        written = Database(database)
        events = [make_event(f"2024-11-{day:02}-talks") for day in range(1, 13)]
        store(written, *make_cast(), *events)
        with proxied(nginx, folder, http, f"{url}/healthz"):
            yield Site(url, written, log, client)
        written.close()


class Aged(NamedTuple):
    """The first answers to some URLs, which no test requests again before they are stale."""

    answers: dict[str, httpx.Response]
    stale_at: float

    def wait(self) -> None:
        """Wait until the answers are stale; only the first test that calls this has to wait."""
        time.sleep(max(0.0, self.stale_at - time.monotonic()))


@pytest.fixture(scope="module")
def aged(site: Site) -> Aged:
    """Request some answers, and then add a source."""
    answers = {url: site.get(url) for url in ("/v1/events?limit=4", "/v1/sources")}
    store(site.database, make_source("tass-2"))
    return Aged(answers, time.monotonic() + PAST_MAX_AGE)


def _status(answer: httpx.Response) -> str:
    return answer.headers["x-cache-status"]


class TestCache:
    def test_serves_the_second_client_from_the_cache(self, site: Site) -> None:
        first = site.get("/v1/events?limit=3")
        second = site.get("/v1/events?limit=3", **{"X-Request-Id": "second-client"})

        assert (_status(first), _status(second)) == ("MISS", "HIT")
        assert second.content == first.content
        assert second.headers["x-request-id"] == first.headers["x-request-id"] != "second-client"

    def test_revalidates_a_stale_answer_by_its_etag(self, site: Site, aged: Aged) -> None:
        first = aged.answers["/v1/events?limit=4"]
        aged.wait()

        again = site.get("/v1/events?limit=4", **{"X-Request-Id": "revalidates"})

        assert (again.status_code, _status(again)) == (200, "REVALIDATED")
        assert again.content == first.content
        assert site.status_at_origin("revalidates") == 304

    def test_is_outdated_for_no_longer_than_max_age(self, site: Site, aged: Aged) -> None:
        before = aged.answers["/v1/sources"]
        aged.wait()

        after = site.get("/v1/sources")

        assert _status(after) == "EXPIRED"
        assert [item["id"] for item in before.json()["items"]] == ["tass-1"]
        assert [item["id"] for item in after.json()["items"]][:2] == ["tass-1", "tass-2"]
        assert after.headers["etag"] != before.headers["etag"]

    def test_never_stores_a_problem(self, site: Site) -> None:
        missing = site.get("/v1/sources/tass-3")
        store(site.database, make_source("tass-3"))

        found = site.get("/v1/sources/tass-3")

        assert (missing.status_code, found.status_code) == (404, 200)

    def test_answers_304_from_the_cache(self, site: Site) -> None:
        tag = site.get("/v1/events?limit=5").headers["etag"]

        answer = site.get("/v1/events?limit=5", **{"If-None-Match": tag})

        assert (answer.status_code, _status(answer)) == (304, "HIT")

    def test_stores_each_content_coding_separately(self, site: Site) -> None:
        answers = {
            coding: [site.get("/v1/events?limit=6", **{"Accept-Encoding": coding}) for _ in "12"]
            for coding in ("gzip", "identity", "br", "gzip, deflate")
        }

        assert [_status(a) for pair in answers.values() for a in pair] == ["MISS", "HIT"] * 4
        for coding, pair in answers.items():
            for answer in pair:
                sent = answer.headers.get("content-encoding", "identity")
                assert sent == coding.partition(",")[0]
                assert answer.json()["page"]["returned"] == 6

    def test_stores_each_language_separately(self, site: Site) -> None:
        expected = {"fr": "fr", "ru": "ru", "de": "en"}
        answers = {
            accepted: [site.get("/v1/events.csv", **{"Accept-Language": accepted}) for _ in "12"]
            for accepted in expected
        }

        assert [_status(a) for pair in answers.values() for a in pair] == ["MISS", "HIT"] * 3
        for accepted, pair in answers.items():
            assert {a.headers["content-language"] for a in pair} == {expected[accepted]}

    def test_shares_one_answer_between_clients_that_set_lang(self, site: Site) -> None:
        url = "/v1/events.csv?lang=ko"
        answers = [site.get(url, **{"Accept-Language": accepted}) for accepted in ("fr", "ru")]

        assert [_status(answer) for answer in answers] == ["MISS", "HIT"]

    def test_revalidates_a_stale_export_by_its_etag(self, site: Site) -> None:
        # Not with `aged`: its write gives every export a new ETag.
        first = site.get(EXPORT, **{"X-Request-Id": "export-0"})
        deadline = time.monotonic() + PAST_MAX_AGE + 10

        requests = 1
        while _status(again := site.get(EXPORT, **{"X-Request-Id": f"export-{requests}"})) == "HIT":
            assert time.monotonic() < deadline, "the cache still serves the stored export"
            requests += 1
            time.sleep(0.1)

        assert (again.status_code, _status(again)) == (200, "REVALIDATED")
        assert again.content == first.content
        assert again.text.count("\n") == 12
        assert site.status_at_origin(f"export-{requests}") == 304

    def test_serves_a_web_page_the_answer_stored_for_another_client(self, site: Site) -> None:
        site.get("/v1/events?limit=7")

        answer = site.get("/v1/events?limit=7", Origin="https://frontend.example")

        assert _status(answer) == "HIT"
        assert answer.headers["access-control-allow-origin"] == "*"

    def test_serves_nothing_to_an_invalid_key(self, site: Site) -> None:
        site.get("/v1/events?limit=9")

        refused = site.get("/v1/events?limit=9", Authorization="Bearer tl_1")

        assert refused.status_code == 401
        assert _status(site.get("/v1/events?limit=9")) == "HIT"

    def test_forwards_every_request_with_a_key(self, site: Site) -> None:
        """A client that writes needs the present ETag."""
        key = f"Bearer {make_key(site.database)}"
        site.get("/v1/events?limit=10")

        answers = [site.get("/v1/events?limit=10", Authorization=key) for _ in "12"]

        assert [_status(answer) for answer in answers] == ["MISS", "MISS"]
        assert {answer.headers["cache-control"] for answer in answers} == {"private, no-cache"}

    def test_head_has_the_headers_of_get(self, site: Site) -> None:
        path = "/v1/events?limit=8"
        got = site.get(path)

        answer = site.get(path, "HEAD")

        assert answer.content == b""
        for name in ("etag", "cache-control", "content-length", "content-type", "link", "vary"):
            assert answer.headers[name] == got.headers[name]


class TestLinks:
    def test_next_links_lead_through_the_proxy_to_the_last_page(self, site: Site) -> None:
        ids: list[str] = []
        url: str | None = f"{site.url}/v1/events?limit=5&sort=date"
        while url is not None:
            assert url.startswith(f"{site.url}/v1/events?")
            answer = site.client.get(url)
            ids += [item["id"] for item in answer.json()["items"]]
            url = answer.json()["page"]["next"]
            assert answer.links.get("next", {}).get("url") == url

        assert ids == [f"2024-11-{day:02}-talks" for day in range(1, 13)]

    def test_links_use_the_host_header_without_a_public_url(self, tmp_path: Path) -> None:
        """The server ignores a forwarded host or prefix, and trusts only a local proxy's scheme."""
        forwarded = {
            "Host": "example.org",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-Host": "other.example",
            "X-Forwarded-Prefix": "/prefix",
        }
        (tmp_path / "seeds.yaml").write_text(
            "sources:\n"
            "- {id: a, language: en, url: 'https://example.org/a'}\n"
            "- {id: b, language: en, url: 'https://example.org/b'}\n"
        )
        with served(f"sqlite:///{tmp_path}/t.db", seeds=tmp_path) as (origin, _):
            answer = httpx.get(f"{origin}/v1/sources?limit=1", headers=forwarded)

        assert answer.json()["page"]["next"].startswith("https://example.org/v1/sources?")


class TestDocs:
    @pytest.mark.parametrize("page", ["docs", "redoc"])
    def test_every_file_of_a_page_exists_below_the_prefix(self, site: Site, page: str) -> None:
        text = site.get(f"/{page}").text
        links = re.findall(r"""(?:href|src|spec-url)="([^"]*)"|url: '([^']*)'""", text)
        urls = {urljoin(f"{site.url}/{page}", first or second) for first, second in links}

        assert f"{site.url}/openapi.json" in urls
        assert {url: site.client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)

    def test_the_openapi_document_names_the_public_server(self, site: Site) -> None:
        assert site.get("/openapi.json").json()["servers"] == [{"url": site.url}]


def test_changes_pass_at_once_to_every_follower(site: Site) -> None:
    url = f"{site.url}/v1/changes/stream"
    with httpx.stream("GET", url) as first, httpx.stream("GET", url) as second:
        streams = [(e for e in events_of(each) if "event" in e) for each in (first, second)]
        store(site.database, make_place("omsk"))
        written = time.monotonic()

        ids = [json.loads(next(events)["data"])["id"] for events in streams]

        assert ids == ["omsk", "omsk"]
        assert time.monotonic() - written < 2
