#!/usr/bin/env bash
# Library: npm cozy-ical 1.1.22, `ICalParser`.
# Expected: a straight quotation mark is an ordinary character of a text (RFC 5545, 3.3.11), and only divides the values of
#   parameters. A title with quoted words is read and written as it is.
# Seen: all between two quotation marks, and the marks, is percent-encoded in titles, texts and places: "회담" is
#   `%22%ED%9A%8C%EB%8B%B4%22`. A copy of the calendar has it too. One mark alone stays.
# For readers of the timeline: some titles and summaries have such marks. Decode them, or read `.ics` with ical.js or node-ical.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cozy-ical@1.1.22 ical.js@2.2.1
cat > run.mjs <<'JS'
import cozy from "cozy-ical";
import ICAL from "ical.js";

const source = [
  "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20240101T000000Z",
  "DTSTART;VALUE=DATE:20240618", "DTEND;VALUE=DATE:20240620", 'SUMMARY:Talks on a "strategic" treaty',
  'DESCRIPTION:그는 "회담" 이라고 했다', 'LOCATION:Room 5"', "END:VEVENT", "END:VCALENDAR", "",
].join("\r\n");
const event = new ICAL.Component(ICAL.parse(source)).getFirstSubcomponent("vevent");
console.log("ical.js:", ["summary", "description", "location"].map((name) => event.getFirstPropertyValue(name)).join("; "));
new cozy.ICalParser().parseString(source, (error, calendar) => {
  if (error) throw error;
  const { summary, description, location } = calendar.subComponents[0].model;
  console.log("cozy-ical:", [summary, description, location].join("; "));
  console.log("written:", calendar.toString().match(/SUMMARY.*/)[0]);
});
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
ical.js: Talks on a "strategic" treaty; 그는 "회담" 이라고 했다; Room 5"
cozy-ical: Talks on a %22strategic%22 treaty; 그는 %22%ED%9A%8C%EB%8B%B4%22 이라고 했다; Room 5"
written: SUMMARY:Talks on a %22strategic%22 treaty
TEXT
diff expected seen
