#!/usr/bin/env bash
# Library: PyPI frictionless 5.21.0, with the extra json.
# Expected: a resource of a Data Package in NDJSON without a schema is a file, and is valid; a column that is null in its
#   first rows is a text, or of any type.
# Seen: the resource is read as a table. A column that is null in 90 of the first 100 rows is inferred as `yearmonth`, so
#   each text in it is a type error, and the whole package is invalid; with 89 nulls it is a string. Without the extra
#   the package is invalid too, with the advice to install it. With `"format": "txt"` the same file is valid.
# For readers of the timeline: the package of a published release calls its NDJSON plain text (`format` is `txt`, the
#   media type is as it is). To read it as a table, give a schema.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet 'frictionless[json]==5.21.0'
cat > run.py <<'PY'
import json
from pathlib import Path

from frictionless import Package


def validate(nulls: int, form: str) -> None:
    """Validate a package whose only file has a column that is null in so many rows."""
    rows = [{"id": f"s{n}", "house": None if n <= nulls else "kcna"} for n in range(1, 104)]
    Path("rows.ndjson").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    resource = {"name": "rows", "path": "rows.ndjson", "format": form, "mediatype": "application/x-ndjson"}
    report = Package.from_descriptor({"name": "one", "resources": [resource]}).validate()
    print(nulls, form, report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:1])


validate(90, "ndjson")
validate(89, "ndjson")
validate(90, "txt")
PY
venv/bin/python run.py > seen
cat > expected <<'TEXT'
90 ndjson False [[92, 'house', 'Type error in the cell "kcna" in row "92" and field "house" at position "2": type is "yearmonth/default"']]
89 ndjson True []
90 txt True []
TEXT
diff expected seen
