#!/usr/bin/env bash
# Library: npm @edtf-ts/core 0.4.2, `isBefore`, `isAfter`, `equals` and `isDefinitelyBefore` of a FuzzyDate.
# Expected: `[2024-06,2024-09]` is one of two months, so July is MAYBE before it, and June MAYBE equals it. The page of the
#   library says that YES is for what holds definitely.
# Seen: a relation to any one of the months is enough. July is definitely before and definitely after the date, and June is
#   equal to it and definitely before it. The functions `isBefore` and `isAfter` take "ALL", which is YES only for what is
#   definite; the methods take none.
# For readers of the timeline: some events have such dates. Compare the days of `date_bounds`, or ask the API with
#   `certainty=certain`.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @edtf-ts/core@0.4.2
cat > run.mjs <<'JS'
import { FuzzyDate, isAfter, isBefore } from "@edtf-ts/core";

const date = FuzzyDate.parse("[2024-06,2024-09]");
for (const text of ["2024-05", "2024-06", "2024-07", "2024-10"]) {
  const other = FuzzyDate.parse(text);
  console.log(
    `${text}: before ${other.isBefore(date)}, after ${other.isAfter(date)}, equals ${other.equals(date)};`,
    `definitely before ${other.isDefinitelyBefore(date)}, definitely after ${other.isDefinitelyAfter(date)};`,
    `ALL: before ${isBefore(other.inner, date.inner, "ALL")}, after ${isAfter(other.inner, date.inner, "ALL")}`,
  );
}
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
2024-05: before YES, after NO, equals NO; definitely before true, definitely after false; ALL: before YES, after NO
2024-06: before YES, after NO, equals YES; definitely before true, definitely after false; ALL: before NO, after NO
2024-07: before YES, after YES, equals NO; definitely before true, definitely after true; ALL: before NO, after NO
2024-10: before NO, after YES, equals NO; definitely before false, definitely after true; ALL: before NO, after YES
TEXT
diff expected seen
