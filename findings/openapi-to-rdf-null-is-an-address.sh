#!/usr/bin/env bash
# Library: PyPI openapi-to-rdf 0.1.1, which makes SHACL shapes of the schemas of OpenAPI, with pyshacl 0.31.0 to check data.
# Expected: a field that is a text or null (`type: [string, "null"]` of OpenAPI 3.1) takes a text, and may be absent; a `const` is
#   that value.
# Seen: such a field must be an address (`sh:nodeKind sh:IRI`), and so must a field with a `const`: an event with a note does not
#   conform, and no text can. Texts that are never null, and their patterns, are checked correctly.
# For readers of the timeline: check JSON with the schemas of `/openapi.json`, and a graph with shapes for its own words.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check openapi-to-rdf==0.1.1 pyshacl==0.31.0 2> /dev/null
cat > api.yaml <<'YAML'
openapi: 3.1.0
info: {title: Timeline, version: "1"}
paths: {}
components:
  schemas:
    Event:
      type: object
      required: [id]
      properties:
        id: {type: string, pattern: "^[a-z0-9-]+$"}
        note: {type: [string, "null"]}
        kind: {const: event}
YAML
venv/bin/openapi-to-rdf api.yaml --base-namespace http://timeline.example/api# > out 2>&1
cat > run.py <<'PY'
from pathlib import Path

from pyshacl import validate

shapes = next(Path("output/shacl").glob("*.ttl")).read_text()
PREFIX = "@prefix api: <http://timeline.example/api#> .\n<http://timeline.example/1> a api:Event ; "
for data in ('api:id "talks" .', 'api:id "NO ID" .', 'api:id "talks" ; api:note "A note" .', 'api:id "talks" ; api:kind "event" .'):
    conforms, _, text = validate(PREFIX + data, shacl_graph=shapes, data_graph_format="turtle", shacl_graph_format="turtle")
    print(data, "->", conforms, *[line.strip() for line in text.splitlines() if "Message" in line])
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
api:id "talks" . -> True
api:id "NO ID" . -> False Message: Value does not match pattern '^[a-z0-9-]+$'
api:id "talks" ; api:note "A note" . -> False Message: Value is not of Node Kind sh:IRI
api:id "talks" ; api:kind "event" . -> False Message: Value is not of Node Kind sh:IRI
TEXT
diff expected seen
