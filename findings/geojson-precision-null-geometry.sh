#!/usr/bin/env bash
# Libraries: npm geojson-precision 1.0.0, then @placemarkio/check-geojson 0.1.14.
# Expected: a feature without a geometry keeps null, which GeoJSON allows (RFC 7946, 3.2), since there is nothing to round.
#   `parse` returns a rounded copy.
# Seen: null becomes the empty object `{}`, which is no geometry, so a valid collection is invalid after its coordinates
#   were shortened. The collection that was given is changed too. Nothing is reported.
# For readers of the timeline: leave out events without a place before you round, or set `{}` to null again.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund geojson-precision@1.0.0 @placemarkio/check-geojson@0.1.14
cat > run.mjs <<'JS'
import { createRequire } from "node:module";
import { getIssues } from "@placemarkio/check-geojson";
const { parse } = createRequire(import.meta.url)("geojson-precision");

const feature = (id, geometry) => ({ type: "Feature", id, geometry, properties: { date: "2024-06~", title: "회담" } });
const given = {
  type: "FeatureCollection",
  features: [feature("a", { type: "Point", coordinates: [125.7625, 39.0392] }), feature("b", null)],
};
const issues = (geojson) => JSON.stringify(getIssues(JSON.stringify(geojson)).map((issue) => issue.message));
console.log("before:", issues(given));
const rounded = parse(given, 2);
for (const each of rounded.features) console.log(each.id, JSON.stringify(each.geometry));
console.log("after:", issues(rounded));
console.log("given:", JSON.stringify(given.features.map((each) => each.geometry)));
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
before: []
a {"type":"Point","coordinates":[125.76,39.04]}
b {}
after: ["This GeoJSON object is missing its type member."]
given: [{"type":"Point","coordinates":[125.76,39.04]},{}]
TEXT
diff expected seen
