#!/usr/bin/env bash
# Library: npm bibtex 0.9.0, `parseBibFile`.
# Expected: a citation key and the text in braces are texts, whatever digits they have.
# Seen: 16 and more digits in a row pass through a floating-point number, in keys, titles and URLs: the number of an article,
#   such as 20181026174800014, becomes the number of another one, 20181026174800016. The entry is not found under its
#   key, and its URL leads elsewhere. Two keys that differ in the last digit are an error: "defined more than once".
# For readers of the timeline: take `.csl.json`. The articles of Yonhap and YTN have such numbers.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund bibtex@0.9.0
cat > run.cjs <<'JS'
const { parseBibFile } = require("bibtex");

const entry = (digits) => `@online{source-${digits},
  title = {{Article ${digits}}},
  date = {2018-10-26},
  url = {https://news.example/view/AKR${digits}},
}`;

const file = parseBibFile(entry("20181026174800014"));
const [source] = file.entries_raw;
console.log(source._id);
console.log(source.getFieldAsString("title"));
console.log(source.getFieldAsString("url"));
console.log("found by its key:", file.getEntry("source-20181026174800014") !== undefined);
try {
  parseBibFile(entry("20181026174800014") + "\n" + entry("20181026174800015"));
} catch (error) {
  console.log(error.message);
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
source-20181026174800016
Article 20181026174800016
https://news.example/view/AKR20181026174800016
found by its key: false
Entry with id source-20181026174800016 was defined more than once
TEXT
diff expected seen
