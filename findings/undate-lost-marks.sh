#!/usr/bin/env bash
# Library: PyPI undate 0.8.0.
# Expected: a date that is read and written again in EDTF is the same date, or is refused. The `omnibus` format, which
# combines the other ones, reads an ISO 8601 day as that day.
# Seen: the marks `~`, `?` and `%` are read without an error and dropped, so `2024-06~` equals `2024-06`. An unknown end
# becomes an open end: `2024-06/` is written as `2024-06/..`. `omnibus` reads 1948-10-12 as the year 1948, although
# `19 June 2024` is read as a day.
# For readers of the timeline: take the four bounds of a date beside `date`, and name the format `EDTF`.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet undate==0.8.0
cat > run.py <<'PY'
from undate import Undate

for text in ("2024-06~", "2024?", "2024-06-19%", "2024-06/"):
    print(text, Undate.parse(text, "EDTF").format("EDTF"))
print(Undate.parse("2024-06~", "EDTF") == Undate(2024, 6))
for text in ("19 June 2024", "1948-10-12"):
    print(text, str(Undate.parse(text, "omnibus")))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
2024-06~ 2024-06
2024? 2024
2024-06-19% 2024-06-19
2024-06/ 2024-06/..
True
19 June 2024 2024-06-19
1948-10-12 1948
TEXT
diff expected seen
