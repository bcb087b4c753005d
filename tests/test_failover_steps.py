"""The commands of docs/replicas.md for a primary that failed, run as they are written there."""

import re
import shlex
from collections.abc import Iterator

import pytest

from app.settings import PROJECT_ROOT
from tests.support.cluster import Cluster, cluster, run_tool, wait_until

pytestmark = pytest.mark.cluster

PAGE = (PROJECT_ROOT / "docs/replicas.md").read_text()
SETTINGS = re.search(r"```ini\n(# postgresql.conf of .*?)```", PAGE, re.DOTALL)
RECEIVED = re.search(r'psql -h db2 -d timeline -Atc "(.*)"', PAGE)
REWIND = re.search(r"^ *pg_rewind (.*)$", PAGE, re.MULTILINE)


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


def test_the_old_primary_comes_back_as_a_standby(servers: Cluster) -> None:
    assert SETTINGS
    assert REWIND
    old = servers.primary
    # PostgreSQL 18 has checksums, which do for the hints; version 15 has not.
    assert "wal_log_hints = on" in SETTINGS[1]
    old.configure(*(line for line in SETTINGS[1].splitlines() if line.startswith("wal_")))
    old.ask("SELECT pg_reload_conf()", "postgres")
    servers.catch_up()
    old.kill()
    promoted, _ = servers.fail_over()
    promoted.ask("CREATE TABLE later (n int)")
    promoted.ask("CHECKPOINT")
    places = {"DATA": str(old.data), "host=db2": f"host={promoted.socket}"}

    run_tool("pg_rewind", *shlex.split(re.sub("DATA|host=db2", lambda m: places[m[0]], REWIND[1])))
    old.start()

    assert old.ask("SELECT pg_is_in_recovery()")
    wait_until(
        lambda: old.ask("SELECT to_regclass('later') IS NOT NULL"), "it does not follow the new one"
    )
    assert promoted.ask("SELECT count(*) FROM pg_stat_replication WHERE application_name = 'db1'")
