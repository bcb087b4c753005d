#!/usr/bin/env bash
# Library: PyPI fast-ods 0.3.2, `ODSParser().parse`; the sheet is written with odfpy 1.4.1 and read beside it with ezodf 0.3.2.
# Expected: a cell has its text, and the cells of a row stand in their columns.
# Seen: of several lines in a cell the first alone is there. A comment stands in place of the text of its cell. A cell that a
#   merged one covers does not count, so each cell to its right moves one column to the left. Two spaces between words
#   vanish: they are an element of their own. Nothing is reported.
# For readers of the timeline: a table that was edited and saved as `.ods` has comments and merged cells. Read it with ezodf,
#   odfdo or pandas.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fast-ods==0.3.2 odfpy==1.4.1 ezodf==0.3.2 lxml==6.1.3 2> /dev/null
cat > run.py <<'PY'
import ezodf
from fast_ods import ODSParser
from odf.office import Annotation
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P, S


def cell(*children, **attributes):
    element = TableCell(valuetype="string", **attributes)
    for child in children:
        element.addElement(P(text=child) if isinstance(child, str) else child)
    return element


comment = Annotation()
comment.addElement(P(text="check the day"))
spaces = P(text="Official")
spaces.addElement(S(c=2))
spaces.addText("visit")
table = Table(name="events")
for cells in (
    [cell("date"), cell("title"), cell("place")],
    [cell("2024-06-18"), cell("State visit", "Signature"), cell("Pyongyang")],
    [cell("2024-11-01"), cell(comment, "Consultations"), cell("Moscow")],
    [cell("2024-11-04", numbercolumnsspanned=2, numberrowsspanned=1), CoveredTableCell(), cell("Moscow")],
    [cell("2024-11-29"), cell(spaces), cell("Pyongyang")],
):
    row = TableRow()
    for one in cells:
        row.addElement(one)
    table.addElement(row)
document = OpenDocumentSpreadsheet()
document.spreadsheet.addElement(table)
document.save("events.ods")

for fast, slow in zip(ODSParser().parse("events.ods"), ezodf.opendoc("events.ods").sheets[0].rows(), strict=True):
    print(list(fast), "|", [one.value for one in slow])
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
['date', 'title', 'place'] | ['date', 'title', 'place']
['2024-06-18', 'State visit', 'Pyongyang'] | ['2024-06-18', 'State visit\nSignature', 'Pyongyang']
['2024-11-01', 'check the day', 'Moscow'] | ['2024-11-01', 'Consultations', 'Moscow']
['2024-11-04', 'Moscow'] | ['2024-11-04', None, 'Moscow']
['2024-11-29', 'Officialvisit', 'Pyongyang'] | ['2024-11-29', 'Official  visit', 'Pyongyang']
TEXT
diff expected seen
