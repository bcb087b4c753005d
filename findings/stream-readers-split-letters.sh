#!/usr/bin/env bash
# Library: npm pull-ndjson 0.2.0 and sse-decoder 1.0.0, readers of NDJSON and of Server-Sent Events.
# Expected: where a network cuts the bytes into chunks makes no difference, and an event has the `id` to resume after.
# Seen: both decode each chunk alone. A Cyrillic or Korean letter whose bytes lie in two chunks becomes U+FFFD, shown as
#   `#` below, without an error: at random, other names at each download. sse-decoder drops `id` as well.
#   it-ndjson and parse-sse read the same chunks rightly.
# For readers of the timeline: of `/v1/events.ndjson`, read in 250 chunks, 41 of 1130 events were broken. Read
#   `/v1/changes/stream` with EventSource, or with parse-sse as parse-sse-cut-events.sh says, and NDJSON with it-ndjson.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund pull-ndjson@0.2.0 pull-stream@3.7.0 it-ndjson@2.0.0 sse-decoder@1.0.0 parse-sse@0.1.0
cat > run.mjs <<'JS'
import { parse as parseNdjson } from "it-ndjson";
import { parseServerSentEvents } from "parse-sse";
import pullNdjson from "pull-ndjson";
import pull from "pull-stream";
import { Stream } from "sse-decoder";

const print = (...words) => console.log(words.join(" ").replaceAll("\uFFFD", "#"));
const record = JSON.stringify({ ru: "Лавров", ko: "최선희" });
const chunks = (text) => {
  const bytes = new TextEncoder().encode(text);
  return Array.from({ length: Math.ceil(bytes.length / 7) }, (_, part) => bytes.slice(7 * part, 7 * part + 7));
};
const lines = chunks(`${record}\n`);
const response = () => new Response(ReadableStream.from(chunks(`event: change\ndata: ${record}\nid: 1\n\n`)),
  { headers: { "content-type": "text/event-stream" } });

pull(pull.values(lines.map((chunk) => Buffer.from(chunk))), pullNdjson.parse(),
  pull.collect((error, records) => print("pull-ndjson:", JSON.stringify(records[0]))));
for await (const read of parseNdjson(lines)) print("it-ndjson:", JSON.stringify(read));
for await (const event of Stream.fromSSEResponse(response(), new AbortController())) {
  print("sse-decoder:", JSON.stringify(event));
}
for await (const { type, data, lastEventId } of parseServerSentEvents(response())) {
  print("parse-sse:", type, data, lastEventId);
}
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
pull-ndjson: {"ru":"Лав##ов","ko":"###선##"}
it-ndjson: {"ru":"Лавров","ko":"최선희"}
sse-decoder: {"event":"change","data":{"ru":"##авров","ko":"##선희"}}
parse-sse: change {"ru":"Лавров","ko":"최선희"} 1
TEXT
diff expected seen
