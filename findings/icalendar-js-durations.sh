#!/usr/bin/env bash
# Library: npm icalendar 0.7.1, read by PyPI icalendar 7.3.2.
# Expected: a calendar that `parse_calendar` reads and `toString` writes is valid again, as its DURATION is.
# Seen: `REFRESH-INTERVAL;VALUE=DURATION:P1D` (RFC 7986, section 5.7) is written as `VALUE=DURATION:86400`, which is no
#   duration (RFC 5545, section 3.3.6): PyPI icalendar refuses the whole copy, and npm ical.js throws when it is asked for
#   the interval. GEO is a list of one text.
# For readers of the timeline: our calendars have this property. Remove it before you write
#   (`delete calendar.properties["REFRESH-INTERVAL"]`), or read and write with ical.js.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund icalendar@0.7.1 > /dev/null
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icalendar==7.3.2
cat > run.cjs <<'JS'
const { writeFileSync } = require("fs");
const { parse_calendar } = require("icalendar");

const source = [
  "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", "REFRESH-INTERVAL;VALUE=DURATION:P1D",
  "BEGIN:VEVENT", "UID:1@example.org", "DTSTAMP:20240620T101530Z", "DTSTART:20240619T100000Z", "DURATION:PT1H30M",
  "GEO:39.0392;125.7625", "SUMMARY:Talks", "END:VEVENT", "END:VCALENDAR", "",
].join("\r\n");
const calendar = parse_calendar(source);
console.log("GEO:", JSON.stringify(calendar.events()[0].getPropertyValue("GEO")));
console.log(calendar.toString().match(/^(REFRESH-INTERVAL|DURATION).*$/gm).join(" "));
writeFileSync("source.ics", source);
writeFileSync("copy.ics", calendar.toString());
delete calendar.properties["REFRESH-INTERVAL"];
writeFileSync("without.ics", calendar.toString());
JS
cat > run.py <<'PY'
from pathlib import Path

from icalendar import Calendar

for name in ["source", "copy", "without"]:
    try:
        print(f"{name}:", len(Calendar.from_ical(Path(f"{name}.ics").read_bytes()).events), "event")
    except ValueError as error:
        print(f"{name}:", error)
PY
{ node run.cjs; venv/bin/python run.py; } > seen
cat seen
cat > expected <<'TEXT'
GEO: ["39.0392;125.7625"]
REFRESH-INTERVAL;VALUE=DURATION:86400 DURATION:PT1H30M
source: 1 event
copy: Expected datetime, date, or time. Got: '86400'
without: 1 event
TEXT
diff expected seen
