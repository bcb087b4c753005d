#!/usr/bin/env bash
# Library: PyPI datapackage-to-datasette 0.5.0, with frictionless 5.21.0.
# Expected: a resource without a schema, such as a file of NDJSON or a README, which a Data Package may list, is left out, and
#   the tables are loaded.
# Seen: it becomes a table without columns, which SQLite refuses (`CREATE TABLE changes ( )`). No row of any table is loaded. The
#   database stays behind with the tables that came before it in the package, empty. Without that resource all is loaded.
# For readers of the timeline: each package of ours lists NDJSON. Remove the resources without a `schema` from a copy of
#   `datapackage.json` first, or take `/v1/dataset.sqlite`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check datapackage-to-datasette==0.5.0 frictionless==5.21.0 2> /dev/null
printf 'id,date\na,2024-06-18\nb,2024-06\n' > events.csv
printf '{"seq": 1}\n' > changes.ndjson
cat > run.py <<'PY'
import json
import sqlite3
import subprocess

FIELDS = [{"name": "id", "type": "string"}, {"name": "date", "type": "string"}]
TABLE = {"name": "events", "path": "events.csv", "format": "csv", "schema": {"fields": FIELDS}}
LINES = {"name": "changes", "path": "changes.ndjson", "format": "ndjson", "mediatype": "application/x-ndjson"}


def load(name, resources):
    license = {"name": "CC-BY-4.0", "title": "CC BY 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    package = {"name": "timeline", "title": "Timeline", "licenses": [license], "resources": resources}
    with open("datapackage.json", "w") as file:
        json.dump(package, file)
    command = ["venv/bin/datapackage-to-datasette", f"{name}.db", "datapackage.json", f"{name}.json"]
    done = subprocess.run(command, capture_output=True, text=True)
    rows = sqlite3.connect(f"{name}.db").execute("SELECT * FROM events").fetchall()
    print(name, "exit", done.returncode, rows, [line for line in done.stderr.splitlines() if "syntax" in line][-1:])


load("tables", [TABLE])
load("all", [TABLE, LINES])
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
tables exit 0 [('a', '2024-06-18'), ('b', '2024-06')] []
all exit 1 [] ['sqlalchemy.exc.OperationalError: (sqlite3.OperationalError) near ")": syntax error']
TEXT
diff expected seen
