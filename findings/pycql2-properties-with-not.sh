#!/usr/bin/env bash
# Library: PyPI pycql2 0.2.0, `transformer` over `parser`, which reads filters of OGC CQL2 as text.
# Expected: `note = 'x'` compares the property `note`, as `title = 'x'` compares `title`.
# Seen: a property whose name begins with `not` is read as NOT and the rest of the name, whatever the case: `note = 'x'` is the
#   negation of `e = 'x'`, and `notified = TRUE` of `ified = TRUE`. There is no error. On the right of a comparison the same
#   name is read well, and so are names that begin with other keywords, such as `android` and `order`. cql2 0.6.0 reads all.
# For readers of the timeline: events have a `note`. Write the filter as JSON, or with cql2.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pycql2==0.2.0 cql2==0.6.0
cat > run.py <<'PY'
import json

import cql2
from pycql2.cql2_transformer import parser, transformer

for text in ["title = 'x'", "note = 'x'", "title = note", "title IS NULL AND notified = TRUE", "android = 1 OR order = 1"]:
    print(text)
    print("  pycql2", transformer.transform(parser.parse(text)).model_dump_json())
    print("  cql2  ", json.dumps(cql2.parse_text(text).to_json(), separators=(",", ":")))
PY
venv/bin/python run.py 2> /dev/null | grep -v "^Unused terminals" > seen
cat seen
cat > expected <<'TEXT'
title = 'x'
  pycql2 {"op":"=","args":[{"property":"title"},"x"]}
  cql2   {"op":"=","args":[{"property":"title"},"x"]}
note = 'x'
  pycql2 {"op":"not","args":[{"op":"=","args":[{"property":"e"},"x"]}]}
  cql2   {"op":"=","args":[{"property":"note"},"x"]}
title = note
  pycql2 {"op":"=","args":[{"property":"title"},{"property":"note"}]}
  cql2   {"op":"=","args":[{"property":"title"},{"property":"note"}]}
title IS NULL AND notified = TRUE
  pycql2 {"op":"and","args":[{"op":"isNull","args":[{"property":"title"}]},{"op":"not","args":[{"op":"=","args":[{"property":"ified"},true]}]}]}
  cql2   {"op":"and","args":[{"op":"isNull","args":[{"property":"title"}]},{"op":"=","args":[{"property":"notified"},true]}]}
android = 1 OR order = 1
  pycql2 {"op":"or","args":[{"op":"=","args":[{"property":"android"},1.0]},{"op":"=","args":[{"property":"order"},1.0]}]}
  cql2   {"op":"or","args":[{"op":"=","args":[{"property":"android"},1.0]},{"op":"=","args":[{"property":"order"},1.0]}]}
TEXT
diff expected seen
