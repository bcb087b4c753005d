#!/usr/bin/env bash
# Library: PyPI reconciler 0.2.2, `reconcile` with a `property_mapping`, with pandas 3.1.1 and numpy 2.4.6.
# Expected: each row of the table is a query with the cells of that row, an empty cell is left out, and a name without a
#   candidate is a row without an id.
# Seen: a name in two rows is one query, whose properties are the cells of both rows joined by a line end, even if they are
#   equal. A cell of more than 50 characters is cut to 47 and `...`, as pandas shows it, an empty one is the text NaN, and a
#   whole number in a column with an empty cell has a fraction. A name without a candidate is an AttributeError, also for
#   the names that have one, because numpy 2 has no `np.NaN`.
# For readers of the timeline: an office of a long name is no evidence; give its id. The reconciliation service takes each
#   line for an alternative, and NaN for nothing. Leave out names that may have no candidate, or use numpy 1.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check reconciler==0.2.2 pandas==3.1.1 numpy==2.4.6
cat > run.py <<'PY'
import http.server
import json
import threading
import urllib.parse

import pandas as pd
from reconciler import reconcile


class Service(http.server.BaseHTTPRequestHandler):
    """Answers each name with one candidate, except Nobody, and prints the properties that it is asked for."""

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        queries = json.loads(urllib.parse.parse_qs(body)["queries"][0])
        for query in queries.values():
            print(query["query"], [each["v"] for each in query.get("properties", [])])
        candidate = [{"id": "a", "name": "A", "score": 100, "match": True}]
        answer = {
            key: {"result": [] if query["query"] == "Nobody" else candidate}
            for key, query in queries.items()
        }
        content = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"
office = "Director-General for North America of the Ministry of Foreign Affairs"
table = pd.DataFrame(
    {
        "who": ["Lavrov", "Lavrov", "Choe Son Hui"],
        "country": ["RU", "RU", "KP"],
        "year": [2018, 2024, None],
        "office": [None, None, office],
    }
)
found = reconcile(
    table["who"],
    property_mapping={name: table[name] for name in ("country", "year", "office")},
    reconciliation_endpoint=url,
)
print(len(found), "rows")
try:
    reconcile(pd.Series(["Lavrov", "Nobody"]), reconciliation_endpoint=url)
except AttributeError as error:
    print("AttributeError", "np.NaN" in str(error))
PY
venv/bin/python run.py > seen 2> errors
cat > expected <<'TEXT'
Lavrov ['RU\nRU', '2018.0\n2024.0', 'NaN\nNaN']
Choe Son Hui ['KP', 'NaN', 'Director-General for North America of the Minis...']
2 rows
Lavrov []
Nobody []
AttributeError True
TEXT
diff expected seen
