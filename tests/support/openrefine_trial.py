"""Try the reconciliation service with OpenRefine itself, and print each request that it sends.

Needs the program `openrefine` (Debian: openrefine 3.6.2) and a server of the timeline with the seeds:

    python -m tests.support.openrefine_trial --server http://127.0.0.1:8000 --language ko
"""

import argparse
import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, Final
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

import httpx

from tests.support.servers import free_port

TABLE: Final = """who,country,office
Choi Sun-hee,North Korea,
Лавров,Россия,Министр иностранных дел России
김정은,KP,
Мацегора Александр,RU,
최룡해,조선,
Nobody Known,,
"""
WANTED: Final = ("country", "wikidata", "name_ko", "office", "last_event")
# As the form of the page sends them.
SETTINGS: Final = {"settings": {"limit": "1"}}
_PASSED: Final = {"content-type", "content-length", "access-control-allow-origin"}
# All rows, without facets.
ENGINE: Final = '{"facets": [], "mode": "row-based"}'
_PATIENCE: Final = 60
# Of the import; without them the separator is a tab.
_OPTIONS: Final = '{"separator": ",", "encoding": "UTF-8", "headerLines": 1}'


class Refine:
    """A running OpenRefine, asked by the commands that its page sends."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, timeout=_PATIENCE)

    def get(self, command: str, **query: object) -> Any:
        """Return the answer of a command that only reads."""
        answer = self.http.get(f"/command/core/{command}", params=_texts(query))
        return answer.raise_for_status().json()

    def post(self, command: str, query: dict[str, object], **form: object) -> Any:
        """Return the answer of a command that changes something, or asks a service."""
        form["csrf_token"] = self.token()
        path = f"/command/core/{command}"
        answer = self.http.post(path, params=_texts(query), data=_texts(form))
        return answer.raise_for_status().json()

    def token(self) -> str:
        """Return a token for one change."""
        token: str = self.get("get-csrf-token")["token"]
        return token

    def create(self, table: str) -> str:
        """Make a project of a table in CSV, and return its number."""
        query = {"csrf_token": self.token()}
        form = {"project-name": "trial", "format": "text/line-based/*sv", "options": _OPTIONS}
        file = {"project-file": ("table.csv", table.encode(), "text/csv")}
        path = "/command/core/create-project-from-upload"
        answer = self.http.post(path, params=query, data=form, files=file)
        return parse_qs(urlsplit(answer.headers["location"]).query)["project"][0]

    def finish(self, project: str) -> None:
        """Wait for all processes of a project."""
        deadline = time.monotonic() + _PATIENCE
        while self.get("get-processes", project=project)["processes"]:
            if time.monotonic() > deadline:
                raise TimeoutError(
                    f"OpenRefine did not finish: {self.get('get-processes', project=project)}"
                )
            time.sleep(0.3)


def _texts(values: dict[str, object]) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for name, value in values.items()
    }


@contextmanager
def running_refine() -> Iterator[Refine]:
    """Yield OpenRefine on a free port, with its data in a temporary folder."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        options = ["-i", "127.0.0.1", "-p", str(port), "-d", folder, "-m", "512M"]
        command = ["openrefine", *options, "-x", "refine.headless=true"]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True)
        try:
            refine = Refine(f"http://127.0.0.1:{port}")
            _wait(refine, process)
            yield refine
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(_PATIENCE)


