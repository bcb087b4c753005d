"""Two servers over a primary, standbys, a pooler and a cache answer as one server over SQLite does."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any, NamedTuple

import httpx
import pytest
from starlette.testclient import TestClient

from app.settings import PROJECT_ROOT
from app.tables.database import Database
from tests.support.apps import client_of
from tests.support.caches import nginx
from tests.support.cluster import DATABASE, Cluster, cluster, wait_until
from tests.support.databases import NewDatabase, load_seeds
from tests.support.pooler import pooled
from tests.support.queries import QUERIES
from tests.support.servers import free_port, started

pytestmark = [pytest.mark.cluster, pytest.mark.sqlite]

# Links begin with the host that the client names.
HEADERS = {"Host": "testserver", "Accept-Encoding": "identity"}
TRANSACTIONS = f"SELECT xact_commit FROM pg_stat_database WHERE datname = '{DATABASE}'"
# Headers of one answer on its way, and those of the cache itself.
OF_THE_WAY = {"age", "connection", "date", "keep-alive", "server", "transfer-encoding"}
OF_THE_CACHE = {"x-cache-status", "x-request-id"}


class Many(NamedTuple):
    """A client of the cache, and the servers of PostgreSQL."""

    client: httpx.Client
    servers: Cluster

    def transactions(self) -> int:
        """Return how many transactions the standbys have served."""
        return sum(int(node.ask(TRANSACTIONS)) for node in self.servers.standbys)


@pytest.fixture(scope="module")
def one(seeds_in_sqlite: NewDatabase) -> Iterator[TestClient]:
    """One server over SQLite."""
    with (
        closing(Database(seeds_in_sqlite("one_server"))) as database,
        client_of(database) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def many(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Many]:
    """A cache before two servers with two workers each; one of the standbys is behind a pooler."""
    assert postgres_url
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:
        servers = stack.enter_context(cluster())
        load_seeds(servers.primary.url)
        servers.catch_up()
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


def test_every_query_has_the_same_answer(many: Many, one: TestClient) -> None:
    before = many.transactions()

    differing = [
        url
        for url in QUERIES
        if _content(many.client.get(url)) != _content(one.get(url, headers=HEADERS))
    ]

    assert differing == []
    # The statistics of PostgreSQL come a little later.
    wait_until(
        lambda: many.transactions() - before > len(QUERIES) > 100, "few answers came from standbys"
    )


def _content(answer: Any) -> tuple[int, dict[str, str], bytes]:
    kept = {
        name: value
        for name, value in answer.headers.items()
        if name not in OF_THE_WAY | OF_THE_CACHE
    }
    return answer.status_code, kept, answer.content
