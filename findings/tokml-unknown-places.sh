#!/usr/bin/env bash
# Library: npm tokml 0.4.0.
# Expected: a feature without a geometry (RFC 7946, 3.2) becomes a Placemark without a point, which KML allows, and the
#   id of a feature becomes the id of its Placemark.
# Seen: a feature without a geometry is left out, and no id is kept, both without a word. Of the events of the timeline
#   every fifth has no known place. With `timestamp`, an EDTF date such as `2024-06~` or an interval is copied into
#   `<when>`, where KML allows neither.
# For readers of the timeline: count the Placemarks, put `url` into the description to find an event again, and use
#   `start_earliest` as the timestamp.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund tokml@0.4.0
cat > run.cjs <<'JS'
const tokml = require("tokml");
const feature = (id, geometry, date) => ({ type: "Feature", id, geometry, properties: { title: "회담", date } });
const features = [
  feature("2024-06-visit", { type: "Point", coordinates: [125.7625, 39.0392] }, "2024-06~"),
  feature("1950-09-29-appeal", null, "1950-09-29"),
];
const kml = tokml({ type: "FeatureCollection", features }, { name: "title", timestamp: "date" });
console.log("features:", features.length, "placemarks:", kml.match(/<Placemark/g).length);
console.log("ids:", features.filter(({ id }) => kml.includes(id)).length);
console.log(kml.match(/<when>.*<.when>/)[0]);
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
features: 2 placemarks: 1
ids: 0
<when>2024-06~</when>
TEXT
diff expected seen
