#!/usr/bin/env bash
# Library: PyPI jicson 1.0.2, `fromText`.
# Expected: a line that continues on the next one, after a line end and a space (RFC 5545, 3.1), is one value.
# Seen: the value ends where the line is folded. The rest becomes a further key of the entry, cut at its first colon,
#   or disappears if it has none. So a URL of more than 75 octets leads elsewhere, and a text in Korean, of which 25
#   letters fill a line, loses its end. Nothing is reported.
# For readers of the timeline: read `.ics` with icalendar or ical.js, or unfold the lines first.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet jicson==1.0.2
cat > run.py <<'PY'
import jicson

LINES = [
    "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "DTSTART;VALUE=DATE:20181030",
    "SUMMARY:김정은 국무위원장과 푸틴 대통령이", "  블라디보스토크에서 회담",
    "DESCRIPTION:장소", " 출처: 타스통신",
    "URL:http://timeline.example/v1/events/2018-10-30-morgulov-sin-hong-chol-con", " sultations",
    "END:VEVENT", "END:VCALENDAR", "",
]
assert all(len(line.encode()) <= 75 for line in LINES)
[calendar] = jicson.fromText("\r\n".join(LINES))["VCALENDAR"]
for key, value in calendar["VEVENT"][0].items():
    print(key, "=", value)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
DTSTART;VALUE=DATE = 20181030
SUMMARY = 김정은 국무위원장과 푸틴 대통령이
DESCRIPTION = 장소
 출처 =  타스통신
URL = http://timeline.example/v1/events/2018-10-30-morgulov-sin-hong-chol-con
TEXT
diff expected seen
