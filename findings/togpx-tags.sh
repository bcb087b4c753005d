#!/usr/bin/env bash
# Library: npm togpx 0.5.4.
# Expected: the `<desc>` of a waypoint has all properties of its feature ("by concatenating all respective GeoJSON
#   properties", says the README), and one more property only adds to it.
# Seen: a property with the name `tags` replaces all others. Of an event with a list of tags `<desc>` has the tags alone, by
#   their positions (`0=trade`): no title, no date. Without a `name`, `<name>` is empty too.
# For readers of the timeline: our features have `tags` and `title`. Pass `featureTitle` and `featureDescription`, and leave
#   out events without a place, which are an error.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund togpx@0.5.4
cat > run.cjs <<'JS'
const togpx = require("togpx");

const geometry = { type: "Point", coordinates: [125.7625, 39.0392] };
const collection = (properties) => ({
  type: "FeatureCollection",
  features: [{ type: "Feature", id: "talks", geometry, properties }],
});
const print = (label, properties, options) => {
  const waypoint = togpx(collection(properties), options).match(/<name>.*<\/desc>/s)[0];
  console.log(`${label}: ${waypoint.replaceAll("\n", " ")}`);
};

const event = { title: "회담", date: "2018-10-22" };
print("without tags", event);
print("with tags", { ...event, tags: ["trade", "visits"] });
print("with callbacks", { ...event, tags: ["trade"] }, {
  featureTitle: (properties) => properties.title,
  featureDescription: (properties) => properties.date,
});
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
without tags: <name></name><desc>title=회담 date=2018-10-22</desc>
with tags: <name></name><desc>0=trade 1=visits</desc>
with callbacks: <name>회담</name><desc>2018-10-22</desc>
TEXT
diff expected seen
