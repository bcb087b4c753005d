#!/usr/bin/env bash
# Library: PyPI wikibase-reconcile 0.2.0, `Client.reconcile`, with pandas 3.1.1.
# Expected: a name without a candidate has none, a query with a type finds only that type, and the answers are in the order of
#   the queries, which is the order of the table.
# Seen: a name with a hyphen that has no candidate is asked for again up to its hyphen, so "Kim Jong-nam" becomes a question for
#   "Kim Jong" and has other people as candidates; a query with a type is then asked without it. `search_string` says the first
#   name all the same. The answers are in the order in which they arrived. None of it is an option.
# For readers of the timeline: many romanized Korean names have a hyphen. Join answers to rows by `search_string`, and
#   look at the type of each candidate; or ask `/reconcile` with OpenRefine.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check wikibase-reconcile==0.2.0 tqdm==4.70.1 pandas==3.1.1 2> /dev/null
cat > run.py <<'PY'
import http.server
import json
import threading
import time
import urllib.parse

from wikibase_reconcile import Client

PEOPLE = {"Kim Jong": "Kim Jong Gak", "Sergey Lavrov": "Sergey Lavrov"}
PLACES = {"Vladivostok": "Vladivostok"}


class Service(http.server.BaseHTTPRequestHandler):
    """Answers with people, or with places too if no type is asked for; a name with a space takes a moment."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        query = json.loads(urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)["query"][0])
        asked.append((query["query"], query.get("type")))
        time.sleep(1 if query["query"] == "Sergey Lavrov" else 0)
        known = PEOPLE if "type" in query else PEOPLE | PLACES
        name = known.get(query["query"])
        body = json.dumps({"result": [{"id": "Q1", "name": name, "score": 90, "match": True}] if name else []}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


asked: list[tuple[str, str | None]] = []
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = Client(api=f"http://127.0.0.1:{server.server_port}")


def ask(*queries):
    asked.clear()
    answers = client.reconcile(list(queries))
    print("answers", [(each["search_string"], [found["name"] for found in each["result"]]) for each in answers])


ask({"query": "Kim Jong-nam"})
print("asked", asked)
ask({"query": "Vladivostok", "type": "Q5"})
print("asked", asked)
ask({"query": "Sergey Lavrov"}, {"query": "Kim Jong"})
PY
venv/bin/python run.py 2> errors > seen
cat seen
cat > expected <<'TEXT'
answers [('Kim Jong-nam', ['Kim Jong Gak'])]
asked [('Kim Jong-nam', None), ('Kim Jong', None)]
answers [('Vladivostok', ['Vladivostok'])]
asked [('Vladivostok', 'Q5'), ('Vladivostok', None)]
answers [('Kim Jong', ['Kim Jong Gak']), ('Sergey Lavrov', ['Sergey Lavrov'])]
TEXT
diff expected seen
