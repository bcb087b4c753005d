#!/usr/bin/env bash
# Library: npm rss-parser 3.13.0, `contentSnippet`.
# Expected: the snippet of an entry is the text of its HTML without tags. A line feed after `<br>` is white space, as HTML
#   says, and changes nothing.
# Seen: from a `<br>` with a line feed after it, everything up to the next tag that has none is lost: of four facts, each
#   on a line, only the first remains. The same HTML without line feeds, or with them before `<br>`, keeps all.
# For readers of the timeline: our HTML has a line feed before `<br>`, so all lines arrive. For another feed read `content`.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund rss-parser@3.13.0
cat > run.cjs <<'JS'
const Parser = require("rss-parser");

const FACTS = ["Status: Announced", "Date: about November 2026", "Place: Pyongyang", "Note: A plan."];
const feed = (html) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><id>urn:example:feed</id><updated>2024-06-20T00:00:00Z</updated>
<entry><title>Talks</title><id>urn:example:1</id><updated>2024-06-20T00:00:00Z</updated>
<content type="html">${html.replaceAll("<", "&lt;")}</content></entry></feed>`;

(async () => {
  for (const [name, line] of [["no line feed", "<br>"], ["line feed before", "\n<br>"], ["line feed after", "<br>\n"]]) {
    const html = `<p>${FACTS.join(line)}</p>\n<p>Sources: <a href="http://press.example/">Press</a></p>`;
    const { items: [entry] } = await new Parser().parseString(feed(html));
    console.log(`${name}:`, JSON.stringify(entry.contentSnippet));
  }
})();
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
no line feed: "Status: Announced\nDate: about November 2026\nPlace: Pyongyang\nNote: A plan.\nSources: Press"
line feed before: "Status: Announced\nDate: about November 2026\nPlace: Pyongyang\nNote: A plan.\nSources: Press"
line feed after: "Status: Announced\nSources: Press"
TEXT
diff expected seen
