#!/usr/bin/env bash
# Libraries: npm jsonfeed-to-atom 1.2.5 and jsonfeed-to-rss 3.0.8.
# Expected: both convert JSON Feed 1.1, which is compatible with 1.0, and keep the language of the feed.
# Seen: both refuse 1.1 ("version 1 required"; jsonfeed-to-rss names the other package in its message). If the version
#   is set to 1, jsonfeed-to-rss calls a Korean feed `en-us` and both drop `authors`; where an item has an
#   `external_url`, that is its link, and jsonfeed-to-rss drops `url`.
# For readers of the timeline: take `.atom` from the API. After a conversion the links lead to the press and no longer
#   to the event.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund jsonfeed-to-atom@1.2.5 jsonfeed-to-rss@3.0.8
cat > run.mjs <<'JS'
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const feed = {
  title: "연표", home_page_url: "http://timeline.example/", feed_url: "http://timeline.example/feed", language: "ko",
  authors: [{ name: "편집부" }],
  items: [{
    id: "urn:uuid:714acb41-8234-5776-adb3-f2e8af8b9c12", url: "http://timeline.example/event",
    external_url: "http://press.example/article", title: "T", content_html: "<p>a</p>",
    date_published: "2026-11-28T10:45:14Z", language: "ko",
  }],
};
for (const version of ["1.1", "1"])
  for (const name of ["jsonfeed-to-atom", "jsonfeed-to-rss"]) {
    try {
      const text = require(name)({ version: "https://jsonfeed.org/version/" + version, ...feed });
      const item = text.slice(text.search(/<(entry|item)>/));
      console.log(name, version);
      console.log("  language:", text.match(/<language>.*<.language>|xml:lang="\w+"/)?.[0]);
      console.log("  author:", text.includes("편집부"));
      console.log("  links:", item.match(/<link.*(event|article).*/g).map((link) => link.trim()).join(" "));
    } catch (error) {
      console.log(name, version, error.message);
    }
  }
JS
node run.mjs > seen
cat > expected <<'TEXT'
jsonfeed-to-atom 1.1 jsonfeed-to-atom: JSON feed version 1 required
jsonfeed-to-rss 1.1 jsonfeed-to-atom: JSON feed version 1 required
jsonfeed-to-atom 1
  language: undefined
  author: false
  links: <link rel="alternate" href="http://press.example/article"/> <link rel="related" href="http://timeline.example/event"/>
jsonfeed-to-rss 1
  language: <language>en-us</language>
  author: false
  links: <link>http://press.example/article</link>
TEXT
diff expected seen
