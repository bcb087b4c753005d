"""The caches of `deploy/` in front of a server, on free ports of this machine."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

from app.settings import PROJECT_ROOT
from app.tables.database import Database
from tests.support.servers import (
    Process,
    find_daemon,
    free_port,
    proxied,
    served,
    stopped_at_the_end,
    wait_until_ready,
)

NGINX = PROJECT_ROOT / "deploy/nginx/timeline.conf"
VARNISH = PROJECT_ROOT / "deploy/varnish/timeline.vcl"
# The options of varnishd that docs/caches.md gives, beside addresses and folders.
VARNISH_OPTIONS = ("-p", "http_gzip_support=off", "-s", "malloc,256m")


class Cached(NamedTuple):
    """A server behind a cache."""

    kind: str
    url: str
    database: Database
    log: Path
    client: httpx.Client

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Send a request through the cache; without compression, unless a header asks for it."""
        headers = {"Accept-Encoding": "identity", **headers}
        return self.client.get(f"{self.url}{path}", headers=headers)

    def statuses_at_origin(self, path: str) -> list[int]:
        """Return the statuses that the server has logged for a path, in order."""
        lines = [
            json.loads(line)
            for line in self.log.read_text().splitlines(keepends=True)
            if line[-1] == "\n"
        ]
        return [line["status"] for line in lines if line.get("path") == path]


@contextmanager
def cached(
    kind: str, folder: Path, store: Callable[[Database], object], **settings: object
) -> Iterator[Cached]:
    """Yield a server over the stored records, behind the cache `nginx` or `varnish`."""
    with cached_origin(kind, folder, store, **settings) as (site, _):
        yield site


@contextmanager
def cached_origin(
    kind: str, folder: Path, store: Callable[[Database], object], **settings: object
) -> Iterator[tuple[Cached, Process]]:
    """Do the same, and yield the process of the server as well."""
    port, log, url = free_port(), folder / "server.log", f"sqlite:///{folder / 'timeline.db'}"
    cache = f"http://127.0.0.1:{port}"
    options = {"seeds": folder / "none", "past_folder": folder / "past", **settings}
    variables = {f"TIMELINE_{name.upper()}": value for name, value in options.items()}
    # The server trusts the proxy, and makes links from the `Host` that it forwards.
    with (
        served(url, log=log, variables=variables) as (origin, server),
        closing(Database(url)) as database,
        httpx.Client(timeout=60) as client,
    ):
        store(database)
        run = _nginx if kind == "nginx" else _varnish
        with run(folder, origin, port, url):
            yield Cached(kind, cache, database, log, client), server


@contextmanager
def _nginx(folder: Path, origin: str, port: int, _: str) -> Iterator[None]:
    with nginx(folder, [origin], port):
        yield


@contextmanager
def nginx(folder: Path, origins: Sequence[str], port: int) -> Iterator[None]:
    """Run nginx as a cache on the port, in front of these servers."""
    http = NGINX.read_text().replace("listen 80", f"listen 127.0.0.1:{port}")
    http = http.replace("/var/cache/nginx/timeline", str(folder / "cache"))
    servers = "".join(f"server {each.removeprefix('http://')};\n" for each in origins)
    http = http.replace("server 127.0.0.1:8000;", servers)
    with proxied(
        find_daemon("nginx", "nginx-light"), folder, http, f"http://127.0.0.1:{port}/healthz"
    ):
        yield


@contextmanager
def _varnish(folder: Path, origin: str, port: int, database_url: str) -> Iterator[None]:
    changes = free_port()
    file = folder / "timeline.vcl"
    file.write_text(VARNISH.read_text().replace('"8000"', f'"{origin.rpartition(":")[2]}"'))
    addresses = ("-a", f"timeline=127.0.0.1:{port}", "-a", f"changes=127.0.0.1:{changes}")
    # Without a jail, because the user of Varnish may not enter the folder.
    alone = ("-F", "-j", "none", "-T", "none", "-n", str(folder / "varnish"))
    command = [find_daemon("varnishd", "varnish"), *alone, *addresses, *VARNISH_OPTIONS]
    with (folder / "varnish.log").open("w") as log:
        process: Process = subprocess.Popen([*command, "-f", str(file)], stdout=log, stderr=log)
    with stopped_at_the_end(process):
        wait_until_ready(f"http://127.0.0.1:{port}/healthz", process)
        with _webhooks(folder, changes, database_url):
            yield


@contextmanager
def _webhooks(folder: Path, port: int, database_url: str) -> Iterator[None]:
    """Post each change to Varnish."""
    file = folder / "webhooks.toml"
    file.write_text(
        f'[webhooks.varnish]\nurl = "http://127.0.0.1:{port}/"\n'
        'secrets = ["whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="]\n'
        "allow_http = true\nallow_private = true\n"
    )
    state = folder / "webhooks.state.json"
    environment = {**os.environ, "TIMELINE_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "app", "webhooks", str(file)]
    with (folder / "webhooks.log").open("w") as log:
        process: Process = subprocess.Popen(
            command, cwd=PROJECT_ROOT, env=environment, stdout=log, stderr=log
        )
    with stopped_at_the_end(process):
        deadline = time.monotonic() + 90
        # A new receiver gets the changes that come after its first position.
        while not state.exists():
            assert process.poll() is None, (folder / "webhooks.log").read_text()
            assert time.monotonic() < deadline, "the webhooks did not start"
            time.sleep(0.05)
        yield
