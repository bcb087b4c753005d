#!/usr/bin/env bash
# Library: PyPI mergecal 0.5.0, `merge_calendars`.
# Expected: of two entries with one UID the one with the higher SEQUENCE replaces the other (RFC 5546, section 2.1.5).
# Seen: both stay. Only an entry with the same UID and the same SEQUENCE is left out, and there the first one wins.
# For readers of the timeline: `.ics` counts SEQUENCE up with each revision. Merged with a copy of yesterday, each
#   corrected event appears twice, once with the mistake. Merge only calendars fetched at the same time.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet mergecal==0.5.0 icalendar==7.3.2
cat > run.py <<'PY'
from icalendar import Calendar
from mergecal import merge_calendars

def calendar(sequence, summary):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", "BEGIN:VEVENT", "UID:visit",
             f"DTSTAMP:2026112{sequence}T000000Z", f"SEQUENCE:{sequence}", "SUMMARY:" + summary,
             "DTSTART;VALUE=DATE:20240618", "DTEND;VALUE=DATE:20240620", "END:VEVENT", "END:VCALENDAR", ""]
    return Calendar.from_ical("\r\n".join(lines))

for pair in [((0, "wrong"), (1, "corrected")), ((1, "corrected"), (0, "wrong")), ((1, "one"), (1, "other"))]:
    merged = merge_calendars([calendar(*part) for part in pair])
    print(pair, "->", [(int(event["SEQUENCE"]), str(event["SUMMARY"])) for event in merged.walk("VEVENT")])
PY
venv/bin/python run.py > seen
cat > expected <<'TEXT'
((0, 'wrong'), (1, 'corrected')) -> [(0, 'wrong'), (1, 'corrected')]
((1, 'corrected'), (0, 'wrong')) -> [(1, 'corrected'), (0, 'wrong')]
((1, 'one'), (1, 'other')) -> [(1, 'one')]
TEXT
diff expected seen
