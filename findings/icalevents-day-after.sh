#!/usr/bin/env bash
# Library: PyPI icalevents 0.3.1, `events(start=…, end=…)`.
# Expected: DTEND of an all-day entry is exclusive (RFC 5545, section 3.6.1), so 18 and 19 June are found on two days.
# Seen: they are also found on 20 June, for a day and for a span within that day. An entry of one day is found on two.
# For readers of the timeline: a question "what happens on this day" also answers with the day before. Keep an entry
#   only if its `end` is later than the beginning of the day.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet icalevents==0.3.1 icalendar==7.3.2
cat > run.py <<'PY'
from datetime import date, datetime
from icalevents.icalevents import events

def entry(uid, start, end):
    return ["BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:20261128T000000Z", "SUMMARY:" + uid,
            "DTSTART;VALUE=DATE:" + start, "DTEND;VALUE=DATE:" + end, "END:VEVENT"]

lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", *entry("visit", "20240618", "20240620"),
         *entry("letter", "20240701", "20240702"), "END:VCALENDAR", ""]
text = "\r\n".join(lines)
for month, day in [(6, 17), (6, 18), (6, 19), (6, 20), (6, 21), (7, 1), (7, 2), (7, 3)]:
    one = date(2024, month, day)
    whole = [event.summary for event in events(string_content=text, start=one, end=one)]
    span = datetime(2024, month, day, 9), datetime(2024, month, day, 17)
    hours = [event.summary for event in events(string_content=text, start=span[0], end=span[1])]
    print(one, whole, hours)
PY
venv/bin/python run.py > seen
cat > expected <<'TEXT'
2024-06-17 [] []
2024-06-18 ['visit'] ['visit']
2024-06-19 ['visit'] ['visit']
2024-06-20 ['visit'] ['visit']
2024-06-21 [] []
2024-07-01 ['letter'] ['letter']
2024-07-02 ['letter'] ['letter']
2024-07-03 [] []
TEXT
diff expected seen
