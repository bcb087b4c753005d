#!/usr/bin/env bash
# Library: PyPI static-frame 5.1.1, `Frame.from_csv`.
# Expected: an empty cell among whole numbers or among true and false stays empty, as it does among fractions (NaN), or the
#   column is of another type, as in pandas.
# Seen: an empty cell among whole numbers is 0, and among true and false it is False. So 0 events and a number of events that is
#   not known are one. In a column of texts an empty cell is an empty text.
# For readers of the timeline: give the types, `dtypes=str`, or take `/v1/events.parquet`, where missing values stay missing.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check static-frame==5.1.1 pandas==2.3.3 pyarrow==26.0.1 2> /dev/null
cat > run.py <<'PY'
import pandas
import pyarrow
import pyarrow.parquet
import static_frame

with open("places.csv", "w", encoding="utf-8") as file:
    file.write("id,events,former,latitude\npyongyang,473,true,39.0392\nrason,,,\nkhasan,0,false,42.4289\n")
frame = static_frame.Frame.from_csv("places.csv")
other = pandas.read_csv("places.csv")
for column in frame.columns:
    print(column, frame[column].dtype.kind, frame[column].values.tolist(), "| pandas:", other[column].tolist())
texts = static_frame.Frame.from_csv("places.csv", dtypes=str)
print("as texts", texts["events"].values.tolist())
table = pyarrow.table({"events": [473, None, 0], "former": [True, None, False]})
pyarrow.parquet.write_table(table, "places.parquet")
frame = static_frame.Frame.from_parquet("places.parquet")
print("Parquet", *(frame[column].values.tolist() for column in frame.columns))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
id U ['pyongyang', 'rason', 'khasan'] | pandas: ['pyongyang', 'rason', 'khasan']
events i [473, 0, 0] | pandas: [473.0, nan, 0.0]
former b [True, False, False] | pandas: [True, nan, False]
latitude f [39.0392, nan, 42.4289] | pandas: [39.0392, nan, 42.4289]
as texts ['473', '', '0']
Parquet [473.0, nan, 0.0] [True, None, False]
TEXT
diff expected seen
