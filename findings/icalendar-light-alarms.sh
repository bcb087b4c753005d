#!/usr/bin/env bash
# Library: PyPI icalendar-light 1.0.0, `Calendar.iter_events`.
# Expected: an event has its own properties, and an alarm within it (VALARM) has its own.
# Seen: DESCRIPTION and SUMMARY of the alarm stand at the end of those of the event, without a space, since a property that
#   comes again is taken for a folded line: the visit is called "State visitReminder". Only the comma loses its backslash, a
#   line end stays `\n`, and a day is an instant, midnight in UTC.
# For readers of the timeline: its calendars have no alarms, but a program in which you keep them may add some before it exports
#   them. Read `.ics` with icalendar.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check icalendar-light==1.0.0 python-dateutil==2.9.0.post0 icalendar==7.3.2
cat > calendar.ics <<'ICS'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Test//EN
BEGIN:VEVENT
UID:visit
DTSTAMP:20261201T000000Z
DTSTART;VALUE=DATE:20240618
DTEND;VALUE=DATE:20240620
SUMMARY:State visit
DESCRIPTION:Talks\, and the treaty\nPlace: Pyongyang
BEGIN:VALARM
ACTION:EMAIL
TRIGGER:-P1D
SUMMARY:Reminder
DESCRIPTION:This is an event reminder
ATTENDEE:mailto:reader@timeline.example
END:VALARM
END:VEVENT
END:VCALENDAR
ICS
cat > run.py <<'PY'
from pathlib import Path

import icalendar
from icalendar_light.toolbox import Calendar

for event in Calendar.iter_events_from_file("calendar.ics"):
    print(repr(event.summary), repr(event.description), event.dt_start, event.dt_end)
for event in icalendar.Calendar.from_ical(Path("calendar.ics").read_bytes()).walk("VEVENT"):
    print(repr(str(event["SUMMARY"])), repr(str(event["DESCRIPTION"])), event.start, event.end)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
'State visitReminder' 'Talks, and the treaty\\nPlace: PyongyangThis is an event reminder' 2024-06-18 00:00:00+00:00 2024-06-20 00:00:00+00:00
'State visit' 'Talks, and the treaty\nPlace: Pyongyang' 2024-06-18 2024-06-20
TEXT
diff expected seen
