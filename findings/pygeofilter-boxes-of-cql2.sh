#!/usr/bin/env bash
# Library: PyPI pygeofilter 0.4.0, `parsers.cql2_json` and the native evaluator, given filters that PyPI cql2 0.6.0 writes.
# Expected: a filter finds the same features in both, as both name the standard OGC 21-065r2.
# Seen: three filters find nothing in pygeofilter, without an error. The four numbers of a box are taken in the order west, east,
#   south, north, while CQL2 has west, south, east, north. T_INTERSECTS becomes "overlaps", which a day within the interval
#   does not. In LIKE any single character is `.` and not `_`. A polygon, T_DURING and `%` work as in cql2.
# For readers of the timeline: filter our GeoJSON with cql2, or write a polygon, T_DURING and `%`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cql2==0.6.0 pygeofilter==0.4.0 shapely==2.1.2
cat > run.py <<'PY'
from datetime import date

import cql2
from pygeofilter.backends.native.evaluate import NativeEvaluator
from pygeofilter.parsers.cql2_json import parse

EVENTS = [
    {"name": "Moscow", "date": "1949-03-17", "geometry": {"type": "Point", "coordinates": [37.6, 55.75]}},
    {"name": "Pyongyang", "date": "1948-10-12", "geometry": {"type": "Point", "coordinates": [125.75, 39.03]}},
]
FILTERS = [
    "S_INTERSECTS(geometry, BBOX(124, 38, 127, 41))",
    "S_INTERSECTS(geometry, POLYGON((124 38, 127 38, 127 41, 124 41, 124 38)))",
    "T_INTERSECTS(date, INTERVAL('1948-10-01', '1948-10-31'))",
    "T_DURING(date, INTERVAL('1948-10-01', '1948-10-31'))",
    "name LIKE 'Pyong_ang'",
    "name LIKE 'Pyong%ang'",
]


def dated(event):
    return event | {"date": date.fromisoformat(event["date"])}


def items(event):
    return event | {"date": {"date": event["date"]}}


for text in FILTERS:
    expression = cql2.parse_text(text)
    matches = NativeEvaluator(use_getattr=False).evaluate(parse(expression.to_json()))
    found = [event["name"] for event in EVENTS if matches(dated(event))]
    print(text, "pygeofilter:", found)
    print(text, "cql2:", [event["name"] for event in EVENTS if expression.matches(items(event))])
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
S_INTERSECTS(geometry, BBOX(124, 38, 127, 41)) pygeofilter: []
S_INTERSECTS(geometry, BBOX(124, 38, 127, 41)) cql2: ['Pyongyang']
S_INTERSECTS(geometry, POLYGON((124 38, 127 38, 127 41, 124 41, 124 38))) pygeofilter: ['Pyongyang']
S_INTERSECTS(geometry, POLYGON((124 38, 127 38, 127 41, 124 41, 124 38))) cql2: ['Pyongyang']
T_INTERSECTS(date, INTERVAL('1948-10-01', '1948-10-31')) pygeofilter: []
T_INTERSECTS(date, INTERVAL('1948-10-01', '1948-10-31')) cql2: ['Pyongyang']
T_DURING(date, INTERVAL('1948-10-01', '1948-10-31')) pygeofilter: ['Pyongyang']
T_DURING(date, INTERVAL('1948-10-01', '1948-10-31')) cql2: ['Pyongyang']
name LIKE 'Pyong_ang' pygeofilter: []
name LIKE 'Pyong_ang' cql2: ['Pyongyang']
name LIKE 'Pyong%ang' pygeofilter: ['Pyongyang']
name LIKE 'Pyong%ang' cql2: ['Pyongyang']
TEXT
diff expected seen
