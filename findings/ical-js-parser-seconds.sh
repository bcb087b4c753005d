#!/usr/bin/env bash
# Library: npm ical-js-parser 0.7.4, `toJSON` and `toString`.
# Expected: instants keep their seconds, and an escaped comma in a text is a comma (RFC 5545, sections 3.3.5 and 3.3.11).
# Seen: each instant in UTC gets 00 for its seconds, `DTSTAMP` and `LAST-MODIFIED` too. Escapes in texts stay as they are.
# For readers of the timeline: tell revisions by `SEQUENCE`, and read the calendar with ical.js.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund ical-js-parser@0.7.4 > /dev/null
cat > run.mjs <<'JS'
import parser from "ical-js-parser";

const lines = [
  "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", "BEGIN:VEVENT", "UID:1@example.org",
  "DTSTART;VALUE=DATE:20240619", "DTSTAMP:20240620T101530Z", "LAST-MODIFIED:20240621T235959Z",
  "SUMMARY:Talks would soon begin\\, on trade", "LOCATION:Pyongyang", "END:VEVENT", "END:VCALENDAR", "",
];
const [event] = (parser.default ?? parser).toJSON(lines.join("\r\n")).events;
console.log(event.dtstart.value, event.dtstamp.value, event.lastModified.value);
console.log(event.summary);
console.log(event.location);
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
20240619 20240620T101500Z 20240621T235900Z
Talks would soon begin\, on trade
Pyongyang
TEXT
diff expected seen
