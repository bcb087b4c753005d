#!/usr/bin/env bash
# Library: npm @rr0/time 0.11.2, `Level1Date`, `Level1Interval` and `Level2Date` with `fromString` and `toString`.
# Expected: as its page says, levels 0, 1 and 2 of EDTF are read, and `toString` writes EDTF. `2024-06/..` has an open end and
#   `2024-06/` an unknown one, which are two things.
# Seen: a part with an X is written as `[object Object]`: `2024-06-XX` is `2024-06-[object Object]`. An open start or end is
#   written as an unknown one; only `end` knows, which is undefined or null. A mark of the month alone is written as one of the
#   year and the month, and `Level1Date` reads such a date as its year, without an error.
# For readers of the timeline: take the four bounds of `date_bounds`, where an open end is null.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @rr0/time@0.11.2
cat > run.mjs <<'JS'
import { Level1Date, Level1Interval, Level2Date } from "@rr0/time";

for (const text of ["2024-06", "2024-06~", "2024-06-XX", "2024-XX", "199X", "2024-~06-18"]) {
  console.log(`${text}: ${Level1Date.fromString(text)}, level 2: ${Level2Date.fromString(text)}`);
}
for (const text of ["2024-06-18/2024-06-19", "2024-06/..", "2024-06/", "../2024-06"]) {
  const interval = Level1Interval.fromString(text);
  console.log(`${text}: ${interval}, start ${interval.start}, end ${interval.end}`);
}
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
2024-06: 2024-06, level 2: 2024-06
2024-06~: 2024~-06~, level 2: 2024~-06~
2024-06-XX: 2024-06-[object Object], level 2: 2024-06-[object Object]
2024-XX: 2024-[object Object], level 2: 2024-[object Object]
199X: [object Object], level 2: [object Object]
2024-~06-18: 2024, level 2: 2024~-06~-18
2024-06-18/2024-06-19: 2024-06-18/2024-06-19, start 2024-06-18, end 2024-06-19
2024-06/..: 2024-06/, start 2024-06, end undefined
2024-06/: 2024-06/, start 2024-06, end null
../2024-06: /2024-06, start undefined, end 2024-06
TEXT
diff expected seen
