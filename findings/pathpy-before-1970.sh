#!/usr/bin/env bash
# Library: PyPI pathpy 2.2.0, `TemporalNetwork.read_file` with `timestamp_format="%Y-%m-%d"`.
# Expected: each row is a link at its day, in the order of the days, also the days before 1970; or the file is refused.
# Seen: the links before 1970 are left out. Only the log says "Negative timestamp", a warning for each row. A year alone
#   consists of digits, so it is taken for a time in seconds: a link of 1948 is at 1948 seconds after the beginning of 1970.
# For readers of the timeline: it begins in 1948, so a network over time loses its first 22 years. Give the days as counts
#   from the first one (`(day - first).days`) with the same unit for years.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pathpy==2.2.0
cat > run.py <<'PY'
from datetime import date
from pathlib import Path

import pathpy

DAYS = ["1948-10-12", "1949-03-17", "1969-12-31", "1970-01-01", "2024-06-18"]


def read(times):
    rows = [f"a{number},b{number},{time}\n" for number, time in enumerate(times)]
    Path("links.csv").write_text("source,target,time\n" + "".join(rows))
    return sorted(pathpy.TemporalNetwork.read_file("links.csv", timestamp_format="%Y-%m-%d").tedges)


print("days", read(DAYS))
print("years", read(["1948", "2024-06-18"]))
days = [date.fromisoformat(day) for day in DAYS]
print("counts", read([(day - days[0]).days for day in days]))
PY
TZ=UTC venv/bin/python run.py | grep -v "^20[0-9-]* [0-9:]* \[" > seen
cat seen
cat > expected <<'TEXT'
days [('a3', 'b3', 0), ('a4', 'b4', 1718668800)]
years [('a0', 'b0', 1948), ('a1', 'b1', 1718668800)]
counts [('a0', 'b0', 0), ('a1', 'b1', 156), ('a2', 'b2', 7750), ('a3', 'b3', 7751), ('a4', 'b4', 27643)]
TEXT
diff expected seen
