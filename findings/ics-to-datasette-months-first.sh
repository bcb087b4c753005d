#!/usr/bin/env bash
# Library: PyPI ics-to-datasette 0.3.0, with ics 0.7.3.
# Expected: a table in SQLite with the days of events in a form that SQLite compares, 2024-06-18, with their ends, places and
#   states; without options, JSON.
# Seen: the day is a text that begins with the month, 06-18-2024: the order of the column is January of every year first. The last
#   day, the place, the address and STATUS are not columns, so a visit of five days is one of a day, and a cancelled one took
#   place. The JSON has a line of Python before it, `(<_io.TextIOWrapper …>,)`, at which a reader of JSON stops.
# For readers of the timeline: `/v1/dataset.sqlite` is a database already, and `sqlite-utils insert` reads `/v1/events.csv`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ics-to-datasette==0.3.0 ics==0.7.3 2> /dev/null
cat > lines <<'ICS'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Timeline//EN
BEGIN:VEVENT
UID:1
DTSTAMP:20261201T121221Z
SUMMARY:Visit of five days
DTSTART;VALUE=DATE:20181022
DTEND;VALUE=DATE:20181027
LOCATION:Moscow
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTAMP:20261201T121221Z
SUMMARY:Cancelled visit
DTSTART;VALUE=DATE:20150509
DTEND;VALUE=DATE:20150510
LOCATION:Moscow
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:3
DTSTAMP:20261201T121221Z
SUMMARY:Talks
DTSTART;VALUE=DATE:20250115
DTEND;VALUE=DATE:20250116
LOCATION:Pyongyang
END:VEVENT
END:VCALENDAR
ICS
sed 's/$/\r/' lines > events.ics
venv/bin/ics-to-datasette --output sqlite --dbname events.db events.ics > out
cat > run.py <<'PY'
import json
import sqlite3
import subprocess

database = sqlite3.connect("events.db")
print([row[1] for row in database.execute("PRAGMA table_info(events)") if "guest" not in row[1]])
print(database.execute("SELECT date, title FROM events ORDER BY date").fetchall())
text = subprocess.run(["venv/bin/ics-to-datasette", "events.ics"], capture_output=True, text=True, check=True).stdout
first, rest = text.split("\n", 1)
print(first.split()[0], len(json.loads(rest)))
try:
    json.loads(text)
except json.JSONDecodeError as error:
    print("JSONDecodeError", error)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
['uid', 'title', 'description', 'date']
[('01-15-2025', 'Talks'), ('05-09-2015', 'Cancelled visit'), ('10-22-2018', 'Visit of five days')]
(<_io.TextIOWrapper 3
JSONDecodeError Expecting value: line 1 column 1 (char 0)
TEXT
diff expected seen
