"""Fixtures, and the policy behind them.

- Every test that touches a database runs on SQLite and on a real PostgreSQL, started here; nothing
  is mocked. `database` is empty at the start of each test, `seeded` holds the project's own seeds
  and is only read.
- What is dear is made once for the whole run, and shared or copied by its workers (`databases`).
  Tests commit for real, and the rows go afterwards.
- Odd cases are built in the test itself, from `builders`; no test relies on another's data.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from starlette.testclient import TestClient

from app.domain.vocabulary import Scope
from app.settings import PROJECT_ROOT
from app.tables import migrations
from app.tables.database import Database
from tests.support.apps import client_of, empty, make_key

if TYPE_CHECKING:
    # As a plugin it is loaded by pytest, which rewrites its assertions.
    from tests.support.databases import NewDatabase

# On a busy machine an example may take long; that is no fault of what is tested.
settings.register_profile("timeline", deadline=None)
settings.load_profile("timeline")

# The fixtures that make databases.
pytest_plugins = ["tests.support.databases"]
# What tests make goes when they end, and most of it without the garbage collector.
gc.set_threshold(50_000)
# The processes that tests start find compiled what the first of them compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the garbage collector need not look through it again."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> None:
    """Tests give their settings themselves."""
    for name in [name for name in os.environ if name.startswith("TIMELINE_")]:
        del os.environ[name]


@pytest.fixture(scope="session")
def _work(new_database: "NewDatabase") -> Iterator[Database]:
    database = Database(new_database("work"))
    migrations.upgrade(database)
    yield database
    database.close()


@pytest.fixture
def database(_work: Database) -> Iterator[Database]:
    """A migrated database without a row."""
    yield _work
    empty(_work)


@pytest.fixture(scope="session")
def _work_client(_work: Database) -> Iterator[TestClient]:
    with client_of(_work) as client:
        yield client


@pytest.fixture
def client(database: Database, _work_client: TestClient) -> TestClient:
    """A client of the API over `database`."""
    return _work_client


@pytest.fixture(scope="session")
def seeded_sqlite(seeds_in_sqlite: "NewDatabase") -> Iterator[Database]:
    """The seeds on SQLite."""
    with closing(Database(seeds_in_sqlite("seeded"))) as database:
        yield database


@pytest.fixture(scope="session")
def seeded_postgresql(seeds_in_postgresql: "NewDatabase") -> Iterator[Database]:
    """The seeds on PostgreSQL."""
    with closing(Database(seeds_in_postgresql("seeded"))) as database:
        yield database


@pytest.fixture(scope="session")
def seeded(engine: str, request: pytest.FixtureRequest) -> Database:
    """A database that holds the project's seeds; read it, write nothing."""
    database: Database = request.getfixturevalue(f"seeded_{engine}")
    return database


@pytest.fixture(scope="session")
def seeded_twins(
    seeded_sqlite: Database, seeded_postgresql: Database
) -> Iterator[tuple[TestClient, TestClient]]:
    """Clients of two APIs over the seeds, one on each engine."""
    with client_of(seeded_sqlite) as first, client_of(seeded_postgresql) as second:
        yield first, second


@pytest.fixture(scope="session")
def seeded_client(seeded: Database) -> Iterator[TestClient]:
    """A client of the API over the seeds."""
    with client_of(seeded) as client:
        yield client


@pytest.fixture(scope="session")
def scratch(seeds_in: "NewDatabase") -> Iterator[Database]:
    """A database with the seeds that examples of the docs may write to."""
    with closing(Database(seeds_in("scratch"))) as database:
        yield database


@pytest.fixture(scope="session")
def scratch_client(scratch: Database) -> Iterator[TestClient]:
    """A client of the API over `scratch`."""
    with client_of(scratch) as client:
        yield client


@pytest.fixture(scope="session")
def scratch_key(scratch: Database) -> str:
    """A key that may do everything to `scratch`."""
    return make_key(scratch, scope=Scope.ADMIN)


@pytest.fixture(scope="session")
def scratch_writer(scratch: Database) -> str:
    """A key that may write to `scratch`, but not merge."""
    return make_key(scratch, "writer")


@pytest.fixture
def articles() -> Path:
    """The folder of the two source articles, which are not part of the project."""
    folder = PROJECT_ROOT.parent / "shared" / "articles"
    if not folder.is_dir():
        pytest.skip("the articles are not beside this checkout")
    return folder
