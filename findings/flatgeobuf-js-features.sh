#!/usr/bin/env bash
# Library: npm flatgeobuf 4.5.0, `serialize` and `deserialize` of its geojson module.
# Expected: a GeoJSON collection comes back as it was: ids, features without a geometry, and all properties.
# Seen: a feature with `"geometry": null` is a TypeError. Ids become 0, 1, 2. The first feature alone decides the
#   columns: a property that it lacks is dropped from all others, one that is null there is text in all others.
# For readers of the timeline: leave out the events without a place, and know an event by `properties.url`. All of our
#   features have the same properties, so none is dropped.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund flatgeobuf@4.5.0
cat > run.mjs <<'JS'
import { deserialize, serialize } from "flatgeobuf/lib/mjs/geojson.js";
const point = { type: "Point", coordinates: [131.8855, 43.1155] };
const feature = (id, geometry, properties) => ({ type: "Feature", id, geometry, properties });
const cases = {
  "ids": [feature("2019-a", point, { n: 1 }), feature("2019-b", point, { n: 2 })],
  "later key": [feature("a", point, { n: 1 }), feature("b", point, { n: 2, note: "x" })],
  "null first": [feature("a", point, { n: null, t: "x" }), feature("b", point, { n: 5, t: "y" })],
  "no place": [feature("a", point, { n: 1 }), feature("b", null, { n: 2 })],
};
for (const [name, features] of Object.entries(cases)) {
  try {
    const read = [];
    for await (const one of deserialize(serialize({ type: "FeatureCollection", features }))) read.push(one);
    console.log(name, JSON.stringify(read.map(({ id, properties }) => [id, properties])));
  } catch (error) {
    console.log(name, error.constructor.name);
  }
}
JS
node run.mjs > seen
cat > expected <<'TEXT'
ids [[0,{"n":1}],[1,{"n":2}]]
later key [[0,{"n":1}],[1,{"n":2}]]
null first [[0,{"t":"x"}],[1,{"n":"5","t":"y"}]]
no place TypeError
TEXT
diff expected seen
