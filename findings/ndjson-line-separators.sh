#!/usr/bin/env bash
# Library: PyPI ndjson 0.3.1, `loads` and `load`.
# Expected: only a line feed ends a value of NDJSON. JSON allows U+2028, U+2029 and U+0085 within a text (RFC 8259, 7), so
#   a text with one is read unchanged, as `reader` of the same library reads it.
# Seen: `loads` and `load` divide the input at these characters too, and join the pieces with a comma to one array. Within a
#   text each becomes a comma, without an error: "talks U+2028 dinner" is "talks,dinner". Written as an escape, it stays.
# For readers of the timeline: it refuses records with these characters, which texts copied from PDF files and pages may have.
#   Read other files with `ndjson.reader`.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check ndjson==0.3.1
cat > run.py <<'PY'
import io
import json

import ndjson

for character in ("\u2028", "\u2029", "\u0085"):
    event = {"id": "2024-06-talks", "summary": f"회담{character}만찬"}
    name = f"U+{ord(character):04X}"
    for written in (False, True):
        source = json.dumps(event, ensure_ascii=written) + "\n"
        found = {
            "loads": ndjson.loads(source),
            "load": ndjson.load(io.StringIO(source)),
            "reader": list(ndjson.reader(io.StringIO(source))),
        }
        kept = {way: events == [event] for way, events in found.items()}
        print(name, "escaped" if written else "plain", kept, found["loads"][0]["summary"].replace(character, name))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
U+2028 plain {'loads': False, 'load': False, 'reader': True} 회담,만찬
U+2028 escaped {'loads': True, 'load': True, 'reader': True} 회담U+2028만찬
U+2029 plain {'loads': False, 'load': False, 'reader': True} 회담,만찬
U+2029 escaped {'loads': True, 'load': True, 'reader': True} 회담U+2029만찬
U+0085 plain {'loads': False, 'load': False, 'reader': True} 회담,만찬
U+0085 escaped {'loads': True, 'load': True, 'reader': True} 회담U+0085만찬
TEXT
diff expected seen
