#!/usr/bin/env bash
# Libraries: PyPI ics 0.7.3, then recurring-ical-events 3.8.2 with icalendar 7.3.2.
# Expected: a calendar without CALSCALE, which is GREGORIAN then (RFC 5545, 3.7.1), is read and written without it or as
#   GREGORIAN, and any program reads the copy.
# Seen: ics writes `CALSCALE:GEORGIAN`, a calendar that does not exist. recurring-ical-events refuses the copy: "Only
#   Gregorian calendars are supported." A calendar that says GREGORIAN is copied well.
# For readers of the timeline: `/v1/events.ics` says GREGORIAN. Add that line to other calendars before ics reads them.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ics==0.7.3 icalendar==7.3.2 recurring-ical-events==3.8.2
cat > run.py <<'PY'
import icalendar
import ics
import recurring_ical_events

BEGIN = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Timeline//EN\r\n"
EVENT = """BEGIN:VEVENT
UID:1@timeline.example
DTSTAMP:20261130T000000Z
DTSTART;VALUE=DATE:20240618
DTEND;VALUE=DATE:20240620
SUMMARY:푸틴 방문
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")

for scale in ("", "CALSCALE:GREGORIAN\r\n"):
    original = BEGIN + scale + EVENT
    copy = ics.Calendar(original).serialize()
    print([line for line in copy.splitlines() if line.startswith("CALSCALE")])
    for name, text in (("original", original), ("copy", copy)):
        try:
            found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).at((2024, 6, 18))
            print(name, [str(event["SUMMARY"]) for event in found])
        except ValueError as error:
            print(name, type(error).__name__, error)
PY
venv/bin/python -W ignore run.py > seen
cat seen
cat > expected <<'TEXT'
['CALSCALE:GEORGIAN']
original ['푸틴 방문']
copy InvalidCalendar Only Gregorian calendars are supported.
['CALSCALE:GREGORIAN']
original ['푸틴 방문']
copy ['푸틴 방문']
TEXT
diff expected seen
