#!/usr/bin/env bash
# Library: npm @extractus/feed-extractor 8.0.3, `extractFromXml` and `extractFromJson`.
# Expected: `published` of an Atom entry is the instant in `<published>` (RFC 4287, 4.2.9), `link` is the link `alternate`,
#   and the text of `description` has the words of the HTML.
# Seen: `published` is `<updated>`, although RSS and JSON Feed give when the entry was added. `link` is the first link, also
#   if it is `via`. Tags are deleted, so the last word of a paragraph, line or item joins the first of the next one:
#   two facts in Korean become one word. A line feed between the tags becomes a space.
# For readers of the timeline: the page of the event is the first link, and each line of the HTML ends with a line feed.
#   For when an event was added take `/v1/events.rss` or `.jsonfeed`.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @extractus/feed-extractor@8.0.3
cat > run.mjs <<'JS'
import { extractFromJson, extractFromXml } from "@extractus/feed-extractor";

const html = (end) => `<p>회담</p>${end}<p>날짜: 2024년 6월<br>${end}장소: 평양</p>${end}<ul><li>ТАСС</li>${end}<li>로동신문</li></ul>`;
const OWN = '<link href="http://timeline.example/1" rel="alternate"/>';
const VIA = '<link href="http://press.example/2" rel="via"/>';
const atom = (links, content) => `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>연표</title><id>urn:example:feed</id><updated>2024-06-20T00:00:00Z</updated>
<entry><title>회담</title><id>urn:example:1</id>${links}
<published>2020-01-02T03:04:05Z</published><updated>2024-06-20T00:00:00Z</updated>
<content type="html">${content.replaceAll("<", "&lt;")}</content></entry></feed>`;
const item = {
  id: "urn:example:1", url: "http://timeline.example/1", title: "회담", content_html: html(""),
  date_published: "2020-01-02T03:04:05Z", date_modified: "2024-06-20T00:00:00Z",
};

for (const [name, links, end] of [["own link first", OWN + VIA, ""], ["via first, line feeds", VIA + OWN, "\n"]]) {
  const [entry] = extractFromXml(atom(links, html(end))).entries;
  console.log(`Atom, ${name}:`, entry.published, entry.link, entry.description);
}
const feed = { version: "https://jsonfeed.org/version/1.1", title: "연표", items: [item] };
const [entry] = extractFromJson(feed).entries;
console.log("JSON Feed:", entry.published, entry.link, entry.description);
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
Atom, own link first: 2024-06-20T00:00:00.000Z http://timeline.example/1 회담날짜: 2024년 6월장소: 평양ТАСС로동신문
Atom, via first, line feeds: 2024-06-20T00:00:00.000Z http://press.example/2 회담 날짜: 2024년 6월 장소: 평양 ТАСС 로동신문
JSON Feed: 2020-01-02T03:04:05.000Z http://timeline.example/1 회담날짜: 2024년 6월장소: 평양ТАСС로동신문
TEXT
diff expected seen
