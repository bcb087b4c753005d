#!/usr/bin/env bash
# Library: npm ts-ics 2.4.6, `convertIcsCalendar` and `generateIcsCalendar`.
# Expected: a category with a comma, which RFC 5545 (3.3.11) writes as `\,`, is one category, as a title with a comma is one
#   title.
# Seen: it is split at the comma into two, of which the first ends with a backslash and the second begins with a space. In
#   titles, texts and places the same escape is read well. A category with a comma that a program gives is written without
#   the escape, so that every other reader sees two.
# For readers of the timeline: no kind of event has a comma in its name, in any language; a test holds it.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ts-ics@2.4.6
cat > run.mjs <<'JS'
import { convertIcsCalendar, generateIcsCalendar } from "ts-ics";

const source = [
  "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20240101T000000Z",
  "DTSTART;VALUE=DATE:20240618", "SUMMARY:Talks\\, then a dinner", "CATEGORIES:Trade\\, transport,Visit",
  "END:VEVENT", "END:VCALENDAR", "",
].join("\r\n");
const calendar = convertIcsCalendar(undefined, source);
const [event] = calendar.events;
console.log("title:", JSON.stringify(event.summary));
console.log("categories:", JSON.stringify(event.categories));
console.log("written:", generateIcsCalendar(calendar).match(/CATEGORIES.*/)[0].trim());
calendar.events[0].categories = ["Trade, transport", "Visit"];
console.log("given:", generateIcsCalendar(calendar).match(/CATEGORIES.*/)[0].trim());
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
title: "Talks, then a dinner"
categories: ["Trade\\"," transport","Visit"]
written: CATEGORIES:Trade\, transport,Visit
given: CATEGORIES:Trade, transport,Visit
TEXT
diff expected seen
