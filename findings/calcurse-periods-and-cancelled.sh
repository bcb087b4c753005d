#!/usr/bin/env bash
# Library: calcurse 4.7.1 (Debian 4.7.1-1), `--import` and `--export`.
# Expected: an all-day event of two days is one event of two days also in an exported file, a cancelled event is marked or left
#   out, and the UID and the URL survive.
# Seen: a period becomes a separate event on each of its days: the export has its first day alone, with a daily recurrence. A
#   cancelled event is a usual one. UID, STATUS and URL are gone, so a second import doubles every event. The report says
#   "0 skipped".
# For readers of the timeline: import `/v1/events.ics?status=occurred` once, into an empty calendar, and export nothing from it.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download --quiet=2 calcurse=4.7.1-1 > /dev/null 2>&1
dpkg-deb --extract calcurse*.deb root
mkdir own
cat > lines.txt <<'ICS'
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
BEGIN:VEVENT
UID:visit
DTSTAMP:20240101T000000Z
DTSTART;VALUE=DATE:20240618
DTEND;VALUE=DATE:20240620
SUMMARY:Visit
URL:http://timeline.example/visit
END:VEVENT
BEGIN:VEVENT
UID:talks
DTSTAMP:20240101T000000Z
DTSTART;VALUE=DATE:20240701
SUMMARY:Talks
STATUS:CANCELLED
END:VEVENT
END:VCALENDAR
ICS
sed 's/$/\r/' lines.txt > in.ics
{
  for time in first second; do
    root/usr/bin/calcurse --datadir own --confdir own --import in.ics | tail -n 1 | sed "s/^/$time import: /"
  done
  root/usr/bin/calcurse --datadir own --confdir own --export | grep -vE '^(BEGIN|VERSION|PRODID)'
} > seen
cat seen
cat > expected <<'TEXT'
first import: 0 apps / 2 events / 0 todos / 0 skipped
second import: 0 apps / 2 events / 0 todos / 0 skipped
DTSTART;VALUE=DATE:20240618
RRULE:FREQ=DAILY;UNTIL=20240619
SUMMARY:Visit
END:VEVENT
DTSTART;VALUE=DATE:20240618
RRULE:FREQ=DAILY;UNTIL=20240619
SUMMARY:Visit
END:VEVENT
DTSTART;VALUE=DATE:20240701
SUMMARY:Talks
END:VEVENT
DTSTART;VALUE=DATE:20240701
SUMMARY:Talks
END:VEVENT
END:VCALENDAR
TEXT
diff expected seen
