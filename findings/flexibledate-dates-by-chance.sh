#!/usr/bin/env bash
# Library: PyPI flexibledate 1.0.33, `create_flexible_date`, and `compare_dates`, which says from 0 to 100 how alike two dates are.
# Expected: a text is the same date in each run, of a period its first or last day. The nearer two dates are, the higher is the
#   number; "before 1948" goes with 1940 and not with 1950.
# Seen: the parts of a text are kept in sets of texts, and Python orders these anew in each run: `12 October 1948 to 17 March
#   1949` is one of its ends or, by their mixed parts, 17 October of 1948 or 1949. A comparison counts year, month and day each
#   by itself: the last day of 1949 and the first of 1950 agree by 32, and 17 March of 1949 and of 1959 by 83. "before 1948"
#   agrees by 90 with 1950 and by 60 with 1940, as 1948 alone does.
# For readers of the timeline: take `date`, not `date_text`, and compare the four bounds beside it, which are days.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check flexibledate==1.0.33 2> /dev/null
cat > run.py <<'PY'
import sys
import warnings

warnings.simplefilter("ignore")

from FlexibleDate.FlexibleDate import FlexibleDate

read = FlexibleDate.create_flexible_date
if sys.argv[1:] == ["read"]:
    print([repr(read(text)) for text in ("17 March 1949", "12 October 1948 to 17 March 1949")])
else:
    for one, other in (
        ("17 March 1949", "17 March 1949"),
        ("17 March 1949", "18 March 1949"),
        ("17 March 1949", "17 March 1959"),
        ("31 December 1949", "1 January 1950"),
        ("before 1948", "1940"),
        ("before 1948", "1950"),
        ("1948", "1940"),
        ("1948", "1950"),
    ):
        print(one, "|", other, "|", round(read(one).compare_dates(read(other))))
PY
for seed in 0 1 2 3; do PYTHONHASHSEED=$seed venv/bin/python run.py read; done > seen
venv/bin/python run.py compare >> seen
cat seen
cat > expected <<'TEXT'
['+1949-03-17', '+1948-10-12']
['+1949-03-17', '+1949-03-17']
['+1949-03-17', '+1949-10-17']
['+1949-03-17', '+1948-10-17']
17 March 1949 | 17 March 1949 | 100
17 March 1949 | 18 March 1949 | 98
17 March 1949 | 17 March 1959 | 83
31 December 1949 | 1 January 1950 | 32
before 1948 | 1940 | 60
before 1948 | 1950 | 90
1948 | 1940 | 60
1948 | 1950 | 90
TEXT
diff expected seen
