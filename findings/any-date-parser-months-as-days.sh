#!/usr/bin/env bash
# Library: npm any-date-parser 2.2.4.
# Expected: `2024-11`, a month of ISO 8601 and EDTF, is November 2024, as `July 2000` is a month; or it is refused.
# Seen: `attempt` reads a year and the day 11, without a month; a month with a mark, `1948-10~`, too. Of `19–20 July 2000`
# only the 20th is left, of `2000-06-19/2000-06-20` only the first day.
# For readers of the timeline: take the bounds beside `date`, which are whole days.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund any-date-parser@2.2.4
cat > run.cjs <<'JS'
const parser = require("any-date-parser");

for (const text of ["July 2000", "2024-11", "1948-10~", "19–20 July 2000", "2000-06-19/2000-06-20"]) {
  const { year, month, day } = parser.attempt(text);
  console.log(text, JSON.stringify({ year, month, day }));
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
July 2000 {"year":2000,"month":7}
2024-11 {"year":2024,"day":11}
1948-10~ {"year":1948,"day":10}
19–20 July 2000 {"year":2000,"month":7,"day":20}
2000-06-19/2000-06-20 {"year":2000,"month":6,"day":19}
TEXT
diff expected seen
