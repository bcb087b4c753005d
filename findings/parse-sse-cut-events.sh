#!/usr/bin/env bash
# Library: npm parse-sse 0.1.0, a reader of Server-Sent Events.
# Expected: an event ends with an empty line. If the connection breaks before that line, the event is discarded, and the
#   position stays at the event before it (HTML, 9.2.6: pending data is discarded at the end of the file).
# Seen: what has arrived is delivered as an event. If the last line is cut, the event has the whole data and a part of its
#   id: a reader that resumes after the `24` of `id: 2496` gets 2,472 changes again. If the last line is missing, it has the
#   id of the event before it. event-stream-parser 1.0.2 discards the event each time.
# For readers of the timeline: our stream sends the id last. Resume `/v1/changes/stream` after the `seq` in the data, not
#   after the id, and leave out data that is not whole JSON.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund parse-sse@0.1.0 event-stream-parser@1.0.2
cat > run.mjs <<'JS'
import parser from "event-stream-parser";
import { parseServerSentEvents } from "parse-sse";

const change = (seq) => `event: change\ndata: {"seq":${seq},"op":"create"}\nid: ${seq}\n\n`;
const stream = change(2495) + change(2496);
const response = (text) => new Response(text, { headers: { "content-type": "text/event-stream" } });

for (const [name, missing] of [["whole", 0], ["cut in the id", 4], ["cut before the id", 10], ["cut in the data", 16]]) {
  const text = stream.slice(0, stream.length - missing);
  for await (const { data, lastEventId } of parseServerSentEvents(response(text))) {
    console.log(`${name}: parse-sse:`, lastEventId, data);
  }
  for await (const { data, lastEventId } of await parser.parse(response(text).body)) {
    console.log(`${name}: event-stream-parser:`, lastEventId, data);
  }
}
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
whole: parse-sse: 2495 {"seq":2495,"op":"create"}
whole: parse-sse: 2496 {"seq":2496,"op":"create"}
whole: event-stream-parser: 2495 {"seq":2495,"op":"create"}
whole: event-stream-parser: 2496 {"seq":2496,"op":"create"}
cut in the id: parse-sse: 2495 {"seq":2495,"op":"create"}
cut in the id: parse-sse: 24 {"seq":2496,"op":"create"}
cut in the id: event-stream-parser: 2495 {"seq":2495,"op":"create"}
cut before the id: parse-sse: 2495 {"seq":2495,"op":"create"}
cut before the id: parse-sse: 2495 {"seq":2496,"op":"create"}
cut before the id: event-stream-parser: 2495 {"seq":2495,"op":"create"}
cut in the data: parse-sse: 2495 {"seq":2495,"op":"create"}
cut in the data: parse-sse: 2495 {"seq":2496,"op":"cre
cut in the data: event-stream-parser: 2495 {"seq":2495,"op":"create"}
TEXT
diff expected seen
