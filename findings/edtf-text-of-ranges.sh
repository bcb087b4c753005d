#!/usr/bin/env bash
# Library: PyPI edtf 5.0.2, `text_to_edtf`.
# Expected: a range or a choice of dates in English becomes an EDTF interval or set, or None if it is not understood, as
#   `30 June – 2 July 2024` does.
# Seen: two days of one month become another year: `18–19 June 2024` is 2018-06-19, `9 or 10 February 2000` is 2009-02-10.
#   `from` and `until` are dropped, and of two years only the last stays.
# For readers of the timeline: do not read `date_text` back. The EDTF is in `date`.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/python -m pip install --quiet --disable-pip-version-check edtf==5.0.2
cat > run.py <<'PY'
from edtf import text_to_edtf

for text in (
    "about 26 June 2024",
    "18–19 June 2024",
    "9 or 10 February 2000",
    "from 22 October 2018",
    "until December 1991",
    "2021–2023",
    "30 June – 2 July 2024",
):
    print(text, "->", text_to_edtf(text))
PY
venv/bin/python run.py > seen
cat > expected <<'TEXT'
about 26 June 2024 -> 2024-06-26~
18–19 June 2024 -> 2018-06-19
9 or 10 February 2000 -> 2009-02-10
from 22 October 2018 -> 2018-10-22
until December 1991 -> 1991-12
2021–2023 -> 2023
30 June – 2 July 2024 -> None
TEXT
diff expected seen
