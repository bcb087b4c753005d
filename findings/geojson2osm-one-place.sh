#!/usr/bin/env bash
# Library: PyPI geojson2osm 0.0.1, `geojson2osm`.
# Expected: each feature at a point is a node with its own tags, and each line has all of its points.
# Seen: features at the same point become one node. It has the tags of the last of them, and those that only an earlier one
#   has, so a state visit is an official one too. A line leaves out each point that an earlier feature has: after a way to
#   Pyongyang, the way from there to Vladivostok has its end alone, and the way back has no point at all. Nothing is
#   reported.
# For readers of the timeline: hundreds of its events have the point of one city. Convert `/v1/places.geojson`, where each
#   point is there once. The library needs texts and points: leave out nulls and places without a point, and write numbers
#   as texts.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check geojson2osm==0.0.1
cat > run.py <<'PY'
import xml.etree.ElementTree as ET

from geojson2osm import geojson2osm

MOSCOW, PYONGYANG, VLADIVOSTOK = [37.6178, 55.7558], [125.7625, 39.0392], [131.8855, 43.1155]


def show(*features):
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": tags}
            for kind, coordinates, tags in features
        ],
    }
    tree = ET.fromstring(geojson2osm(collection))
    names = {node.get("id"): f"{node.get('lat')} {node.get('lon')}" for node in tree.iter("node")}
    for element in tree:
        ids = [point.get("ref") for point in element.iter("nd")] if element.tag == "way" else [element.get("id")]
        print(element.tag, [names[one] for one in ids], {tag.get("k"): tag.get("v") for tag in element.iter("tag")})


show(
    ("Point", PYONGYANG, {"date": "2000-07-19", "title": "Visit", "subtype": "official"}),
    ("Point", VLADIVOSTOK, {"date": "2019-04-25", "title": "Summit"}),
    ("Point", PYONGYANG, {"date": "2024-06-18", "title": "State visit"}),
)
show(
    ("LineString", [MOSCOW, PYONGYANG], {"journey": "there"}),
    ("LineString", [PYONGYANG, VLADIVOSTOK], {"journey": "on"}),
    ("LineString", [VLADIVOSTOK, MOSCOW], {"journey": "back"}),
)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
node ['39.0392 125.7625'] {'date': '2024-06-18', 'title': 'State visit', 'subtype': 'official'}
node ['43.1155 131.8855'] {'date': '2019-04-25', 'title': 'Summit'}
node ['55.7558 37.6178'] {}
node ['39.0392 125.7625'] {}
node ['43.1155 131.8855'] {}
way ['55.7558 37.6178', '39.0392 125.7625'] {'journey': 'there'}
way ['43.1155 131.8855'] {'journey': 'on'}
way [] {'journey': 'back'}
TEXT
diff expected seen
