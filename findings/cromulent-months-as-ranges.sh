#!/usr/bin/env bash
# Library: PyPI cromulent 1.0.1 (Linked Art), `extract.date_cleaner`.
# Expected: a month in ISO 8601, `1948-10`, is that October, or None, as for other forms that it does not know.
# Seen: the two digits of the month are the last two of a second year: `1948-10` is from 1948 to the end of 1910, so that it ends
#   before it begins, and `1910-12` is three years. A day, a year and `1948/1949` are read as they should be. A period of two
#   days is None, and `ca. 1948` is a NameError.
# For readers of the timeline: give a TimeSpan the days of `date_bounds`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check cromulent==1.0.1
cat > run.py <<'PY'
from contextlib import redirect_stdout
from io import StringIO

from cromulent.extract import date_cleaner

for date in ["1948-10-12", "1948", "1948/1949", "1948-10", "1910-12", "2024-06", "1948-10-12/1948-10-18", "ca. 1948"]:
    try:
        with redirect_stdout(StringIO()):
            bounds = date_cleaner(date)
    except NameError as error:
        print(date, "is a NameError:", error)
    else:
        print(date, "is", bounds and " to before ".join(bound.date().isoformat() for bound in bounds))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
1948-10-12 is 1948-10-12 to before 1948-10-13
1948 is 1948-01-01 to before 1949-01-01
1948/1949 is 1948-01-01 to before 1950-01-01
1948-10 is 1948-01-01 to before 1911-01-01
1910-12 is 1910-01-01 to before 1913-01-01
2024-06 is 2024-01-01 to before 2007-01-01
1948-10-12/1948-10-18 is None
ca. 1948 is a NameError: name 'CIRCA' is not defined
TEXT
diff expected seen
