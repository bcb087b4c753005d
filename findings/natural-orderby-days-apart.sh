#!/usr/bin/env bash
# Library: npm natural-orderby 5.0.0, `orderBy` and `compare`; beside it string-natural-compare 3.0.1.
# Expected: EDTF dates come in the order of their digits: a year, then its months, then its days.
# Seen: a text that is a whole day is taken for an instant and compared as a number of milliseconds, and every other text by
#   its digits. So each day before 1970 comes before the year 1 and before every month, each later day after all months, and
#   the days of June 2024 follow December 2024. An interval of days is no day, and comes at its place.
# For readers of the timeline: sort our dates as texts, or the bounds beside them.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund natural-orderby@5.0.0 string-natural-compare@3.0.1
cat > run.mjs <<'JS'
import { orderBy } from "natural-orderby";
import compare from "string-natural-compare";

for (const dates of [
  ["1948", "1948-10", "1948-10-12", "1949-03", "1949-03-17"],
  ["2024-06", "2024-06-18", "2024-06-18/2024-06-19", "2024-06-19", "2024-12"],
  ["1961-07-06", "1961-07-07", "1961-09-10"],
]) {
  console.log("texts:  ", dates.toSorted().join(" "));
  console.log("compare:", dates.toSorted(compare).join(" "));
  console.log("orderBy:", orderBy(dates).join(" "));
}
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
texts:   1948 1948-10 1948-10-12 1949-03 1949-03-17
compare: 1948 1948-10 1948-10-12 1949-03 1949-03-17
orderBy: 1948-10-12 1949-03-17 1948 1948-10 1949-03
texts:   2024-06 2024-06-18 2024-06-18/2024-06-19 2024-06-19 2024-12
compare: 2024-06 2024-06-18 2024-06-18/2024-06-19 2024-06-19 2024-12
orderBy: 2024-06 2024-06-18/2024-06-19 2024-12 2024-06-18 2024-06-19
texts:   1961-07-06 1961-07-07 1961-09-10
compare: 1961-07-06 1961-07-07 1961-09-10
orderBy: 1961-07-06 1961-07-07 1961-09-10
TEXT
diff expected seen
