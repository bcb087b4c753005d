#!/usr/bin/env bash
# Library: PyPI frictionless 5.21.0, `Package.publish` to SQLite.
# Expected: a table that is valid is published: a constraint `pattern` holds for values, and an empty cell has none.
# Seen: `validate` says that it is valid, and `publish` is an OperationalError, "user-defined function raised exception", if one row
#   has an empty cell in a column with a pattern: the pattern becomes a CHECK, whose function is called with NULL. Nothing is
#   written. Constraints on words and lengths let empty cells pass. The error names neither the column nor the row.
# For readers of the timeline: optional columns of our packages have no pattern for this reason. Remove it from yours.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check 'frictionless[sql]==5.21.0' 2> /dev/null
printf 'id,country\ntalks,KP\nletter,\n' > events.csv
cat > run.py <<'PY'
import sqlite3

from frictionless import Package, Resource, Schema

for name, value in {"pattern": "[A-Z]{2}", "enum": ["KP", "RU"], "minLength": 2}.items():
    fields = [
        {"name": "id", "type": "string", "constraints": {"required": True, "pattern": "[a-z]+"}},
        {"name": "country", "type": "string", "constraints": {name: value}},
    ]
    package = Package(resources=[Resource(name="events", path="events.csv", schema=Schema.from_descriptor({"fields": fields}))])
    valid = package.validate().valid
    try:
        package.publish(f"sqlite:///{name}.db")
        written = sqlite3.connect(f"{name}.db").execute("SELECT * FROM events").fetchall()
    except Exception as error:
        written = f"{type(error).__name__}: {str(error).splitlines()[0]}"
    print(name, "valid" if valid else "invalid", written)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
pattern valid OperationalError: (sqlite3.OperationalError) user-defined function raised exception
enum valid [('talks', 'KP'), ('letter', None)]
minLength valid [('talks', 'KP'), ('letter', None)]
TEXT
diff expected seen
