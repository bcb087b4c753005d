#!/usr/bin/env bash
# Library: npm openapi-zod-client 1.18.3.
# Expected: an error whose document is application/problem+json (RFC 9457) has the schema of that document, and a property
# with `const` has that one value, as a union of objects needs to be told apart.
# Seen: the error has `z.void()`, and with application/json in its place it has the schema. A string with `const` may be any
# string, while an `enum` of one value is kept.
# For readers of the timeline: read the body of an error yourself; its members are the same for each error.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openapi-zod-client@1.18.3
write() {
  cat > api.json <<JSON
{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/events/{id}": {"get": {
  "operationId": "getEvent",
  "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
  "responses": {
    "200": {"description": "found", "content": {"application/json": {"schema": {"\$ref": "#/components/schemas/Event"}}}},
    "404": {"description": "unknown", "content": {"$1": {"schema": {"\$ref": "#/components/schemas/Problem"}}}}}}}},
 "components": {"schemas": {
  "Event": {"type": "object", "properties": {"kind": {"type": "string", "const": "event"}, "version": {"type": "string", "enum": ["one"]}}},
  "Problem": {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}}}}
JSON
}
for type in application/json application/problem+json; do
  write "$type"
  npx --no-install openapi-zod-client api.json -o client.ts >/dev/null
  echo "$type: $(grep -A3 "status: 404" client.ts | grep -o "schema: .*")"
done > seen
grep -oE "(kind|version): [^ ]*" client.ts | tr -d , | sort -u >> seen
cat seen
cat > expected <<'TEXT'
application/json: schema: z.object({ title: z.string() }).passthrough(),
application/problem+json: schema: z.void(),
kind: z.string()
version: z.literal("one")
TEXT
diff expected seen
