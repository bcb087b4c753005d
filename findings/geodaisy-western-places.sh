#!/usr/bin/env bash
# Library: PyPI geodaisy 0.1.1, `wkt_to_geojson` and `geojson_to_wkt`.
# Expected: GeoJSON that becomes WKT and returns is the same geometry.
# Seen: before a negative number points are not divided: a line or a set of points that goes on in New York, whose longitude
#   is negative, is a flat list of four numbers, which is no GeoJSON. A point there, and a line in the east, return.
# For readers of the timeline: all its places but New York are in the east, so a test on others shows nothing. Make WKT with
#   shapely.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check geodaisy==0.1.1
cat > run.py <<'PY'
from geodaisy.converters import geojson_to_wkt, wkt_to_geojson

PYONGYANG, VLADIVOSTOK, NEW_YORK = [125.7625, 39.0392], [131.8855, 43.1155], [-74.006, 40.7128]
for kind, coordinates in (
    ("Point", NEW_YORK),
    ("LineString", [PYONGYANG, VLADIVOSTOK]),
    ("LineString", [PYONGYANG, NEW_YORK]),
    ("MultiPoint", [PYONGYANG, NEW_YORK]),
):
    text = geojson_to_wkt({"type": kind, "coordinates": coordinates})
    print(text, "|", wkt_to_geojson(text))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
POINT (-74.006 40.7128) | {"type": "Point", "coordinates": [-74.006, 40.7128]}
LINESTRING (125.7625 39.0392, 131.8855 43.1155) | {"type": "LineString", "coordinates": [[125.7625, 39.0392], [131.8855, 43.1155]]}
LINESTRING (125.7625 39.0392, -74.006 40.7128) | {"type": "LineString", "coordinates": [125.7625, 39.0392, -74.006, 40.7128]}
MULTIPOINT (125.7625 39.0392, -74.006 40.7128) | {"type": "MultiPoint", "coordinates": [125.7625, 39.0392, -74.006, 40.7128]}
TEXT
diff expected seen
