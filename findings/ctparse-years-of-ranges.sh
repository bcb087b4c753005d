#!/usr/bin/env bash
# Library: PyPI ctparse 0.3.6, `ctparse` with `ts`, the instant of asking, 30 November 2026.
# Expected: `18-19 June 2024` is a period in 2024, as `18 June 2024` is a day in 2024; or the result is None.
# Seen: the period is in the next June to come, 2027-06-18 to 2027-06-19: the best reading does not use the year in the text.
#   Of two whole dates with a dash between them only the second day remains, also in 2027. The same period in figures, and
#   a day or a month alone, have their year.
# For readers of the timeline: take the interval in `date`, not `date_text`.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet ctparse==0.3.6 2> /dev/null
cat > run.py <<'PY'
import warnings
from datetime import datetime

warnings.simplefilter("ignore")
from ctparse import ctparse

for text in ("18 June 2024", "June 2024", "18-19 June 2024", "18.06.2024 - 19.06.2024", "18 June 2024 - 19 June 2024", "22 - 26 October 2018"):
    print(text, "=", ctparse(text, ts=datetime(2026, 11, 30), timeout=0).resolution)
PY
venv/bin/python run.py > seen 2> /dev/null
cat seen
cat > expected <<'TEXT'
18 June 2024 = 2024-06-18 X:X (X/X)
June 2024 = 2024-06-X X:X (X/X)
18-19 June 2024 = 2027-06-18 X:X (X/X) - 2027-06-19 X:X (X/X)
18.06.2024 - 19.06.2024 = 2024-06-18 X:X (X/X) - 2024-06-19 X:X (X/X)
18 June 2024 - 19 June 2024 = 2027-06-19 X:X (X/X)
22 - 26 October 2018 = 2027-10-22 X:X (X/X) - 2027-10-26 X:X (X/X)
TEXT
diff expected seen
