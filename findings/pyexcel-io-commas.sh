#!/usr/bin/env bash
# Library: PyPI pyexcel-io 0.6.8, `get_data` of a CSV file, as pyexcel 0.7.6 reads it too.
# Expected: a cell with a comma stays a text, or becomes a number only if the comma separates thousands.
# Seen: every cell of digits and commas becomes one whole number without the commas: the years `1961,2000` are 19612000, the
#   latitude `39,03` of a French or Russian table is 3903, the day `24,11,2024` is 24112024. A space or a minus sign keeps the
#   text: `1961, 2000`, `-1,5`. It is the default, and there is no warning.
# For readers of the timeline: lists in our CSV are separated by semicolons. In tables of others turn off `auto_detect_int`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyexcel-io==0.6.8 pyexcel==0.7.6
cat > table.csv <<'CSV'
years,latitude,day,number,list
"1961,2000","39,03","24,11,2024","1,000","1961;2000"
"1961, 2000","-39,03",2024-11-24,007,"39.03"
CSV
cat > run.py <<'PY'
import pyexcel
from pyexcel_io import get_data

print("pyexcel-io")
for row in get_data("table.csv")["table.csv"][1:]:
    print(" ", [str(cell) if not isinstance(cell, (int, float)) else cell for cell in row])
print("pyexcel", pyexcel.get_array(file_name="table.csv")[1][:3])
print("auto_detect_int=False", get_data("table.csv", auto_detect_int=False)["table.csv"][1])
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
pyexcel-io
  [19612000, 3903, 24112024, 1000, '1961;2000']
  ['1961, 2000', '-39,03', '2024-11-24', '007', 39.03]
pyexcel [19612000, 3903, 24112024]
auto_detect_int=False ['1961,2000', '39,03', '24,11,2024', '1,000', '1961;2000']
TEXT
diff expected seen
