"""Three servers of Debian's PostgreSQL that repmgr watches: it promotes a standby when the primary dies.

The files of `deploy/repmgr` configure them, with folders of this run in place of hosts and of Debian's folders.
"""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final

import psycopg
import pytest

from app.settings import PROJECT_ROOT
from tests.support.cluster import DATABASE, Node
from tests.support.postgresql import server_folder, server_user
from tests.support.units import Unit

MACHINES = 3
_DEPLOYED: Final = PROJECT_ROOT / "deploy/repmgr"
_BIN: Final = Path("/usr/lib/postgresql/15/bin")
# The machines of a test share one disk, which need not survive a power failure.
_QUICK: Final = "fsync = off\nlisten_addresses = ''\n"


class Machine(Node):
    """One server of PostgreSQL with its repmgrd, as Debian's `pg_createcluster` makes it."""

    def __init__(self, number: int) -> None:
        super().__init__(f"db{number}")
        self.number = number
        self._folder = server_folder(f"node-{self.name}-etc")
        self.configuration = self._folder / "15/main"
        self.repmgr_file = self._folder / "repmgr.conf"
        self.daemon = Unit(
            f"repmgrd-{self.name}",
            ["repmgrd", "-f", self.repmgr_file, "--daemonize=false", "--no-pid-file"],
            lambda: self.ask("SELECT repmgr.repmgrd_is_running()", "repmgr"),
            self._folder,
            user=server_user(),
            variables=self._variables,
        )

    @property
    def log(self) -> str:
        """The lines that repmgr and repmgrd wrote."""
        return (self._folder / "repmgr.log").read_text()

    def create(self) -> None:
        """Make an empty server with the deployed configuration."""
        self.run(
            *("pg_createcluster", "15", "main", "--port", "5432", "-s", self.socket),
            *("-d", self.data, "-l", self._folder / "postgresql.log"),
            *("--", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"),
        )
        deployed = (_DEPLOYED / "postgresql.conf").read_text()
        (self.configuration / "conf.d").mkdir(exist_ok=True)
        (self.configuration / "conf.d/timeline.conf").write_text(deployed + _QUICK)
        deployed = (_DEPLOYED / "repmgr.conf").read_text()
        quick = "pg_basebackup_options='--no-sync'\n"
        self.repmgr_file.write_text(self._localized(deployed) + quick)

    def start(self) -> None:
        """Start PostgreSQL."""
        self.run("pg_ctlcluster", "15", "main", "start")

    def stop(self, mode: str = "fast") -> None:
        """Stop PostgreSQL, if it runs."""
        if self.is_running:
            self.run("pg_ctlcluster", "15", "main", "stop", "-m", mode)

    def clone(self, source: "Machine") -> None:
        """Replace its data by a copy of the source, start as a standby, and tell repmgr."""
        # PostgreSQL's user may not create a folder beside it.
        self.run("find", self.data, "-mindepth", "1", "-delete")
        address = ("-h", source.socket, "-U", "repmgr", "-d", "repmgr")
        self.repmgr(*address, "standby", "clone", "--fast-checkpoint")
        self.start()
        self.repmgr("standby", "register")

    @property
    def is_running(self) -> bool:
        """Whether PostgreSQL runs."""
        return (self.data / "postmaster.pid").exists()

    def hang(self) -> None:
        """Stop all processes of the machine, so that nothing answers and no connection breaks."""
        self.pause()
        os.killpg(self.daemon.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let all of them run again."""
        super().go_on()
        with suppress(ProcessLookupError):
            os.killpg(self.daemon.pid, signal.SIGCONT)

    def recover(self) -> None:
        """Finish the recovery that a crash left to do, without becoming a primary.

        pg_rewind would do it, but does not find the configuration outside of the data.
        """
        file = self.configuration / "postgresql.conf"
        arguments = ("-D", self.data, "-c", f"config_file={file}", "template1")
        self.run(_BIN / "postgres", "--single", *arguments)

    def rejoin(self, primary: "Machine") -> str:
        """Come back as a standby of the new primary, and return the lines of repmgr."""
        address = f"host={primary.socket} user=repmgr dbname=repmgr"
        # pg_rewind reads the new history from the control file, which has it after a checkpoint.
        primary.ask("CHECKPOINT")
        return self.repmgr("node", "rejoin", "-d", address, "--force-rewind")

    def repmgr(self, *arguments: str | Path) -> str:
        """Run repmgr on this machine, and return the lines it wrote."""
        return self.run("repmgr", "-f", self.repmgr_file, *arguments)

    def run(self, *command: str | Path) -> str:
        """Run a program as the user of PostgreSQL on this machine, and return the lines it wrote."""
        user = server_user()
        done = subprocess.run(
            command,
            cwd="/",
            user=user,
            group=None if user is None else pwd.getpwnam(user).pw_gid,
            env={**os.environ, **self._variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}"
        return done.stdout

    def is_primary(self) -> bool:
        """Return whether it runs and accepts writes."""
        with suppress(psycopg.OperationalError):
            return not self.ask("SELECT pg_is_in_recovery()")
        return False

    def upstream(self) -> str | None:
        """Return the folder of the server from which this standby receives changes."""
        folder: str | None = self.ask("SELECT sender_host FROM pg_stat_wal_receiver")
        return folder

    def synchronous_standbys(self) -> set[str]:
        """Return the names of the standbys of which one must confirm each commit."""
        names = self.ask(
            "SELECT array_agg(application_name) FROM pg_stat_replication WHERE sync_state = 'quorum'"
        )
        return {*names}

    @property
    def _variables(self) -> dict[str, str]:
        # Debian's programs ask the server as the user that runs it, which is postgres on Debian.
        return {"PG_CLUSTER_CONF_ROOT": str(self._folder), "PGUSER": "postgres"}

    def _localized(self, text: str) -> str:
        """Return the deployed configuration of db1 for this machine."""
        for deployed, here in {
            "node_id=1": f"node_id={self.number}",
            "host=db1": f"host={self.socket}",
            "'db1'": f"'{self.name}'",
            "/var/lib/postgresql/15/main": str(self.data),
            "/etc/repmgr.conf": str(self.repmgr_file),
            "/var/log/postgresql": str(self._folder),
            "sudo systemctl start postgresql@15-main": "pg_ctlcluster 15 main start",
            "sudo systemctl stop postgresql@15-main": "pg_ctlcluster 15 main stop -m fast",
        }.items():
            assert deployed in text, f"{deployed} is not in repmgr.conf"
            text = text.replace(deployed, here)
        return text


@contextmanager
def watched_machines() -> Iterator[list[Machine]]:
    """Start a primary and two standbys with repmgrd on each; without repmgr skip the test.

    Beside other tests skip it too: on a busy machine repmgrd gives up following at times.
    """
    if "TEST_KILLS" not in os.environ:
        pytest.skip("repmgrd needs the machine for itself: make cluster-check")
    if not (_BIN / "repmgrd").exists():
        pytest.skip("repmgr is not installed: apt-get install postgresql-15-repmgr")
    with ExitStack() as stack:
        machines = [_machine(stack, number) for number in range(1, MACHINES + 1)]
        primary, *standbys = machines
        primary.start()
        # A commit waits for a standby, and none exists yet.
        alone = ("env", "PGOPTIONS=-c synchronous_commit=local")
        primary.run(*alone, "createuser", "-h", primary.socket, "--superuser", "repmgr")
        for name in ("repmgr", DATABASE):
            primary.run(*alone, "createdb", "-h", primary.socket, name)
        primary.repmgr("primary", "register")
        for standby in standbys:
            standby.clone(primary)
        for machine in machines:
            machine.daemon.start()
            stack.callback(machine.daemon.kill)
            machine.daemon.wait()
        yield machines


def _machine(stack: ExitStack, number: int) -> Machine:
    machine = Machine(number)
    machine.create()

    def remove() -> None:
        if machine.is_running:
            machine.go_on()
        machine.stop("immediate")
        for folder in (machine.data, machine.socket, machine.configuration.parents[1]):
            shutil.rmtree(folder)

    stack.callback(remove)
    return machine
