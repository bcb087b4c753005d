#!/usr/bin/env bash
# Library: npm cal-parser 1.0.2, `getEventsOnDate` and `getEventsBetweenDates`.
# Expected: an entry of three days is found on each of them, and a line break in DESCRIPTION stays one.
# Seen: the entry is found on its first day only. A span that begins on its second day does not have it. Each `\n` of
#   DESCRIPTION becomes a space.
# For readers of the timeline: a visit is missing on all of its days except the first. Compare `dtstart` and `dtend`
#   yourself. The lines for date, place and sources run together.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cal-parser@1.0.2
cat > run.cjs <<'JS'
const { parseString } = require("cal-parser");
const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", "BEGIN:VEVENT", "UID:visit",
  "DTSTAMP:20261128T000000Z", "SUMMARY:A visit", "DTSTART;VALUE=DATE:20240618", "DTEND;VALUE=DATE:20240621",
  "DESCRIPTION:First line\\nSecond line", "END:VEVENT", "END:VCALENDAR", ""];
const calendar = parseString(lines.join("\r\n"));
for (const day of [17, 18, 19, 20, 21])
  console.log(day, calendar.getEventsOnDate(new Date(2024, 5, day)).length);
const span = [new Date(2024, 5, 19), new Date(2024, 5, 25), true];
console.log("19 to 25", calendar.getEventsBetweenDates(...span).length);
console.log(JSON.stringify(calendar.events[0].description.value));
JS
node run.cjs > seen
cat > expected <<'TEXT'
17 0
18 1
19 0
20 0
21 0
19 to 25 0
"First line Second line"
TEXT
diff expected seen
