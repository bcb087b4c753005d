#!/usr/bin/env bash
# Library: PyPI rispy 0.10.0.
# Expected: one `UR` line is one URL. `;` is allowed in a URL (RFC 3986), and other lines with `;` stay whole.
# Seen: the line is cut at each `;`, so one URL becomes several, of which none leads anywhere. A note stays whole.
# For readers of the timeline: our `.ris` writes `;` in a URL as `%3B`; do the same in files of your own.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet rispy==0.10.0
cat > run.py <<'PY'
import rispy

record = "TY  - ELEC\nTI  - Talks\nN1  - one; two\nUR  - https://example.org/page?a=1;b=2\nER  - \n"
(entry,) = rispy.loads(record)
print(entry["notes"], entry["urls"])
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
['one; two'] ['https://example.org/page?a=1', 'b=2']
TEXT
diff expected seen
