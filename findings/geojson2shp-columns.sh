#!/usr/bin/env bash
# Library: npm geojson2shp 0.5.0, which makes a Shapefile.
# Expected: the names of columns have ten letters at most, so the writer tells `participant_ids` from `participant_names` by
#   a number, as GDAL does. A column is of dates if all its values are days. Texts have up to 254 bytes.
# Seen: the first feature decides. If its `date` is an interval, the column is of dates: the interval is its first day, and
#   `2024-06~` and `2024` are empty. Instants lose their time. Two columns have the name `participan`. Texts are cut after 80
#   bytes, or where the first one ends if it is longer. Lists, and properties that the first lacks, are left out. Nothing warns.
# For readers of the timeline: convert `/v1/events.geojson` with `ogr2ogr events.gpkg events.geojson`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund geojson2shp@0.5.0 adm-zip@0.5.16
cat > run.cjs <<'JS'
const AdmZip = require("adm-zip");
const { convert } = require("geojson2shp");

const feature = (properties) => ({ type: "Feature", geometry: { type: "Point", coordinates: [125.7625, 39.0392] }, properties });
const visit = { date: "2024-06-18/2024-06-19", participant_ids: "vladimir-putin", participant_names: "Владимир Путин",
  updated_at: "2026-11-30T10:15:30Z", tags: ["summit"] };
const features = [feature(visit), feature({ ...visit, date: "2024-06~" }), feature({ ...visit, date: "2024", note: "x" }),
  feature({ ...visit, date: "2024-06-19", participant_names: "최선희; ".repeat(20) })];
(async () => {
  await convert(features, "events.zip", { layer: "events", encoding: "utf8" });
  const table = new AdmZip("events.zip").getEntry("events.dbf").getData();
  const [rows, start, size] = [table.readUInt32LE(4), table.readUInt16LE(8), table.readUInt16LE(10)];
  let width = 1;
  const columns = [];
  for (let at = 32; table[at] !== 13; at += 32) {
    columns.push({ name: table.toString("utf8", at, at + 11).replaceAll("\0", ""), type: String.fromCharCode(table[at + 11]), from: width });
    width += columns.at(-1).size = table[at + 16];
  }
  console.log("columns:", columns.map(({ name, type, size }) => `${name} ${type}${size}`).join(", "));
  for (let row = 0; row < rows; row++) {
    const cells = columns.map((column) => {
      const from = start + row * size + column.from;
      return table.toString("utf8", from, from + column.size).replaceAll("\0", " ").trim();
    });
    console.log(JSON.stringify(cells));
  }
})();
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
columns: date D8, participan C80, participan C80, updated_at D8
["20240618","vladimir-putin","Владимир Путин","20261130"]
["","vladimir-putin","Владимир Путин","20261130"]
["","vladimir-putin","Владимир Путин","20261130"]
["20240619","vladimir-putin","최선희; 최선희; 최선희; 최선희; 최선희; 최선희; 최선희; 최","20261130"]
TEXT
diff expected seen
