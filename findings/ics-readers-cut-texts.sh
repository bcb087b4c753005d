#!/usr/bin/env bash
# Libraries: npm ics-to-json 2.0.2, ics-parser 0.1.5 and ical-js-parser 0.7.4.
# Expected: all read a title with a colon, a text that is folded at a space (RFC 5545, 3.1), and an instant with seconds.
# Seen: ics-to-json ends each text at its first colon. It and ics-parser lose a space at the end of a folded line, so two
#   Korean words become one. ical-js-parser sets the seconds of every instant to 00, also when it writes the calendar
#   again. Nothing is reported.
# For readers of the timeline: read `.ics` with ical.js or node-ical.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ics-to-json@2.0.2 ics-parser@0.1.5 ical-js-parser@0.7.4
cat > run.cjs <<'JS'
const { icsToJson } = require("ics-to-json");
const icsParser = require("ics-parser");
const icalJsParser = require("ical-js-parser");

const CALENDAR = [
  "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Timeline//EN",
  "BEGIN:VEVENT", "UID:1@timeline.example", "DTSTAMP:20261128T192217Z", "DTSTART;VALUE=DATE:20251210",
  "SUMMARY:Дань памяти: посещение", "DESCRIPTION:이고리 모르굴로프 ", " 외무차관", "END:VEVENT", "END:VCALENDAR", "",
].join("\r\n");

const [event] = icsToJson(CALENDAR);
console.log("ics-to-json:", [event.summary, event.description]);
const [entry] = icsParser(CALENDAR);
console.log("ics-parser:", [entry.name, entry.description]);
const [item] = icalJsParser.default.toJSON(CALENDAR).events;
console.log("ical-js-parser:", [item.summary, item.description, item.dtstamp.value]);
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
ics-to-json: [ 'Дань памяти', '이고리 모르굴로프외무차관' ]
ics-parser: [ 'Дань памяти: посещение', '이고리 모르굴로프외무차관' ]
ical-js-parser: [ 'Дань памяти: посещение', '이고리 모르굴로프 외무차관', '20261128T192200Z' ]
TEXT
diff expected seen
