"""PostgreSQL behind pgbouncer with transaction pooling: nothing may be bound to a session.

The pooler has fewer connections than the program, so each transaction may run on another one.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from app.records.models.participant import ParticipantRecord
from app.setup import prepare
from app.tables.database import Database, SlowQueryError
from tests.support.apps import client_of, make_key
from tests.support.builders import make_cast, make_event, store
from tests.support.databases import NewDatabase
from tests.support.editing import EVENT, plain
from tests.support.pooler import pooled

pytestmark = pytest.mark.proxy

CONNECTIONS = 3
MONTHS = range(1, 13)


@pytest.fixture(scope="module")
def direct(new_postgresql: NewDatabase) -> Iterator[Database]:
    """The database without the pooler; it has no tables yet."""
    with closing(Database(new_postgresql("pooled"))) as database:
        yield database


@pytest.fixture(scope="module")
def database(postgres_url: str, direct: Database) -> Iterator[Database]:
    """The same database through the pooler, by which it was migrated and filled."""
    with pooled(postgres_url, CONNECTIONS) as url_of:
        url = url_of(direct.url.render_as_string(hide_password=False))
        with closing(Database(url, query_seconds=0.2, lock_seconds=5)) as database:
            prepare(database, Path("no-seeds"))
            store(database, *make_cast(), make_event())
            yield database


@pytest.fixture(scope="module")
def client(database: Database) -> Iterator[TestClient]:
    """A client of a server over the pooler."""
    with client_of(database) as client:
        yield client


def test_a_migration_leaves_no_lock(database: Database, direct: Database) -> None:
    """The pooler keeps its connections, so the next migration would wait forever for such a lock."""
    del database
    # Other tests write to other databases of the server.
    locks = text(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' "
        "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    with direct.read() as connection:
        assert connection.scalar(locks) == 0


def test_imports_succeed_side_by_side(
    client: TestClient, database: Database, direct: Database
) -> None:
    """Prepared statements are unknown to, or already known on, another connection."""
    headers = {"Authorization": f"Bearer {make_key(database)}"}

    def import_month(month: int) -> int:
        # Each import renames all participants, so it rebuilds all events, and repeats its statements.
        events = [make_event(f"2024-{month:02}-{day:02}-talks") for day in range(1, 29)]
        people = [each for each in make_cast() if isinstance(each, ParticipantRecord)]
        renamed = [plain(each) | {"names": {"en": f"Name {month}"}} for each in people]
        body = {"events": [*map(plain, events)], "participants": renamed}
        return client.post("/v1/imports", json=body, headers=headers).status_code

    with ThreadPoolExecutor(max_workers=4) as pool:
        statuses = [*pool.map(import_month, MONTHS)]

    assert statuses == [200] * len(MONTHS)
    with direct.read() as connection:
        logged = connection.scalars(text("SELECT seq FROM change ORDER BY seq")).all()
    assert logged == [*range(1, len(logged) + 1)]


@pytest.mark.parametrize(
    "path",
    [EVENT, "/v1/events.csv", "/v1/changes.ndjson", "/v1/events?as_of=4", "/readyz?role=write"],
)
def test_reads_give_the_same_as_without_the_pooler(
    client: TestClient, direct: Database, path: str
) -> None:
    with client_of(direct) as without:
        expected = without.get(path)

    for _ in range(2 * CONNECTIONS):
        assert client.get(path).content == expected.content
    assert expected.status_code == 200


class TestTimeLimits:
    SLEEP = text("SELECT pg_sleep(2)")

    def test_a_read_is_cancelled_on_each_connection(self, database: Database) -> None:
        for _ in range(2 * CONNECTIONS):
            with pytest.raises(SlowQueryError), database.read() as connection:
                connection.execute(self.SLEEP)

    def test_others_inherit_no_limit(self, database: Database) -> None:
        """The pooler gives its connections to exports and to other programs too."""
        with database.read() as one, database.read() as two, database.write() as three:
            for connection in (one, two, three):
                connection.execute(text("SELECT 1"))

        limits = text(
            "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')"
        )
        with closing(Database(database.url.render_as_string(hide_password=False))) as other:
            found = set()
            with other.stream() as one, other.stream() as two, other.stream() as three:
                for connection in (one, two, three):
                    found.add(tuple(connection.execute(limits).one()))
        assert found == {("0", "0")}
