#!/usr/bin/env bash
# Library: PyPI rutimeparser 1.1.1, `parse` with `now`, 30 November 2026.
# Expected: `22 октября 2018` is 22 October 2018, as `22.10.2018` is; or nothing is found.
# Seen: the year after a month in words is ignored, past or future, and the day is the next one to come: 2027-10-22. With
#   `г.` after the year it is the same. With an hour after it, the day and the month are ignored too: the answer is today.
# For readers of the timeline: take the interval in `date`, not `date_text.ru`.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet rutimeparser==1.1.1
cat > run.py <<'PY'
from datetime import datetime

from rutimeparser import parse

for text in ("22.10.2018", "22 октября 2018", "22 октября 1985", "13 сентября 2023 г.", "1 мая 2031", "22 октября 2018 в 12:30"):
    print(text, "=", parse(text, now=datetime(2026, 11, 30, 9)).isoformat())
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
22.10.2018 = 2018-10-22
22 октября 2018 = 2027-10-22
22 октября 1985 = 2027-10-22
13 сентября 2023 г. = 2027-09-13
1 мая 2031 = 2027-05-01
22 октября 2018 в 12:30 = 2026-11-30T12:30:00
TEXT
diff expected seen
