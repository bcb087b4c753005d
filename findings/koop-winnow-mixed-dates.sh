#!/usr/bin/env bash
# Library: npm @koopjs/winnow 5.0.4, `query` with `toEsri`, by which Koop serves GeoJSON to ArcGIS.
# Expected: types come from the first feature, says the README; a text that is no date stays as it is, or is an error.
# Seen: if the first feature has a whole day, the column is a date. Then a month is its first day, a year is 1 January, an
#   interval and an approximate date are NaN, which JSON writes as null: the same features in another order keep their
#   texts. Nothing tells that a day was invented.
# For readers of the timeline: add `metadata: {fields: [{name: "date", type: "String"}]}` to the collection, and filter by
#   `start_earliest` and `end_latest`, which are whole days everywhere.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund @koopjs/winnow@5.0.4 > /dev/null
cat > run.cjs <<'JS'
const winnow = require("@koopjs/winnow");

const geometry = { type: "Point", coordinates: [125.7625, 39.0392] };
const print = (label, dates, members) => {
  const features = dates.map((date) => ({ type: "Feature", geometry, properties: { date } }));
  const answer = winnow.query({ type: "FeatureCollection", features, ...members }, { toEsri: true });
  const values = answer.features.map(({ attributes: { date } }) =>
    Number.isFinite(date) ? new Date(date).toISOString().slice(0, 10) : JSON.stringify(date));
  console.log(`${label}:`, values.join(" "));
};

const dates = ["2018-10-22", "2018-10-22/2018-10-26", "2024-06", "2024-06~", "1948"];
print("day first", dates);
print("month first", ["2024-06~", ...dates.slice(0, 3)]);
print("with a type", dates, { metadata: { fields: [{ name: "date", type: "String" }] } });
JS
node run.cjs 2>&1 | grep -v OBJECTID > seen
cat seen
cat > expected <<'TEXT'
day first: 2018-10-22 null 2024-06-01 null 1948-01-01
month first: "2024-06~" "2018-10-22" "2018-10-22/2018-10-26" "2024-06"
with a type: "2018-10-22" "2018-10-22/2018-10-26" "2024-06" "2024-06~" "1948"
TEXT
diff expected seen
