#!/usr/bin/env bash
# Library: npm oazapfts 7.5.0 with @oazapfts/runtime.
# Expected: a request body whose only media type is application/merge-patch+json (RFC 7396) is sent with that type. A pair
# of numbers, `prefixItems` of JSON Schema 2020-12, becomes a tuple, as `type: ["string", "null"]` becomes `string | null`.
# Seen: the body is sent as application/json, and the pair becomes `never[]`, to which no number can be assigned.
# For readers of the timeline: PATCH here accepts application/json too, so such a client can edit. For another server pass
# the header in the options of the call.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund oazapfts@7.5.0 @oazapfts/runtime@1.2.0 esbuild@0.28.2
cat > api.json <<'JSON'
{"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/events/{id}": {"patch": {
  "operationId": "patchEvent",
  "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
  "requestBody": {"required": true, "content": {"application/merge-patch+json": {"schema": {"$ref": "#/components/schemas/Edit"}}}},
  "responses": {"200": {"description": "done"}}}}},
 "components": {"schemas": {"Edit": {"type": "object", "properties": {
  "note": {"type": ["string", "null"]},
  "position": {"type": "array", "prefixItems": [{"type": "number"}, {"type": "number"}], "items": false}}}}}}
JSON
npx --no-install oazapfts api.json client.ts >/dev/null
cat > run.ts <<'TS'
import { createServer } from "node:http";
import { defaults, patchEvent } from "./client";

const server = createServer((request, response) => {
  console.log(request.method, request.headers["content-type"]);
  response.end();
});
server.listen(0, "127.0.0.1", async () => {
  const address = server.address() as { port: number };
  defaults.baseUrl = `http://127.0.0.1:${address.port}`;
  await patchEvent("talks", { note: null });
  server.close();
});
TS
npx --no-install esbuild run.ts --bundle --platform=node --outfile=run.cjs --log-level=error
{ grep -E "note\?|position\?" client.ts; node run.cjs; } > seen
cat seen
cat > expected <<'TEXT'
    note?: string | null;
    position?: never[];
PATCH application/json
TEXT
diff expected seen
