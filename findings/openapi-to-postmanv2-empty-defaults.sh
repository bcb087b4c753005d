#!/usr/bin/env bash
# Library: npm openapi-to-postmanv2 6.3.3, `convert`.
# Expected: each parameter of an operation is a row of its request in the collection, whatever its default is.
# Seen: an array with `default: []` has no row, so nobody who opens the collection can see that the parameter exists. An empty
#   text as default has one. The conversion succeeds and reports nothing. An example beside the default changes nothing.
# For readers of the timeline: 896 of its 1,598 parameters in queries had that default that day. Remove it from the document
#   before you convert it, as `docs/clients.md` shows.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund openapi-to-postmanv2@6.3.3
cat > run.cjs <<'JS'
const { convert } = require("openapi-to-postmanv2");

const list = (more) => ({ type: "array", items: { type: "string", enum: ["visit", "meeting"] }, ...more });
const schemas = {
  plain: list({}), empty: list({ default: [] }), example: list({ default: [], examples: [["visit"]] }),
  full: list({ default: ["visit"] }), text: { type: "string", default: "" },
};
const parameters = Object.entries(schemas).map(([name, schema]) => ({ name, in: "query", schema }));
for (const openapi of ["3.0.3", "3.1.0"]) {
  const get = { operationId: "list_events", parameters, responses: { 200: { description: "Events" } } };
  const data = structuredClone({ openapi, info: { title: "Timeline", version: "1" }, paths: { "/v1/events": { get } } });
  convert({ type: "json", data }, {}, (error, { result, output }) => {
    let item = output[0].data;
    while (item.item) [item] = item.item;
    console.log(openapi, error, result, item.request.url.query.map((row) => row.key).join(" "));
  });
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
3.0.3 null true plain plain full text
3.1.0 null true plain plain full text
TEXT
diff expected seen
