#!/usr/bin/env bash
# Library: npm rss-to-json 2.1.1, `parse`, on an Atom feed.
# Expected: `published` of an item is the instant in `<published>` (RFC 4287, 4.2.9).
# Seen: `published` is the instant at which the feed is read, another one at each reading. `created` is `<updated>`, so a
#   corrected entry looks as if it was added when it was corrected. The instant in `<published>` is nowhere.
# For readers of the timeline: do not sort or filter `/v1/events.atom` by these. Take `/v1/events.jsonfeed`, or another
#   reader, such as @rowanmanning/feed-parser.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund rss-to-json@2.1.1 @rowanmanning/feed-parser@2.1.5
cat > run.cjs <<'JS'
const http = require("http");
const { parse } = require("rss-to-json");
const { parseFeed } = require("@rowanmanning/feed-parser");

const FEED = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>연표</title><id>urn:example:feed</id><updated>2024-06-20T00:00:00Z</updated>
<entry><title>회담</title><id>urn:example:1</id><link href="http://timeline.example/1"/>
<published>2020-01-02T03:04:05Z</published><updated>2024-06-20T00:00:00Z</updated></entry></feed>`;

const server = http.createServer((request, response) => response.end(FEED)).listen(0, "127.0.0.1", async () => {
  const begin = Date.now();
  const [item] = (await parse(`http://127.0.0.1:${server.address().port}/`)).items;
  const isNow = begin <= item.published && item.published <= Date.now();
  console.log("rss-to-json published:", isNow ? "now" : new Date(item.published).toISOString());
  console.log("rss-to-json created:", new Date(item.created).toISOString());
  console.log("feed-parser published:", parseFeed(FEED).items[0].published.toISOString());
  server.close();
});
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
rss-to-json published: now
rss-to-json created: 2024-06-20T00:00:00.000Z
feed-parser published: 2020-01-02T03:04:05.000Z
TEXT
diff expected seen