def _wait(refine: Refine, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            refine.get("get-version")
        except httpx.HTTPError:
            time.sleep(0.5)
        else:
            return
    raise RuntimeError("OpenRefine did not start")


@contextmanager
def recorded(server: str) -> Iterator[str]:
    """Yield the URL of a proxy before the server, which prints each request and its status."""

    class Recorder(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            self._pass(b"")

        def do_POST(self) -> None:
            self._pass(self.rfile.read(int(self.headers["Content-Length"])))

        def _pass(self, body: bytes) -> None:
            headers = {**self.headers, "Accept-Encoding": "identity"}
            url = f"{server}{self.path}"
            answer = httpx.request(self.command, url, headers=headers, content=body)
            print(f"{self.command} {self.path} {answer.status_code}")
            for name, value in parse_qsl(body.decode(), True):
                print(f"    {name}={value}")
            self.send_response(answer.status_code)
            for name in _PASSED & answer.headers.keys():
                self.send_header(name, answer.headers[name])
            self.end_headers()
            self.wfile.write(answer.content)

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    Thread(target=proxy.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{proxy.server_port}"
    proxy.shutdown()


def try_service(refine: Refine, service: str) -> None:
    """Match a table with the service, fetch columns, and print the results."""
    manifest = httpx.get(service).json()
    project = refine.create(TABLE)
    column: dict[str, object] = {"project": project, "columnName": "who"}
    guessed = refine.post("guess-types-of-column", {**column, "service": service})
    print("types:", ", ".join(each["id"] for each in guessed["types"]))
    _reconcile(refine, project, manifest, service)
    _show_rows(refine, project, manifest)
    _extend(refine, project, manifest, service)


def _reconcile(refine: Refine, project: str, manifest: Any, service: str) -> None:
    details = [
        {"column": name, "property": {"id": name, "name": name}} for name in ("country", "office")
    ]
    config = {
        "mode": "standard-service",
        "service": service,
        "identifierSpace": manifest["identifierSpace"],
        "schemaSpace": manifest["schemaSpace"],
        "type": {"id": "person", "name": "Person"},
        "autoMatch": True,
        "columnDetails": details,
        "limit": 0,
    }
    refine.post("reconcile", {"project": project}, engine=ENGINE, columnName="who", config=config)
    refine.finish(project)


def _show_rows(refine: Refine, project: str, manifest: Any) -> None:
    table = _rows(refine, project)
    for row in table["rows"]:
        cell = row["cells"][0]
        recon = table["pool"]["recons"][str(cell["r"])]
        found = [f"{each['id']} {each['score']}" for each in recon.get("c", [])]
        print(f"{cell['v']}: {recon['j']} {', '.join(found)}")
        if "m" in recon:
            _open_addresses(manifest, recon["m"]["id"])


def _open_addresses(manifest: Any, id_: str) -> None:
    """Open the preview and the page of an entity: OpenRefine's page does not encode the slash in an id."""
    for part in ("preview", "view"):
        httpx.get(manifest[part]["url"].replace("{{id}}", quote(id_))).raise_for_status()


def _rows(refine: Refine, project: str) -> Any:
    return refine.post("get-rows", {"project": project, "start": 0, "limit": 50}, engine=ENGINE)


def _extend(refine: Refine, project: str, manifest: Any, service: str) -> None:
    extension = {"properties": [{"id": name, "name": name, **SETTINGS} for name in WANTED]}
    column: dict[str, object] = {"project": project, "columnName": "who"}
    numbers = [*range(TABLE.count("\n") - 1)]
    shown = refine.post("preview-extend-data", column, rowIndices=numbers, extension=extension)
    print("columns:", ", ".join(each["name"] for each in shown["columns"]))
    refine.post(
        "extend-data",
        {"project": project},
        engine=ENGINE,
        baseColumnName="who",
        endpoint=service,
        identifierSpace=manifest["identifierSpace"],
        schemaSpace=manifest["schemaSpace"],
        columnInsertIndex=1,
        extension=extension,
    )
    refine.finish(project)
    for row in _rows(refine, project)["rows"]:
        print(" | ".join(str((cell or {}).get("v", "")) for cell in row["cells"]))


def main() -> None:
    """Read the options, and try the service."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", default="http://127.0.0.1:8000")
    parser.add_argument("--language", default="")
    options = parser.parse_args()
    below = f"/{options.language}" if options.language else ""
    with recorded(options.server) as url, running_refine() as refine:
        print("OpenRefine", refine.get("get-version")["version"])
        try_service(refine, f"{url}{below}/reconcile")


if __name__ == "__main__":
    main()
