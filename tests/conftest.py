"""Fixtures and hooks, and the policy behind them.

- A test that writes to a database runs on SQLite and on a real PostgreSQL, started here; nothing is
  mocked. `database` is empty at the start of each test. Above the layers that send SQL, the second
  engine is one of the thorough tests.
- A test that only reads uses `seeded_client`, which compares the answers of both engines. `seeded`
  is the database itself: read it, and write nothing.
- Expensive fixtures are made once for the whole run; its workers share or copy them
  (`tests/support/databases.py`). Tests commit for real, and the rows are deleted afterwards.
- Each test builds its special cases from `builders`; no test relies on the data of another test.
"""

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import settings
from starlette.testclient import TestClient

from app.domain.vocabulary import Scope
from app.settings import PROJECT_ROOT
from app.tables import at_once
from app.tables.database import Database
from app.tables.schema.creation import create_if_empty
from tests.support import chance
from tests.support.apps import client_of, empty, make_key
from tests.support.postgresql import drop_databases

if TYPE_CHECKING:
    # pytest must load this plugin itself, in order to rewrite its assertions.
    from tests.support.databases import NewDatabase

# No deadline: on a busy machine an example may take long, through no fault of the tested code.
settings.register_profile("dev", deadline=None)
# CI tries the same examples each time, and prints how to repeat a failure.
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.register_profile("nightly", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "dev"))

_TESTS = PROJECT_ROOT / "tests"
# Tests in these folders send no SQL of their own. The tests of lower layers run on both engines each time,
# and `tests/api/test_engines_agree.py` compares the answers of both.
_FAR_FROM_SQL = frozenset(("api", "cli", "docs", "mcp", "monitoring", "proving", "publishing"))
# Tests of upgrades from versions that nobody runs any more, and of damage: each makes a database of its own,
# which takes long on PostgreSQL.
_RARE = frozenset(("test_migrations.py", "test_publishers_from_texts.py", "test_salvage.py"))
_SECOND_IS_THOROUGH = _FAR_FROM_SQL | _RARE
# The fixtures that make databases.
pytest_plugins = ["tests.support.databases"]
# Reference counting frees most objects of a test, so the garbage collector may run rarely.
gc.set_threshold(50_000)
# Processes that tests start then share compiled modules.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def pytest_report_header() -> str:
    """Print how to repeat the random choices of this run."""
    return f"TEST_SEED={chance.SEED}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the second engine of tests that are marked `sqlite`, and mark that of others `thorough`."""
    for item in items:
        if _SECOND_IS_THOROUGH & {*item.path.relative_to(_TESTS).parts} and _is_second(item):
            item.add_marker(pytest.mark.thorough)
    once = [item for item in items if item.get_closest_marker("sqlite")]
    left_out = {item for item in once if _is_second(item)}
    config.hook.pytest_deselected(items=[*left_out])
    items[:] = [item for item in items if item not in left_out]


def _is_second(item: pytest.Item) -> bool:
    spec = getattr(item, "callspec", None)
    engines = ("postgresql", "new_postgresql")
    return spec is not None and not {*engines}.isdisjoint(map(str, spec.params.values()))


def pytest_collection_finish() -> None:
    """Exempt collected tests from garbage collection, because they live to the end."""
    gc.freeze()


def pytest_unconfigure() -> None:
    """Drop the databases of this run from a PostgreSQL server that outlives it."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        drop_databases()


@pytest.fixture(scope="session", autouse=True)
def _no_settings_from_outside() -> None:
    """Remove settings from the environment; tests give their own."""
    for name in [name for name in os.environ if name.startswith("TIMELINE_")]:
        del os.environ[name]


@pytest.fixture(scope="session", autouse=True)
def _patient_event_loop() -> Iterator[None]:
    """Let a read in the event loop take long: on a busy machine it would run twice, and its statements too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(at_once, "_SECONDS", 60)
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_cached_loggers() -> Iterator[None]:
    """Let no logger of a module keep the configuration of one test, or a later one could not capture its lines."""
    configure = structlog.configure
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            structlog,
            "configure",
            lambda **options: configure(**{**options, "cache_logger_on_first_use": False}),
        )
        yield


@pytest.fixture(scope="session")
def _work(new_database: "NewDatabase") -> Iterator[Database]:
    database = Database(new_database("work"))
    create_if_empty(database)
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
    """A database with the seeds on SQLite; read it, write nothing."""
    with closing(Database(seeds_in_sqlite("seeded"))) as database:
        yield database


@pytest.fixture(scope="session")
def seeded_postgresql(seeds_in_postgresql: "NewDatabase") -> Iterator[Database]:
    """A database with the seeds on PostgreSQL; read it, write nothing."""
    with closing(Database(seeds_in_postgresql("seeded"))) as database:
        yield database


@pytest.fixture(scope="session")
def seeded(engine: str, request: pytest.FixtureRequest) -> Database:
    """A database that holds the project's seeds; read it, write nothing."""
    database: Database = request.getfixturevalue(f"seeded_{engine}")
    return database


@pytest.fixture(scope="session")
def seeded_client(seeded_sqlite: Database, seeded_postgresql: Database) -> Iterator[TestClient]:
    """A client of the API over the seeds on SQLite; PostgreSQL must give the same answers.

    So a test that only reads the seeds runs once, and its requests are compared on both engines.
    """
    with client_of(seeded_postgresql) as twin, client_of(seeded_sqlite, twin) as client:
        yield client


@pytest.fixture(scope="session")
def engine_client(seeded: Database) -> Iterator[TestClient]:
    """A client of the API over the seeds on one engine and then the other.

    For tests of more than the answer, such as the SQL statements of a request.
    """
    with client_of(seeded) as client:
        yield client


@pytest.fixture(scope="session")
def scratch(seeds_in: "NewDatabase") -> Iterator[Database]:
    """A database with the seeds; examples of the docs may write to it."""
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
