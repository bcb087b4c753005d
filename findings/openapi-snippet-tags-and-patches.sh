#!/usr/bin/env bash
# Library: npm openapi-snippet 0.14.0, `getEndpointSnippets`.
# Expected: the examples of code that it writes for a merge patch send its body, and run.
# Seen: the body in application/merge-patch+json is left out, without a word; one in application/json is there, with made-up values
#   instead of its example. In Python the tag of If-Match is written as `""4d0f66""`, which is a syntax error; JavaScript and
#   the shell have it right. A contract whose `security` has `{}`, for callers without a key, is a TypeError.
# For readers of the timeline: our contract has `{}`, so remove `security` first; our PATCH takes application/json too. Or take the
#   examples of `/docs`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund openapi-snippet@0.14.0
cat > run.cjs <<'JS'
const { getEndpointSnippets } = require("openapi-snippet");
const { spawnSync } = require("node:child_process");

const contract = (mediaType) => {
  const id = { name: "id", in: "path", required: true, schema: { type: "string" }, example: "moscow" };
  const tag = { name: "If-Match", in: "header", required: true, schema: { type: "string" }, example: '"4d0f66"' };
  const schema = { type: "object", properties: { note: { type: "string" } } };
  const requestBody = { content: { [mediaType]: { schema, example: { note: "New" } } } };
  return {
    openapi: "3.0.3",
    info: { title: "Timeline", version: "1" },
    servers: [{ url: "http://timeline.example/v1" }],
    paths: { "/places/{id}": { patch: { parameters: [id, tag], requestBody, responses: { 200: { description: "ok" } } } } },
  };
};
for (const mediaType of ["application/merge-patch+json", "application/json"]) {
  const targets = ["python_requests", "node_native", "shell_curl"];
  const { snippets } = getEndpointSnippets(contract(mediaType), "/places/{id}", "patch", targets);
  for (const { id, content } of snippets) {
    const line = content.split("\n").find((each) => each.includes("If-Match")).trim();
    const compiles =
      id === "python_requests" ? spawnSync("python3", ["-c", `compile(${JSON.stringify(content)}, "code", "exec")`]).status : 0;
    console.log(mediaType, id, content.includes("note") ? "with the body" : "without a body", compiles ? "syntax error" : "", line);
  }
}
const open = contract("application/json");
open.components = { securitySchemes: { key: { type: "http", scheme: "bearer" } } };
open.security = [{}, { key: [] }];
try {
  getEndpointSnippets(open, "/places/{id}", "patch", ["shell_curl"]);
} catch (error) {
  console.log(error.name, error.message);
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
application/merge-patch+json python_requests without a body syntax error headers = {"If-Match": ""4d0f66""}
application/merge-patch+json node_native without a body  "If-Match": "\"4d0f66\""
application/merge-patch+json shell_curl without a body  --header 'If-Match: "4d0f66"'
application/json python_requests with the body syntax error "If-Match": ""4d0f66"",
application/json node_native with the body  "If-Match": "\"4d0f66\"",
application/json shell_curl with the body  --header 'If-Match: "4d0f66"' \
TypeError Cannot read properties of undefined (reading 'type')
TEXT
diff expected seen
