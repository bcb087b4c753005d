"""The commands of docs/replicas.md for a primary that failed, run as they are written there."""

import re
from collections.abc import Iterator

import pytest

from app.settings import PROJECT_ROOT
from tests.support.cluster import Cluster, cluster, wait_until

pytestmark = pytest.mark.cluster

PAGE = (PROJECT_ROOT / "docs/replicas.md").read_text()
RECEIVED = re.search(r'psql -h db2 -d timeline -Atc "(.*)"', PAGE)


@pytest.fixture
def servers(postgres_url: str) -> Iterator[Cluster]:
    """A primary with two standbys of which one must have each commit."""
    assert postgres_url
    with cluster(synchronous=True) as servers:
        yield servers


def test_a_standby_that_was_restarted_says_how_much_it_has(servers: Cluster) -> None:
    assert RECEIVED
    primary, (full, late) = servers.primary, servers.standbys
    servers.catch_up()
    late.stop()
    primary.ask("CREATE TABLE acknowledged (n int)")
    had = full.ask("SELECT pg_last_wal_receive_lsn()")
    primary.kill()
    full.stop()
    for node in (full, late):
        node.start()

    statement = RECEIVED[1]
    wait_until(
        lambda: full.ask(f"SELECT ({statement}) >= '{had}'::pg_lsn"), "it says less than it has"
    )
    assert late.ask(f"SELECT ({statement}) < '{had}'::pg_lsn")
