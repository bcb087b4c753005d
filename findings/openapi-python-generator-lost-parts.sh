#!/usr/bin/env bash
# Library: PyPI openapi-python-generator 2.1.2.
# Expected: a parameter that a path takes by `$ref` from `components.parameters` is an argument of the method, and a
#   response of one of several types (`oneOf` with a discriminator) holds its values.
# Seen: the method lacks each parameter with a `$ref`, without a word, so a client cannot ask for a second page. A
#   `oneOf` becomes a class without fields, which accepts any answer and keeps nothing of it.
# For readers of the timeline: `limit`, `cursor`, `total` and `/v1/changes` are out of reach with it. Take one of the
#   generators in docs/clients.md.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet openapi-python-generator==2.1.2
cat > openapi.json <<'JSON'
{
  "openapi": "3.1.0",
  "info": {"title": "Timeline", "version": "1"},
  "servers": [{"url": "http://timeline.example"}],
  "paths": {
    "/v1/changes": {
      "get": {
        "operationId": "list_changes",
        "tags": ["Changes"],
        "parameters": [
          {"name": "after", "in": "query", "schema": {"type": "integer"}},
          {"$ref": "#/components/parameters/limit"}
        ],
        "responses": {
          "200": {
            "description": "A change.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Change"}}}
          }
        }
      }
    }
  },
  "components": {
    "parameters": {"limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}},
    "schemas": {
      "EventChange": {
        "type": "object", "required": ["kind", "id"],
        "properties": {"kind": {"type": "string", "const": "event"}, "id": {"type": "string"}}
      },
      "PlaceChange": {
        "type": "object", "required": ["kind", "id"],
        "properties": {"kind": {"type": "string", "const": "place"}, "id": {"type": "string"}}
      },
      "Change": {
        "oneOf": [{"$ref": "#/components/schemas/EventChange"}, {"$ref": "#/components/schemas/PlaceChange"}],
        "discriminator": {
          "propertyName": "kind",
          "mapping": {"event": "#/components/schemas/EventChange", "place": "#/components/schemas/PlaceChange"}
        }
      }
    }
  }
}
JSON
venv/bin/openapi-python-generator openapi.json client > log
cat > run.py <<'PY'
import inspect

from client.models import Change, EventChange
from client.services.Changes_service import list_changes

print("arguments:", [name for name in inspect.signature(list_changes).parameters if name != "api_config_override"])
print("one type:", EventChange(kind="event", id="2024-06-visit").model_dump())
print("one of two:", Change(kind="event", id="2024-06-visit").model_dump())
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
arguments: ['after']
one type: {'kind': 'event', 'id': '2024-06-visit'}
one of two: {}
TEXT
diff expected seen
