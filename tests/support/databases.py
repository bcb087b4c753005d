"""Databases for tests: empty ones, and copies of the seeds, which are loaded once on each engine."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from sqlalchemy import make_url

from app.settings import PROJECT_ROOT
from app.setup import prepare
from app.tables.database import Database
from app.writing import changes, releases
from tests.support.postgresql import copy_database, database_name, postgresql_server
from tests.support.sharing import first_to, run_folder, run_started_at

NewDatabase = Callable[[str], str]
# Takes the name of the copy and the name of its original.
CopyDatabase = Callable[[str, str], str]
_EMPTY, _SEEDS = "template1", "seeds"


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of the PostgreSQL server of this run."""
    with postgresql_server() as url:
        yield url


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """The name of one engine and then of the other; only the first for tests with the mark `sqlite`."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def new_database(engine: str, request: pytest.FixtureRequest) -> NewDatabase:
    """A function that makes an empty database by name, without tables, and returns its URL."""
    maker: NewDatabase = request.getfixturevalue(f"new_{engine}")
    return maker


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """A function that makes an empty SQLite database by name, and returns its URL."""
    folder, times = tmp_path_factory.mktemp("sqlite"), Counter[str]()

    def make(name: str) -> str:
        # Another test may have asked for the same name, and filled or damaged its file.
        times[name] += 1
        return f"sqlite:///{folder / name}-{times[name]}.db"

    return make


@pytest.fixture(scope="session")
def new_postgresql(copy_postgresql: CopyDatabase) -> NewDatabase:
    """A function that makes an empty PostgreSQL database by name, and returns its URL."""
    return lambda name: copy_postgresql(name, _EMPTY)


@pytest.fixture(params=["new_sqlite", "new_postgresql"])
def new(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database without tables, on each engine in turn."""
    new_database: NewDatabase = request.getfixturevalue(request.param)
    name = re.sub(r"\W", "", request.node.name)[-50:]
    with closing(Database(new_database(name))) as database:
        yield database


@pytest.fixture(scope="session")
def copy_postgresql(postgres_url: str) -> CopyDatabase:
    """A function that copies a PostgreSQL database, and returns the URL of the copy."""

    def copy(name: str, original: str) -> str:
        # All workers share the server, and use the same names for separate databases.
        if name != _SEEDS:
            name = f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{name}"
        return copy_database(postgres_url, name, original)

    return copy


@pytest.fixture(scope="session")
def seeds_in_sqlite(new_sqlite: NewDatabase) -> NewDatabase:
    """A function that makes an SQLite database with the seeds by name, and returns its URL."""
    original = run_folder() / "seeds.db"
    with first_to("load-seeds-into-sqlite") as first:
        if first:
            load_seeds(f"sqlite:///{original}")

    def copy(name: str) -> str:
        url = new_sqlite(name)
        shutil.copy(original, str(make_url(url).database))
        return url

    return copy


@pytest.fixture(scope="session")
def seeds_in_postgresql(copy_postgresql: CopyDatabase) -> NewDatabase:
    """A function that makes a PostgreSQL database with the seeds by name, and returns its URL."""
    with first_to("load-seeds-into-postgresql") as first:
        if first:
            load_seeds(copy_postgresql(_SEEDS, _EMPTY))
    return lambda name: copy_postgresql(name, database_name(_SEEDS))


def load_seeds(url: str) -> None:
    """Load the project's seeds into an empty database, and make a release of them.

    Every database of the run gets the same instants, so that both engines give the same bytes.
    """
    with closing(Database(url)) as database, pytest.MonkeyPatch.context() as patch:
        for module in (changes, releases):
            patch.setattr(module, "current_instant", lambda _: run_started_at())
        assert not prepare(database, PROJECT_ROOT / "seeds")
        with database.write() as connection:
            releases.create_release(connection, "2026-11")


@pytest.fixture(scope="session")
def seeds_in(engine: str, request: pytest.FixtureRequest) -> NewDatabase:
    """A function that makes a database with the seeds by name, and returns its URL."""
    maker: NewDatabase = request.getfixturevalue(f"seeds_in_{engine}")
    return maker
