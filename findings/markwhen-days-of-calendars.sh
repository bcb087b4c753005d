#!/usr/bin/env bash
# Library: npm @markwhen/parser 1.2.0, `parseICal`, `parse` and `toICal`; the calendar it writes is read with PyPI icalendar 7.3.0.
# Expected: an all-day entry of one day is one day in a timeline of Markwhen, wherever it is read, and is an all-day entry again
#   in a calendar that it writes.
# Seen: in UTC an entry of one day is written as `2024-06-18/2024-06-19`, which Markwhen itself reads as two days. In Pyongyang
#   it lasts from 9:00 to 9:00 of the next day. A cancelled entry is a usual one. A day of a written calendar has `VALUE=DATE`
#   and an hour, which RFC 5545 does not allow; icalendar takes it for the instant of midnight in UTC, not for a day.
# For readers of the timeline: make the text from `.csv`: `start_earliest`, a slash, `end_latest`, a colon and the title.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @markwhen/parser@1.2.0
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icalendar==7.3.0 2> /dev/null
cat > read.mjs <<'JS'
import { isEvent, iter, parse, parseICal } from "@markwhen/parser";

const calendar = [
  "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Timeline//EN",
  "BEGIN:VEVENT", "UID:1", "DTSTAMP:20261201T000000Z", "DTSTART;VALUE=DATE:20240618", "DTEND;VALUE=DATE:20240619",
  "SUMMARY:Arrival", "STATUS:CANCELLED", "END:VEVENT", "END:VCALENDAR", "",
].join("\r\n");
const text = parseICal(calendar);
console.log(process.env.TZ, "|", text.trim());
for (const { eventy } of iter(parse(text).events))
  if (isEvent(eventy)) console.log(Object.values(eventy.dateRangeIso).join(" to "));
JS
cat > write.mjs <<'JS'
import { parse, toICal } from "@markwhen/parser";

console.log(toICal(parse("2024-06-18: Arrival\n1948-10-12: 수교")));
JS
cat > dates.py <<'PY'
import sys

from icalendar import Calendar

for text in (calendar := sys.stdin.read()).splitlines():
    if text.startswith("DTSTART"):
        print(text)
for entry in Calendar.from_ical(calendar).walk("VEVENT"):
    print(entry["SUMMARY"], repr(entry.decoded("DTSTART")))
PY
for zone in UTC Asia/Pyongyang; do TZ=$zone node read.mjs; done > seen
TZ=UTC node write.mjs | venv/bin/python dates.py >> seen
cat seen
cat > expected <<'TEXT'
UTC | 2024-06-18/2024-06-19: Arrival
2024-06-18T00:00:00.000+00:00 to 2024-06-20T00:00:00.000Z
Asia/Pyongyang | 18 Jun 2024 09:00 - 19 Jun 2024 09:00: Arrival
2024-06-18T09:00:00.000+09:00 to 2024-06-19T09:00:00.000+09:00
DTSTART;VALUE=DATE:20240618T000000Z
DTSTART;VALUE=DATE:19481012T000000Z
Arrival datetime.datetime(2024, 6, 18, 0, 0, tzinfo=zoneinfo.ZoneInfo(key='UTC'))
수교 datetime.datetime(1948, 10, 12, 0, 0, tzinfo=zoneinfo.ZoneInfo(key='UTC'))
TEXT
diff expected seen
