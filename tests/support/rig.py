"""The servers of compose.yaml as processes of this machine, with a second standby: a test may kill each of them.

The cache and the pooler have the configurations of `deploy/compose`, with other addresses.
"""

import re
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from app.settings import PROJECT_ROOT
from tests.support.cluster import DATABASE, Cluster, Node, wait_until
from tests.support.postgresql import server_user
from tests.support.servers import find_daemon, free_port
from tests.support.units import Unit, start_all, stop_all

COMPOSE = PROJECT_ROOT / "deploy/compose"
SERVERS = WORKERS = 2
# RestartSec of deploy/systemd/timeline.service.
_SERVER_DELAY = 2


class Rig:
    """A cache before two servers of two workers, with Redis and a pooler before the primary.

    `servers` is another number of servers, and `settings` are settings of each.
    """

    def __init__(
        self, cluster: Cluster, folder: Path, servers: int = SERVERS, **settings: object
    ) -> None:
        self.cluster = cluster
        self._folder = folder
        self._pooler_port = free_port()
        self.pooler = self._make_pooler()
        self.redis_port = free_port()
        self.redis = make_redis(folder, self.redis_port)
        ports = [free_port() for _ in range(servers)]
        self.bases = [f"http://127.0.0.1:{port}" for port in ports]
        self.servers = [self._make_server(n, settings) for n in range(servers)]
        cache_port = free_port()
        self.url = f"http://127.0.0.1:{cache_port}"
        self.cache = self._make_cache(cache_port)

    def point_pooler_at(self, node: Node) -> None:
        """Let the pooler lead to another primary."""
        self._write_pooler_file(node)
        self.pooler.reload()

    def wait_for_log(self, message: str) -> None:
        """Wait until a server has logged this message."""
        wait_until(
            lambda: any(message in server.log.read_text() for server in self.servers),
            f"no server logged: {message}",
        )

    def _make_pooler(self) -> Unit:
        file = self._write_pooler_file(self.cluster.primary)
        return Unit(
            "pooler",
            [find_daemon("pgbouncer", "pgbouncer"), file],
            lambda: _accepts(self._pooler_port),
            self._folder,
            user=server_user(),
        )

    def _write_pooler_file(self, primary: Node) -> Path:
        text = (COMPOSE / "pooler/pgbouncer.ini").read_text()
        text = text.replace("host=primary port=5432", f"host={primary.socket} user=postgres")
        text = text.replace("0.0.0.0", "127.0.0.1").replace("6432", str(self._pooler_port))
        text = re.sub("auth_type = .*\nauth_file = .*", "auth_type = any", text)
        # In the folder of a node, which belongs to the user that runs the pooler.
        file = self.cluster.standbys[0].socket / "pgbouncer.ini"
        file.write_text(text)
        return file

    def _make_server(self, number: int, settings: dict[str, object]) -> Unit:
        base = self.bases[number]
        settings = {
            "database_url": f"postgresql://postgres@127.0.0.1:{self._pooler_port}/{DATABASE}",
            "read_urls": self.cluster.read_urls,
            "rate_limit": "1000000/hour",
            "rate_limit_storage": f"redis://127.0.0.1:{self.redis_port}/0",
            "port": base.rpartition(":")[2],
            "workers": WORKERS,
            "seeds": "none",
            "past_folder": self._folder / f"past{number}",
            "keep_alive_seconds": 75,
            # So that stored answers expire during a test.
            "cache_seconds": 2,
            **settings,
        }
        return Unit(
            f"server-{number + 1}",
            [sys.executable, "-m", "app", "serve"],
            lambda: _answers(f"{base}/readyz"),
            self._folder,
            variables={
                "PYTHONPATH": str(PROJECT_ROOT),
                **{f"TIMELINE_{name.upper()}": str(value) for name, value in settings.items()},
            },
            delay=_SERVER_DELAY,
        )

    def _make_cache(self, port: int) -> Unit:
        text = (COMPOSE / "nginx.conf").read_text()
        for number, base in enumerate(self.bases, 1):
            text = text.replace(f"server-{number}:8000", base.removeprefix("http://"))
        text = re.sub(r" *server server-\d:8000 .*\n", "", text)
        text = text.replace("listen 8080", f"listen 127.0.0.1:{port}")
        text = text.replace("/var/cache/nginx/timeline", f"{self._folder}/cache")
        temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        paths = "".join(f"{each}_temp_path {self._folder}/{each};\n" for each in temporary)
        file = self._folder / "nginx.conf"
        # It runs as the user of this folder.
        file.write_text(
            f"daemon off; user root; pid {self._folder}/nginx.pid;\n"
            + text.replace("http {\n", f"http {{\n{paths}", 1)
        )
        nginx = find_daemon("nginx", "nginx-light")
        return Unit(
            "cache",
            [nginx, "-p", self._folder, "-c", file, "-e", self._folder / "error.log"],
            lambda: _answers(f"{self.url}/healthz"),
            self._folder,
        )


@contextmanager
def running(rig: Rig) -> Iterator[Rig]:
    """Start all programs except PostgreSQL, which runs already, and stop them at the end."""
    layers = ([rig.pooler, rig.redis], rig.servers, [rig.cache])
    try:
        for layer in layers:
            start_all(layer)
        yield rig
    finally:
        for layer in reversed(layers):
            stop_all(layer)


def make_redis(folder: Path, port: int) -> Unit:
    """Return Redis with the options of compose.yaml."""
    return Unit(
        "redis",
        [
            find_daemon("redis-server", "redis-server"),
            *("--port", str(port), "--bind", "127.0.0.1", "--dir", folder),
            *("--save", "", "--appendonly", "no", "--maxmemory", "64mb"),
        ],
        lambda: _accepts(port),
        folder,
    )


def _accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).status_code == 200
    except httpx.TransportError:
        return False
