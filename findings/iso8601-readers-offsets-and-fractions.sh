#!/usr/bin/env bash
# Library: npm isodate 0.1.4, and npm iso8601 1.1.1, which isodate recommends in its place.
# Expected: 10:15:30+09:00 is 01:15:30 in UTC. `.583314` is a fraction of a second. `2024-06` is its first instant, or an error.
# Seen: isodate adds the offset instead of subtracting it, and reads an instant with Z as local time: in Pyongyang 10:15:30Z
#   is 01:15:30Z. The digits of the fraction are milliseconds: `.583314` is 583 seconds, nearly ten minutes, and `.5` is 5
#   milliseconds. `2024-06` is 31 May, and `2024` is the last day of 2023. iso8601 takes the nine hours of +09:00 for 900, so
#   the instant lies in May. iso8601-convert 1.0.0 reads all of them rightly.
# For readers of the timeline: our instants have six digits and Z. `new Date(text)` reads them, to the millisecond.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund isodate@0.1.4 iso8601@1.1.1 iso8601-convert@1.0.0
cat > run.cjs <<'JS'
const isodate = require("isodate");
const iso8601 = require("iso8601");
const convert = require("iso8601-convert");

console.log(process.env.TZ);
for (const text of ["2024-06-18T10:15:30+09:00", "2024-06-18T10:15:30Z", "2024-06-18T10:15:30.583314Z",
  "2024-06-18T10:15:30.5Z", "2024-06", "2024"]) {
  const read = [isodate(text), iso8601.toDate(text), convert.toDate(text)].map((date) => date.toISOString());
  console.log(`${text}: isodate ${read[0]}, iso8601 ${read[1]}, iso8601-convert ${read[2]}`);
}
JS
for zone in UTC Asia/Pyongyang; do
  TZ=$zone node run.cjs
done > seen
cat seen
cat > expected <<'TEXT'
UTC
2024-06-18T10:15:30+09:00: isodate 2024-06-18T19:15:30.000Z, iso8601 2024-05-11T22:15:30.000Z, iso8601-convert 2024-06-18T01:15:30.000Z
2024-06-18T10:15:30Z: isodate 2024-06-18T10:15:30.000Z, iso8601 2024-06-18T10:15:30.000Z, iso8601-convert 2024-06-18T10:15:30.000Z
2024-06-18T10:15:30.583314Z: isodate 2024-06-18T10:25:13.314Z, iso8601 2024-06-18T10:15:30.583Z, iso8601-convert 2024-06-18T10:15:30.583Z
2024-06-18T10:15:30.5Z: isodate 2024-06-18T10:15:30.005Z, iso8601 2024-06-18T10:15:30.500Z, iso8601-convert 2024-06-18T10:15:30.500Z
2024-06: isodate 2024-05-31T00:00:00.000Z, iso8601 2024-06-01T00:00:00.000Z, iso8601-convert 2024-06-01T00:00:00.000Z
2024: isodate 2023-12-31T00:00:00.000Z, iso8601 2024-01-01T00:00:00.000Z, iso8601-convert 2024-01-01T00:00:00.000Z
Asia/Pyongyang
2024-06-18T10:15:30+09:00: isodate 2024-06-18T10:15:30.000Z, iso8601 2024-05-11T22:15:30.000Z, iso8601-convert 2024-06-18T01:15:30.000Z
2024-06-18T10:15:30Z: isodate 2024-06-18T01:15:30.000Z, iso8601 2024-06-18T10:15:30.000Z, iso8601-convert 2024-06-18T10:15:30.000Z
2024-06-18T10:15:30.583314Z: isodate 2024-06-18T01:25:13.314Z, iso8601 2024-06-18T10:15:30.583Z, iso8601-convert 2024-06-18T10:15:30.583Z
2024-06-18T10:15:30.5Z: isodate 2024-06-18T01:15:30.005Z, iso8601 2024-06-18T10:15:30.500Z, iso8601-convert 2024-06-18T10:15:30.500Z
2024-06: isodate 2024-05-30T15:00:00.000Z, iso8601 2024-06-01T00:00:00.000Z, iso8601-convert 2024-06-01T00:00:00.000Z
2024: isodate 2023-12-30T15:00:00.000Z, iso8601 2024-01-01T00:00:00.000Z, iso8601-convert 2024-01-01T00:00:00.000Z
TEXT
diff expected seen
