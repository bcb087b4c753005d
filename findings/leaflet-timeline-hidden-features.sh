#!/usr/bin/env bash
# Library: npm leaflet.timeline 1.6.0, whose dates are the `start` and `end` of features; with leaflet 1.9.4 and jsdom 26.1.0.
# Expected: a feature with a date that JavaScript does not understand is not shown, and the others are. A feature without an
#   `end` is shown from its start on.
# Seen: one feature with a date in EDTF, such as `2024-06~`, hides others that come after it: a visit from 18 to 25 June is shown
#   on none of these days. It depends on the order of the features. A feature without an end is never shown. Nothing is reported.
# For readers of the timeline: give `getInterval` a function that takes `start_earliest` and `end_latest`, which are days, and
#   add a day to the end; leave out features whose end is null, or give them one.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund leaflet.timeline@1.6.0 leaflet@1.9.4 jsdom@26.1.0
cat > run.mjs <<'JS'
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<div id=map></div>");
Object.defineProperties(globalThis, {
  window: { value: window },
  document: { value: window.document },
  navigator: { value: window.navigator },
});
const { default: leaflet } = await import("leaflet");
globalThis.L = window.L = leaflet;
await import("leaflet.timeline");

const feature = (id, start, end) => ({
  type: "Feature",
  id,
  geometry: { type: "Point", coordinates: [125.7625, 39.0392] },
  properties: { start, end },
});
const visit = feature("visit", "2024-06-18", "2024-06-25");
const shown = (...features) => {
  const { ranges } = leaflet.timeline({ type: "FeatureCollection", features }, {});
  const found = ["2024-06-18", "2024-06-22", "2024-07-01"].map((day) => ranges.lookup(Date.parse(day)).map(({ id }) => id).join("+") || "none");
  console.log(features.map(({ id }) => id).join(", "), "=", found.join(" "));
};
shown(visit);
shown(visit, feature("month", "2024-06", "2024-07"));
shown(visit, feature("open", "2024-06-18"));
shown(visit, feature("null", "2024-06-18", null));
const edtf = feature("edtf", "2024-06~", "2024-06~");
shown(visit, edtf);
shown(edtf, visit);
shown(feature("relations", "1948-10-12", "1948-10-13"), feature("month", "2024-06", "2024-07"), edtf, visit);
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
visit = visit visit none
visit, month = visit+month visit+month month
visit, open = visit visit none
visit, null = visit visit none
visit, edtf = visit visit none
edtf, visit = none none none
relations, month, edtf, visit = month month month
TEXT
diff expected seen
