#!/usr/bin/env bash
# Library: PyPI pybtexris 0.2.0 (with pybtex 0.26.1), `RISParser().parse_string`.
# Expected: a record ends at the line of the tag ER.
# Seen: it ends wherever the letters ER, a space and a hyphen follow each other, so a title in capitals, `… LETTER - KCNA`,
#   divides its record. The title ends in `LETT`, and the rest of the record, with the date and the address, is a second
#   entry without a title, whose key is Unknown2024. Of a date the year alone has a field of BibTeX; the month and day
#   are in a field named DA.
# For readers of the timeline: no record of `.ris` has such a title, and each has its ID. Take `.bib`, which needs no
#   conversion.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pybtexris==0.2.0 pybtex==0.26.1
cat > run.py <<'PY'
from pybtexris.parsers import RISParser

RECORD = """TY  - NEWS
ID  - letter
TI  - {}
PY  - 2024
DA  - 2024/12/30/
UR  - http://timeline.example/letter
ER  - 
"""
for title in ("Kim's New Year letter - KCNA", "KIM'S NEW YEAR LETTER - KCNA"):
    print(title)
    for key, entry in RISParser().parse_string(RECORD.format(title)).entries.items():
        print(" ", key, entry.type, dict(entry.fields))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
Kim's New Year letter - KCNA
  letter misc {'type': 'Newspaper Article', 'title': "Kim's New Year letter - KCNA", 'url': 'http://timeline.example/letter', 'year': '2024', 'DA': '2024/12/30/'}
KIM'S NEW YEAR LETTER - KCNA
  letter misc {'type': 'Newspaper Article', 'title': "KIM'S NEW YEAR LETT"}
  Unknown2024 misc {'type': 'Generic', 'url': 'http://timeline.example/letter', 'year': '2024', 'DA': '2024/12/30/'}
TEXT
diff expected seen
