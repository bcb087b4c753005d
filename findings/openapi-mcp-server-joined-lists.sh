#!/usr/bin/env bash
# Library: npm @ivotoby/openapi-mcp-server 1.16.1, which makes tools for assistants of the operations of a contract.
# Expected: a list is sent as its parameter says, `place=moscow&place=vladivostok` for `style: form` and `explode: true`, the
#   defaults of OpenAPI, and a tool has the name of its operation.
# Seen: a list is sent as one value with commas, `place=moscow,vladivostok`, which is another place, for `explode: true` as for
#   `false`; a name such as `a,b` cannot be told from two. `list_events` is the tool `lst-events`: names are abbreviated, and
#   a call with the name in the contract finds no tool.
# For readers of the timeline: a server has its own tools at `/mcp` ([assistants](../docs/assistants.md)). Give other servers
#   one value for each filter.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @ivotoby/openapi-mcp-server@1.16.1
cat > run.mjs <<'JS'
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";

const server = createServer((request, response) => {
  console.log(request.method, request.url);
  response.setHeader("content-type", "application/json");
  response.end("{}");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const list = (name, explode) => ({
  name, in: "query", style: "form", explode, schema: { type: "array", items: { type: "string" } },
});
const operation = {
  operationId: "list_events",
  parameters: [list("place", true), list("fields", false)],
  responses: { 200: { description: "Events" } },
};
const contract = { openapi: "3.1.0", info: { title: "Timeline", version: "1" }, paths: { "/v1/events": { get: operation } } };
writeFileSync("api.json", JSON.stringify(contract));

const command = ["node_modules/@ivotoby/openapi-mcp-server/bin/mcp-server.js", "--openapi-spec", "api.json"];
const tools = spawn("node", [...command, "--api-base-url", base, "--tools", "all"], { stdio: ["pipe", "pipe", "ignore"] });
const lines = createInterface({ input: tools.stdout })[Symbol.asyncIterator]();
let number = 0;
const ask = async (method, params) => {
  number += 1;
  tools.stdin.write(JSON.stringify({ jsonrpc: "2.0", id: number, method, params }) + "\n");
  return JSON.parse((await lines.next()).value);
};
const clientInfo = { name: "test", version: "1" };
await ask("initialize", { protocolVersion: "2024-11-05", capabilities: {}, clientInfo });
const { result } = await ask("tools/list", {});
const [{ name }] = result.tools;
console.log("tool:", name);
const query = { place: ["moscow", "vladivostok"], fields: ["date", "title"] };
console.log("list-events:", (await ask("tools/call", { name: "list-events", arguments: query })).error?.message);
await ask("tools/call", { name, arguments: query });
tools.kill();
server.close();
server.closeAllConnections();
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
tool: lst-events
list-events: Tool not found: list-events
GET /v1/events?place=moscow,vladivostok&fields=date,title
TEXT
diff expected seen
