"""A pgbouncer before the PostgreSQL server of the tests: each transaction may get another connection."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import make_url

from tests.support.postgresql import server_folder, server_user
from tests.support.servers import PATIENCE, find_daemon, stopped_at_the_end

# The one and only user of the server; the pooler accepts each client as this user.
_CONFIGURATION = """
[databases]
* = host={host} user=postgres
[pgbouncer]
pool_mode = transaction
default_pool_size = {connections}
auth_type = any
listen_addr =
unix_socket_dir = {folder}
logfile = {folder}/log
"""


@contextmanager
def pooled(server: str, connections: int) -> Iterator[Callable[[str], str]]:
    """Yield a function that turns the URL of a database into the URL of the same through the pooler."""
    program = find_daemon("pgbouncer", "pgbouncer")
    folder = server_folder("pooler")
    host = make_url(server).query["host"]
    configuration = folder / "pgbouncer.ini"
    configuration.write_text(
        _CONFIGURATION.format(host=host, connections=connections, folder=folder)
    )
    process = subprocess.Popen([program, "-q", configuration], user=server_user(), cwd="/")
    with stopped_at_the_end(process):
        deadline = time.monotonic() + PATIENCE
        while not (folder / ".s.PGSQL.6432").exists():
            assert time.monotonic() < deadline, "pgbouncer did not start"
            assert process.poll() is None, "pgbouncer ended"
            time.sleep(0.02)
        query = {"host": str(folder), "port": "6432"}
        yield lambda url: make_url(url).set(query=query).render_as_string(hide_password=False)
