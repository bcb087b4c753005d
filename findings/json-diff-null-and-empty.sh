#!/usr/bin/env bash
# Library: PyPI json-diff 1.5.0, `Comparator(old, new).compare_dicts()`.
# Expected: the result names each member that differs between two documents, and no other one.
# Seen: a text or number that becomes null is no difference: the result is empty, as for equal documents. An object that becomes
#   null or empty is compared with the whole new document, and an empty one that gets members with the whole old one. So all
#   members of an event are said to be new in its place.
# For readers of the timeline: its documents have a null for each member without a value, and `{}` for identifiers while none is
#   known. Take the API's own diff, such as `/v1/events/{event_id}/diff`, or PyPI jsonpatch.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check json-diff==1.5.0 jsonpatch==1.33 2> /dev/null
cat > run.py <<'PY'
import io
import json

import jsonpatch
from json_diff import Comparator

EVENT = {"revision": 1, "note": "Kremlin", "place": {"id": "pyongyang"}}
PLACE = {"revision": 1, "country": "KP", "identifiers": {"wikidata": "Q18808"}}
BARE = {**PLACE, "identifiers": {}}


def compare(name, old, new):
    difference = Comparator(io.StringIO(json.dumps(old)), io.StringIO(json.dumps(new))).compare_dicts()
    print(name, "|", json.dumps(difference, sort_keys=True))
    print("  jsonpatch |", jsonpatch.make_patch(old, new).to_string())


compare("another place", EVENT, {**EVENT, "place": {"id": "moscow"}})
compare("no note", EVENT, {**EVENT, "note": None})
compare("no place", EVENT, {**EVENT, "place": None})
compare("no identifier", PLACE, BARE)
compare("an identifier", BARE, PLACE)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
another place | {"_update": {"place": {"_update": {"id": "moscow"}}}}
  jsonpatch | [{"op": "replace", "path": "/place/id", "value": "moscow"}]
no note | {}
  jsonpatch | [{"op": "replace", "path": "/note", "value": null}]
no place | {"_update": {"place": {"_append": {"note": "Kremlin", "place": null, "revision": 1}, "_remove": {"id": "pyongyang"}}}}
  jsonpatch | [{"op": "replace", "path": "/place", "value": null}]
no identifier | {"_update": {"identifiers": {"_append": {"country": "KP", "identifiers": {}, "revision": 1}, "_remove": {"wikidata": "Q18808"}}}}
  jsonpatch | [{"op": "remove", "path": "/identifiers/wikidata"}]
an identifier | {"_update": {"identifiers": {"_append": {"wikidata": "Q18808"}, "_remove": {"country": "KP", "identifiers": {}, "revision": 1}}}}
  jsonpatch | [{"op": "add", "path": "/identifiers/wikidata", "value": "Q18808"}]
TEXT
diff expected seen
