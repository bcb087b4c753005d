#!/usr/bin/env bash
# Library: npm @apiture/openapi-down-convert 0.14.2, which converts OpenAPI 3.1 to 3.0. PyPI openapi-spec-validator 0.9.0 checks
#   the result.
# Expected: the result is valid OpenAPI 3.0, or the program says which parts it cannot convert.
# Seen: only `type: [string, "null"]` becomes nullable. A reference or a number that may be null, as Pydantic writes them
#   (`anyOf` with `type: "null"`), stays, and so do a list of two types and `exclusiveMinimum: 0`, so that the document is invalid.
#   `patternProperties` and `propertyNames` are removed: any key is allowed. It exits with 0 and says nothing.
# For readers of the timeline: our `openapi.json` is 3.1 and has many `anyOf` with null. docs/clients.md has a filter of jq that
#   makes them nullable first.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-spec-validator==0.9.0 pyyaml==6.0.3
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @apiture/openapi-down-convert@0.14.2 2> /dev/null
cat > run.py <<'PY'
import json
import subprocess
from pathlib import Path

import yaml
from openapi_spec_validator import OpenAPIV30SpecValidator

SCHEMAS = {
    "a text or null": {"type": ["string", "null"]},
    "a constant": {"const": "occurred"},
    "a place or null": {"anyOf": [{"$ref": "#/components/schemas/Place"}, {"type": "null"}]},
    "a number or null": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    "two types": {"type": ["integer", "string"]},
    "more than zero": {"type": "integer", "exclusiveMinimum": 0},
    "languages": {"type": "object", "patternProperties": {"^(en|ru|ko)$": {"type": "string"}}, "propertyNames": {"maxLength": 2}},
}
for name, schema in SCHEMAS.items():
    schemas = {"Place": {"type": "object"}, "It": schema}
    document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}, "components": {"schemas": schemas}}
    Path("new.json").write_text(json.dumps(document))
    subprocess.run(["node_modules/.bin/openapi-down-convert", "-i", "new.json", "-o", "old.yaml"], check=True)
    old = yaml.safe_load(Path("old.yaml").read_text())
    valid = "invalid" if list(OpenAPIV30SpecValidator(old).iter_errors()) else "valid"
    print(f"{name}: {valid}", json.dumps(old["components"]["schemas"]["It"]))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
a text or null: valid {"type": "string", "nullable": true}
a constant: valid {"enum": ["occurred"]}
a place or null: invalid {"anyOf": [{"$ref": "#/components/schemas/Place"}, {"type": "null"}]}
a number or null: invalid {"anyOf": [{"type": "integer"}, {"type": "null"}]}
two types: invalid {"type": ["integer", "string"]}
more than zero: invalid {"type": "integer", "exclusiveMinimum": 0}
languages: valid {"type": "object"}
TEXT
diff expected seen
