#!/usr/bin/env bash
# Library: PyPI openapi-cli-gen 0.0.20, `openapi-cli-gen run --spec`, which makes commands of the operations of a contract.
# Expected: a parameter that is a list takes several values, a required header is required, a body can be given, and a parameter
#   with a number in a header is sent.
# Seen: of `--place moscow --place nampho` the last one is sent, without a word. A body in application/merge-patch+json has no
#   options, so the command sends an empty PATCH; the required If-Match is optional. A whole number in a header is a TypeError.
# For readers of the timeline: generate a client from [clients](../docs/clients.md), or use the `timeline` command to load records.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-cli-gen==0.0.20 2> /dev/null
cat > run.py <<'PY'
import http.server
import json
import subprocess
import threading


class Service(http.server.BaseHTTPRequestHandler):
    """Prints each request."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        print("   ", self.command, self.path, "If-Match:", self.headers.get("If-Match"), "body:", repr(body), flush=True)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_PATCH = do_GET


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()


def parameter(place, name, schema, required=False):
    return {"in": place, "name": name, "required": required, "schema": schema}


TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
LIST = [
    parameter("query", "place", {"type": "array", "items": TEXT}),
    parameter("header", "Timeline-At-Least", NUMBER),
]
EDIT = [parameter("path", "place_id", TEXT, True), parameter("header", "If-Match", TEXT, True)]
PATCH = {"application/merge-patch+json": {"schema": {"type": "object", "properties": {"note": TEXT}}}}
DONE = {"200": {"description": "Done"}}
edit = {"operationId": "edit_place", "tags": ["places"], "parameters": EDIT, "responses": DONE}
edit["requestBody"] = {"required": True, "content": PATCH}
events = {"operationId": "list_events", "tags": ["events"], "parameters": LIST, "responses": DONE}
contract = {
    "openapi": "3.1.0",
    "info": {"title": "Timeline", "version": "1"},
    "servers": [{"url": f"http://127.0.0.1:{server.server_port}"}],
    "paths": {"/v1/events": {"get": events}, "/v1/places/{place_id}": {"patch": edit}},
}
with open("api.json", "w") as file:
    json.dump(contract, file)
for arguments in (
    "events list --place moscow --place nampho",
    "events list --timeline-at-least 5",
    "places edit --place-id moscow",
    "places edit --place-id moscow --note Text",
):
    print(arguments, flush=True)
    command = ["venv/bin/openapi-cli-gen", "run", "--spec", "api.json", *arguments.split()]
    done = subprocess.run(command, capture_output=True, text=True)
    errors = [line for line in done.stderr.splitlines() if "Error" in line or "error:" in line]
    print("    exit", done.returncode, *errors[-1:], flush=True)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
events list --place moscow --place nampho
    GET /v1/events?place=nampho If-Match: None body: ''
    exit 0
events list --timeline-at-least 5
    exit 1 TypeError: Header value must be str or bytes, not <class 'int'>
places edit --place-id moscow
    PATCH /v1/places/moscow If-Match: None body: ''
    exit 0
places edit --place-id moscow --note Text
    exit 2 openapi-cli-gen: error: unrecognized arguments: --note Text
TEXT
diff expected seen
