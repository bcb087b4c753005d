#!/usr/bin/env bash
# Library: npm @openhistoricalmap/maplibre-gl-dates 1.4.0, `filterByDate`, which leaves the features of a date on a map.
# Expected: a feature with the `start_date` and `end_date` 2024-06-19 is shown for the date 2024-06-19, and every feature
#   that overlaps a month or a year is shown for it, as the page of the library says.
# Seen: a feature is not shown on its first day, so one of a single day is shown on no day. For a December, nothing is shown
#   that began in its year: not what began in that month, and not what has lasted since June. `2024` and `2024-06` are right.
# For readers of the timeline: take `/v1/events.geojson?date=2024-12`, or compare `start_earliest` and `end_latest` in a filter
#   of your own: docs/api/formats.md has one.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --legacy-peer-deps @openhistoricalmap/maplibre-gl-dates@1.4.0 \
  @maplibre/maplibre-gl-style-spec@26.6.0
cat > run.mjs <<'JS'
import { featureFilter } from "@maplibre/maplibre-gl-style-spec";
import dates from "@openhistoricalmap/maplibre-gl-dates";

const features = {
  "visit 18–19 June": { start_date: "2024-06-18", end_date: "2024-06-19" },
  "treaty 19 June": { start_date: "2024-06-19", end_date: "2024-06-19" },
  "in force 4 December": { start_date: "2024-12-04", end_date: "2024-12-04" },
  "since June": { start_date: "2024-06-19" },
};
const shown = (date) => {
  let filter;
  dates.filterByDate({
    getStyle: () => ({ layers: [{ id: "events", "source-layer": "events" }] }),
    getFilter: () => undefined,
    setFilter: (id, made) => (filter = featureFilter(made, "layers[0].filter")),
  }, date);
  const names = Object.keys(features).filter((name) => filter.filter({ zoom: 5 }, { properties: features[name] }));
  return names.join(", ") || "nothing";
};
for (const date of ["2024-06-18", "2024-06-19", "2024-06-20", "2024-12-04", "2024-12-05", "2024-06", "2024-11", "2024-12", "2024"]) {
  console.log(`${date}: ${shown(date)}`);
}
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
2024-06-18: nothing
2024-06-19: visit 18–19 June
2024-06-20: since June
2024-12-04: since June
2024-12-05: since June
2024-06: visit 18–19 June, treaty 19 June, since June
2024-11: since June
2024-12: nothing
2024: visit 18–19 June, treaty 19 June, in force 4 December, since June
TEXT
diff expected seen
