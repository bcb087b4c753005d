#!/usr/bin/env bash
# Library: npm @rowanmanning/feed-parser 2.1.5, `parseFeed`.
# Expected: `content` of type html is HTML, in which `&lt;` of a sentence is still `&lt;` after the XML is read, and a title that
#   is a text is that text.
# Seen: references are decoded twice, so `5 &lt; 6` of the HTML becomes `5 < 6`, and the words `<note>` of a sentence become an
#   element, which a page does not show. A title that is about `&amp;` becomes `&`. In RSS it is the same. In CDATA they are
#   decoded once, where they should not be at all.
# For readers of the timeline: take `.jsonfeed`, whose HTML is a text of JSON, or read `.atom` with feedsmith.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund @rowanmanning/feed-parser@2.1.5 feedsmith@3.0.1
cat > run.mjs <<'JS'
import { parseFeed } from "@rowanmanning/feed-parser";
import { parseAtomFeed } from "feedsmith";

const html = "<p>5 &lt; 6 &amp; &lt;note&gt;</p>";
const escaped = html.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const atom = (content) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Timeline</title><id>urn:a</id><updated>2026-12-01T12:12:21Z</updated>
<entry><title>The sign &amp;amp; in names</title><id>urn:b</id><updated>2026-12-01T12:12:21Z</updated>
<content type="html">${content}</content></entry></feed>`;
const rss = `<rss version="2.0"><channel><title>Timeline</title><link>http://timeline.example/</link><description>d</description>
<item><title>Talks</title><description>${escaped}</description></item></channel></rss>`;

const [other] = parseAtomFeed(atom(escaped)).entries;
console.log("feedsmith:", other.content.value, "|", other.title.value);
const [item] = parseFeed(atom(escaped)).items;
console.log("Atom:     ", item.content, "|", item.title);
console.log("CDATA:    ", parseFeed(atom(`<![CDATA[${html}]]>`)).items[0].content);
console.log("RSS:      ", parseFeed(rss).items[0].description);
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
feedsmith: <p>5 &lt; 6 &amp; &lt;note&gt;</p> | The sign &amp; in names
Atom:      <p>5 < 6 & <note></p> | The sign & in names
CDATA:     <p>5 < 6 & <note></p>
RSS:       <p>5 < 6 & <note></p>
TEXT
diff expected seen
