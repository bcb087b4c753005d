#!/usr/bin/env bash
# Library: PyPI icalendar 7.3.0.
# Expected: a backslash in a text is written as two (RFC 5545, 3.3.11), whatever letter follows, so that it comes back.
# Seen: a backslash before a capital N is written as an escaped line end: of `C:\New` a reader gets two lines. Before a
# small n, and before any other letter that was tried, it is doubled and comes back.
# For readers of the timeline: our own entries double every backslash.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet icalendar==7.3.0
cat > run.py <<'PY'
from icalendar import Event

for text in (r"C:\New", r"C:\new", r"C:\Talks"):
    event = Event()
    event.add("summary", text)
    written = event.to_ical()
    print(text, written.split(b"\r\n")[1].decode(), repr(str(Event.from_ical(written)["summary"])))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
C:\New SUMMARY:C:\new 'C:\new'
C:\new SUMMARY:C:\\new 'C:\\new'
C:\Talks SUMMARY:C:\\Talks 'C:\\Talks'
TEXT
diff expected seen
