#!/usr/bin/env bash
# Library: npm api-smart-diff 1.0.6, `compareOpenApi`.
# Expected: a change that breaks clients is "breaking": a text in an answer that becomes an integer or null, and a parameter that
#   no longer takes a text. A parameter that takes null besides, or has another default, breaks nobody's request.
# Seen: every change of `type` is "non-breaking", in answers and in parameters, and so is another `const` in an answer. With
#   OpenAPI 3.0 null in an answer (`nullable: true`) is "non-breaking" too, and in a parameter "breaking". Lengths and words of
#   an enumeration are told apart correctly.
# For readers of the timeline: the changelog names every change of the contract that breaks clients, below "Breaking". In this
#   library read each difference, and judge it yourself.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund api-smart-diff@1.0.6
cat > run.cjs <<'JS'
const { compareOpenApi } = require("api-smart-diff");

const inAnswer = (schema) => ({
  responses: { 200: { description: "Events", content: { "application/json": { schema } } } },
});
const inQuery = (schema) => ({
  parameters: [{ name: "date", in: "query", schema }],
  responses: { 200: { description: "Events" } },
});
const contract = (get, version) => ({
  openapi: version,
  info: { title: "Timeline", version: "1" },
  paths: { "/v1/events": { get } },
});
const changes = {
  "text to integer": [{ type: "string" }, { type: "integer" }],
  "text, or null": [{ type: "string" }, { type: ["string", "null"] }],
  "nullable: true": [{ type: "string" }, { type: "string", nullable: true }],
  "another const": [{ const: "event" }, { const: "visit" }],
  "a longer text": [{ type: "string", maxLength: 10 }, { type: "string", maxLength: 20 }],
  "a word more": [{ enum: ["visit"] }, { enum: ["visit", "talks"] }],
};
for (const [name, [before, after]] of Object.entries(changes)) {
  const version = name.startsWith("nullable") ? "3.0.3" : "3.1.0";
  const judged = [inAnswer, inQuery].map((place) => {
    const { diffs } = compareOpenApi(contract(place(before), version), contract(place(after), version));
    return diffs.map((diff) => diff.type).join(", ");
  });
  console.log(`${name}: in an answer ${judged[0]}, in a query ${judged[1]}`);
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
text to integer: in an answer non-breaking, in a query non-breaking
text, or null: in an answer non-breaking, in a query non-breaking
nullable: true: in an answer non-breaking, in a query breaking
another const: in an answer non-breaking, in a query breaking
a longer text: in an answer breaking, in a query non-breaking
a word more: in an answer breaking, in a query non-breaking
TEXT
diff expected seen
