#!/usr/bin/env bash
# Library: PyPI odsgenerator 1.17.0, odfdo 3.27.3, ezodf 0.3.2 and odswriter 0.5.0, which write .ods, and pandas 3.1.1 with odfpy
#   1.4.1, which reads it.
# Expected: a cell with `office:boolean-value="true"` is True, as OpenDocument has it.
# Seen: pandas looks at the text of the cell, and only `TRUE` is True. odsgenerator and odfdo write `true`, ezodf no text, so
#   every true of theirs is False in pandas, without a warning. odswriter writes `TRUE`. ezodf and odfdo read all well.
# For readers of the timeline: our CSV has true and false, as in `date_approximate`. If you write them into an `.ods`, read it with
#   ezodf or odfdo, or write texts.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check odsgenerator==1.17.0 odfdo==3.27.3 ezodf==0.3.2 odswriter==0.5.0 \
  pandas==3.1.1 odfpy==1.4.1 lxml==6.1.3
cat > run.py <<'PY'
import re
import zipfile
from pathlib import Path

import ezodf
import odfdo
import odswriter
import pandas
from odsgenerator import odsgenerator

ROWS = [["top", True], ["other", False]]


def write_odfdo(path):
    table = odfdo.Table("events")
    for row in ROWS:
        table.append_row(odfdo.Row())
        for number, value in enumerate(row):
            table.set_value((number, table.height - 1), value)
    document = odfdo.Document("spreadsheet")
    document.body.clear()
    document.body.append(table)
    document.save(path)


def write_ezodf(path):
    document = ezodf.newdoc(doctype="ods", filename=path)
    sheet = ezodf.Sheet("events", size=(2, 2))
    document.sheets += sheet
    for y, row in enumerate(ROWS):
        for x, value in enumerate(row):
            sheet[y, x].set_value(value)
    document.save()


def write_odswriter(path):
    with odswriter.writer(open(path, "wb")) as writer:
        for row in ROWS:
            writer.writerow(row)


WRITERS = {
    "odsgenerator": lambda path: Path(path).write_bytes(odsgenerator.ods_bytes([ROWS])),
    "odfdo": write_odfdo,
    "ezodf": write_ezodf,
    "odswriter": write_odswriter,
}
for name, write in WRITERS.items():
    path = f"{name}.ods"
    write(path)
    content = zipfile.ZipFile(path).read("content.xml").decode()
    cells = re.findall(r'boolean-value="(\w+)".*?(?:/>|>(?:<text:p>(\w*))?)', content)
    print(f"{name} writes", cells)
    print("  pandas reads", pandas.read_excel(path, engine="odf", header=None)[1].tolist())
    print("  ezodf reads ", [row[1].value for row in ezodf.opendoc(path).sheets[0].rows()])
    print("  odfdo reads ", [row[1] for row in odfdo.Document(path).body.tables[0].get_values()])
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
odsgenerator writes [('true', 'true'), ('false', 'false')]
  pandas reads [False, False]
  ezodf reads  [True, False]
  odfdo reads  [True, False]
odfdo writes [('true', 'true'), ('false', 'false')]
  pandas reads [False, False]
  ezodf reads  [True, False]
  odfdo reads  [True, False]
ezodf writes [('true', ''), ('false', '')]
  pandas reads [False, False]
  ezodf reads  [True, False]
  odfdo reads  [True, False]
odswriter writes [('true', 'TRUE'), ('false', 'FALSE')]
  pandas reads [True, False]
  ezodf reads  [True, False]
  odfdo reads  [True, False]
TEXT
diff expected seen
