"""Two servers over a primary, standbys, a pooler and a cache answer as one server over SQLite does.

Each GET operation of the OpenAPI document is asked for, by its recorded examples or by a query.
"""

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.testclient import TestClient

from app.domain.vocabulary import Scope
from app.settings import PROJECT_ROOT
from app.tables.database import Database
from app.writing import changes, releases
from tests.support.apps import client_of, make_key
from tests.support.caches import nginx
from tests.support.cluster import Cluster, Node, cluster
from tests.support.databases import NewDatabase, load_seeds
from tests.support.examples import ask, in_turn
from tests.support.pooler import pooled
from tests.support.queries import QUERIES
from tests.support.servers import PATIENCE, free_port, started
from tests.support.sharing import run_started_at

pytestmark = [pytest.mark.cluster, pytest.mark.sqlite]

# Links begin with the host that the client names.
HEADERS = {"Host": "testserver", "Accept-Encoding": "identity"}
# The checks of replicas and of kept answers ask for this, and reads do not.
OF_CHECKS = "pg_last_wal_replay_lsn"
# Headers of one answer on its way, and headers of the cache itself.
OF_THE_WAY = {"age", "connection", "date", "keep-alive", "server", "transfer-encoding"}
OF_THE_CACHE = {"x-cache-status", "x-request-id"}
# Operations whose answers are not compared, with the reason. The metrics have another port and are no operation.
EXCLUDED = {
    "follow_changes": "a stream never ends; tests/api/test_change_stream.py reads it on both engines",
}
# An answer that is not text, so it has no example, and pages for people, which the document does not list.
MORE = [
    "/v1/dataset.sqlite?release=2026-11",
    "/en/explore?date=2024",
    "/fr/changes",
    "/ko/events/2024-06-19-putin-kim-talks-kumsusan",
    "/ru/participants/kim-jong-un",
]
EXAMPLES = [
    example
    for example in in_turn()
    if example.request.startswith("GET ") and example.operation_id not in EXCLUDED
]
URLS = [*QUERIES, *(example.request.removeprefix("GET ") for example in EXAMPLES), *MORE]


# Status, headers and body of an answer.
Content = tuple[int, dict[str, str], bytes]


class Many(NamedTuple):
    """A client of the cache, and the servers of PostgreSQL."""

    client: httpx.Client
    servers: Cluster

    def ask_all(self) -> "Walk":
        """Ask for every URL once."""
        nodes = self.servers.nodes
        before = [len(_reading(node)) for node in nodes]
        answers = {url: _content(self.get(url)) for url in URLS}
        primary, *replicas = (
            len(_reading(node)) - count for node, count in zip(nodes, before, strict=True)
        )
        return Walk(answers, primary, replicas)

    def get(self, url: str) -> httpx.Response:
        """Ask the cache; a past state may have to be built first."""
        deadline = time.monotonic() + PATIENCE
        while (answer := self.client.get(url)).status_code == 503:
            assert time.monotonic() < deadline, answer.text
            time.sleep(float(answer.headers["Retry-After"]))
        return answer


class Walk(NamedTuple):
    """The answers to all URLs, and how many statements the primary and each replica had for them."""

    answers: dict[str, Content]
    primary: int
    replicas: list[int]


@pytest.fixture(scope="module")
def one(seeds_in_sqlite: NewDatabase) -> Iterator[TestClient]:
    """One server over SQLite."""
    with closing(Database(seeds_in_sqlite("one_server"))) as database:
        write_examples(database)
        with client_of(database) as client:
            yield client


@pytest.fixture(scope="module")
def many(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Many]:
    """A cache before two servers with two workers each; one of the standbys is behind a pooler."""
    assert postgres_url
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:
        servers = stack.enter_context(cluster())
        load_seeds(servers.primary.url)
        with closing(Database(servers.primary.url)) as database:
            write_examples(database)
        servers.catch_up()
        for node in servers.nodes:
            node.log_statements()
        first, second = servers.standbys
        url_of = stack.enter_context(pooled(first.url, 20))
        bases = [
            stack.enter_context(
                started(
                    servers.write_url,
                    log=folder / f"log{n}",
                    workers=2,
                    seeds=PROJECT_ROOT / "seeds",  # It has the known gaps.
                    past_folder=folder / "past",
                    read_urls=f"{url_of(first.url)} {second.url}",
                )
            )[0]
            for n in range(2)
        ]
        port = free_port()
        stack.enter_context(nginx(folder, bases, port))
        client = httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=HEADERS, timeout=120)
        yield Many(stack.enter_context(client), servers)


def write_examples(database: Database) -> None:
    """Send the examples that write, because others read their entities; every database gets the same instants."""
    with client_of(database) as client, pytest.MonkeyPatch.context() as patch:
        for module in (changes, releases):
            patch.setattr(module, "current_instant", lambda _: run_started_at())
        key = make_key(database, scope=Scope.ADMIN)
        for example in in_turn():
            if example.turn and not example.request.startswith("GET "):
                ask(client, example, key)


@pytest.fixture(scope="module")
def walk(many: Many) -> Walk:
    """All reads, without a key, through the cache."""
    return many.ask_all()


def test_every_read_has_the_same_answer(walk: Walk, one: TestClient) -> None:
    expected = {url: _content(one.get(url, headers=HEADERS)) for url in URLS}

    differing = [url for url in URLS if walk.answers[url] != expected[url]]

    assert differing == []
    assert {status for status, *_ in expected.values()} == {200}
    assert len(URLS) > 200


def test_two_replicas_relieve_the_primary_of_reads(walk: Walk) -> None:
    print(f"statements: {walk.primary} at the primary, {walk.replicas} at the replicas")

    assert walk.primary <= (walk.primary + sum(walk.replicas)) / 10
    assert min(walk.replicas) > len(URLS) / 10


def test_every_operation_is_read() -> None:
    document = json.loads((PROJECT_ROOT / "openapi.json").read_text())
    operations = {
        item["get"]["operationId"]: path
        for path, item in document["paths"].items()
        if "get" in item
    }
    read = {urlsplit(url).path for url in URLS}
    covered = {example.operation_id for example in EXAMPLES}

    missing = {
        name for name, path in operations.items() if name not in covered and path not in read
    }

    assert missing == EXCLUDED.keys()


def _reading(node: Node) -> list[str]:
    """Return the logged statements of reads."""
    return [statement for statement in node.statements() if OF_CHECKS not in statement]


def _content(answer: Any) -> Content:
    kept = {
        name: value
        for name, value in answer.headers.items()
        if name not in OF_THE_WAY | OF_THE_CACHE
    }
    return answer.status_code, kept, answer.content
