#!/usr/bin/env bash
# Libraries: PyPI agate 1.14.2, and csvkit 2.2.0, which reads tables with it.
# Expected: a whole number is a number, and a month in words, which is no day, stays a text.
# Seen: a column of months in words is of days: "June 2024" becomes 2024-06-01, and "May" alone 0001-05-01, a day in the
#   year 1. One row of another form ("about June 2024", "18–19 June 2024") keeps the column as text. A column of ones is
#   Boolean, so that each entity that was never edited has the revision True. csvkit writes these
#   values. The text None becomes empty, also with `--no-inference`.
# For readers of the timeline: give agate the types, or csvkit `--no-inference`; take `start_earliest` to `end_latest` for
#   dates.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check agate==1.14.2 csvkit==2.2.0
cat > events.csv <<'CSV'
id,date,date_text,capacity,revision
2024-06-visit,2024-06,June 2024,None,1
2024-11-talks,2024-11,November 2024,Head of delegation,1
CSV
cat > run.py <<'PY'
import io

import agate

table = agate.Table.from_csv("events.csv")
for name, kind in zip(table.column_names, table.column_types):
    print(name, type(kind).__name__, [value and str(value) for value in table.columns[name].values()])
for text in ("May", "Monday", "1\n2", "June 2024\nabout May 2024", "June 2024\n18–19 May 2024"):
    column = agate.Table.from_csv(io.StringIO(f"text\n{text}\n")).columns["text"]
    print(repr(text), type(column.data_type).__name__, [value and str(value) for value in column.values()])
PY
{
  venv/bin/python run.py
  venv/bin/csvcut --columns date_text,capacity,revision events.csv > some.csv
  venv/bin/csvjson --stream some.csv
  venv/bin/csvjson --stream --no-inference some.csv
} > seen
cat seen
cat > expected <<'TEXT'
id Text ['2024-06-visit', '2024-11-talks']
date Text ['2024-06', '2024-11']
date_text Date ['2024-06-01', '2024-11-01']
capacity Text [None, 'Head of delegation']
revision Boolean ['True', 'True']
'May' Date ['0001-05-01']
'Monday' Date ['0001-01-08']
'1\n2' Number ['1', '2']
'June 2024\nabout May 2024' Text ['June 2024', 'about May 2024']
'June 2024\n18–19 May 2024' Text ['June 2024', '18–19 May 2024']
{"date_text": "2024-06-01", "capacity": null, "revision": true}
{"date_text": "2024-11-01", "capacity": "Head of delegation", "revision": true}
{"date_text": "June 2024", "capacity": null, "revision": "1"}
{"date_text": "November 2024", "capacity": "Head of delegation", "revision": "1"}
TEXT
diff expected seen
