#!/usr/bin/env bash
# Library: GPSBabel 1.8.0 (Debian gpsbabel 1.8.0+ds-5, with the packages that it needs there), from GeoJSON to GPX and back.
# Expected: each feature with places becomes waypoints with its name; the others are told.
# Seen: a name is read from `name` only, and only for a Point: with `title` an event is `WPT002`, and the points of a MultiPoint
#   are `WPT003` and `WPT004`, also with `name`. A GeometryCollection and a null geometry vanish without a message, and with them
#   every id and every date: `time` is not read. In GeoJSON that it writes the name is the description too.
# For readers of the timeline: give each Point `name` and `description` first, made from `title` and `date_text`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mapfile -t needed < <(apt-get install --simulate --no-install-recommends gpsbabel=1.8.0+ds-5 2> /dev/null \
  | sed -nE 's/^Inst ([^ ]+) (\[[^]]*\] )?\(([^ ]+).*/\1=\3/p')
apt-get download --quiet=2 "${needed[@]}" > /dev/null 2>&1
for package in *.deb; do dpkg-deb --extract "$package" root; done
LD_LIBRARY_PATH=$(find "$folder/root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd: -)
export LD_LIBRARY_PATH
cat > events.geojson <<'JSON'
{"type": "FeatureCollection", "features": [
{"type": "Feature", "id": "a", "geometry": {"type": "Point", "coordinates": [125.7625, 39.0392]},
 "properties": {"name": "Визит", "time": "2024-06-18T10:15:30Z"}},
{"type": "Feature", "id": "b", "geometry": {"type": "Point", "coordinates": [37.6173, 55.7558]},
 "properties": {"title": "Talks"}},
{"type": "Feature", "id": "c", "geometry": {"type": "MultiPoint", "coordinates": [[125.7625, 39.0392], [37.6173, 55.7558]]},
 "properties": {"name": "Two places"}},
{"type": "Feature", "id": "d", "geometry": {"type": "GeometryCollection", "geometries": [
 {"type": "Point", "coordinates": [131.8855, 43.1155]}]}, "properties": {"name": "Collection"}},
{"type": "Feature", "id": "e", "geometry": null, "properties": {"name": "Letter"}}]}
JSON
{
  root/usr/bin/gpsbabel -i geojson -f events.geojson -o gpx -F out.gpx
  grep -oE '<(wpt|name).*' out.gpx
  echo "instants beside the one of the file: $(($(grep -c '<time>' out.gpx) - 1))"
  root/usr/bin/gpsbabel -i geojson -f events.geojson -o geojson -F out.geojson
  grep -E '"(name|description|id|time)"' out.geojson
} > seen 2>&1
cat seen
cat > expected <<'TEXT'
<wpt lat="39.039200000" lon="125.762500000">
<name>Визит</name>
<wpt lat="55.755800000" lon="37.617300000">
<name>WPT002</name>
<wpt lat="39.039200000" lon="125.762500000">
<name>WPT003</name>
<wpt lat="55.755800000" lon="37.617300000">
<name>WPT004</name>
instants beside the one of the file: 0
                "description": "Визит",
                "name": "Визит"
                "description": "WPT002",
                "name": "WPT002"
                "description": "WPT003",
                "name": "WPT003"
                "description": "WPT004",
                "name": "WPT004"
TEXT
diff expected seen
