#!/usr/bin/env bash
# Library: PyPI chronojson 0.1.0b2, `Feature.at(year)`.
# Expected: a milestone with `when: {start: 1961, end: 1996}` counts in these years ("the validity period of a milestone"), and
#   a milestone of the type `deletion` "marks the end of a feature's existence".
# Seen: `end` is never read: the treaty of 1961 is still in force in 2024. A milestone without a start, which is open, never
#   counts, and a deleted feature is there in every year, with its properties. Written again, a feature has lost its `id`.
# For readers of the timeline: to say when something ended, add a milestone that sets the property back; better, compare
#   `start_earliest` to `end_latest` of `.geojson` yourself.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check chronojson==0.1.0b2
cat > run.py <<'PY'
from chronojson import io

MOSCOW = {"type": "Point", "coordinates": [37.6178, 55.7558]}


def treaty(*milestones):
    return {
        "type": "Feature",
        "id": "friendship-treaty-1961",
        "geometry": MOSCOW,
        "properties": {"id": "friendship-treaty-1961", "in_force": False},
        "chrono": {"version": "0.1", "milestones": list(milestones)},
    }


def change(value, **when):
    return {"type": "property_change", "when": when, "properties": {"in_force": value}}


cases = {
    "an end": treaty(change(True, start=1961, end=1996)),
    "no start": treaty(change(True, end=1996)),
    "a deletion": treaty(change(True, start=1961), {"type": "deletion", "when": {"start": 1996}}),
    "set back": treaty(change(True, start=1961), change(False, start=1996)),
}
for name, feature in cases.items():
    collection = io.loads({"type": "FeatureCollection", "features": [feature]})
    states = [collection.features[0].at(year) for year in (1960, 1970, 2024)]
    print(name, [state.properties["in_force"] for state in states], states[2].geometry == MOSCOW)
print(sorted(io.dumps(collection)["features"][0]))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
an end [False, True, True] True
no start [False, False, False] True
a deletion [False, True, True] True
set back [False, True, False] True
['chrono', 'geometry', 'properties', 'type']
TEXT
diff expected seen
