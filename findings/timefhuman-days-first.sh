#!/usr/bin/env bash
# Library: PyPI timefhuman 0.1.5.
# Expected: `18-19 June 2024` is two days, as `June 18-19, 2024` is; words after a date leave the date as it is.
# Seen: days before the month are read as hours: 1 June 2024 from 18:00 to 19:00. `12 October 1948` alone is right, but
# with a place after it the day is lost: 1 October 1948.
# For readers of the timeline: take `date` or the four bounds of it, not `date_text`.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet timefhuman==0.1.5
cat > run.py <<'PY'
from datetime import datetime

from timefhuman import tfhConfig, timefhuman

config = tfhConfig(now=datetime(2026, 11, 29))
for text in (
    "June 18-19, 2024",
    "18-19 June 2024",
    "12 October 1948",
    "12 October 1948 in Moscow",
):
    (found,) = timefhuman(text, config=config)
    days = found if isinstance(found, tuple) else (found,)
    print(text, "=", *(day.isoformat() for day in days))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
June 18-19, 2024 = 2024-06-18T00:00:00 2024-06-19T00:00:00
18-19 June 2024 = 2024-06-01T18:00:00 2024-06-01T19:00:00
12 October 1948 = 1948-10-12T00:00:00
12 October 1948 in Moscow = 1948-10-01T00:00:00
TEXT
diff expected seen
