#!/usr/bin/env bash
# Library: PyPI pylightxl 1.61, `readxl`.
# Expected: a workbook that XlsxWriter writes in constant memory has the same cells as one that it writes in ordinary
#   mode, since both are valid.
# Seen: in constant memory each text is in its cell (`t="inlineStr"`), and pylightxl reads all of these as empty
#   texts, the header too. Numbers and dates are there, so the table has its full size, and nothing is reported.
# For readers of the timeline: read `.xlsx` with openpyxl, calamine, pandas or LibreOffice, or take `.csv`.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pylightxl==1.61 xlsxwriter==3.3.1
cat > run.py <<'PY'
import pylightxl
import xlsxwriter

ROWS = [("id", "date", "title", "sources"), ("2024-06-visit", "2024-06~", "김정은과 푸틴", 4)]
for in_constant_memory in (False, True):
    workbook = xlsxwriter.Workbook("table.xlsx", {"constant_memory": in_constant_memory})
    sheet = workbook.add_worksheet("events")
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, row)
    workbook.close()
    print("constant memory" if in_constant_memory else "ordinary")
    for row in pylightxl.readxl("table.xlsx").ws("events").rows:
        print(" ", row)
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
ordinary
  ['id', 'date', 'title', 'sources']
  ['2024-06-visit', '2024-06~', '김정은과 푸틴', 4]
constant memory
  ['', '', '', '']
  ['', '', '', 4]
TEXT
diff expected seen
