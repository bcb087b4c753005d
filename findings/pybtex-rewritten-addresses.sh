#!/usr/bin/env bash
# Library: PyPI pybtex 0.26.1, `parse_string` and `BibliographyData.to_string("bibtex")`.
# Expected: a bibliography that is read and written has the same fields, as no step was asked to change them.
# Seen: writing escapes every field as if it was typeset text, and reading does not undo it. `~` of an approximate date
#   becomes `\textasciitilde`, and `&`, `_`, `%` and `#` of an address get a backslash. `\&`, which was escaped already,
#   becomes `\\&`, a line break and a separator of columns. Each further round adds more.
# For readers of the timeline: do not write `.bib` with it; read with it, or use bibtexparser.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pybtex==0.26.1
cat > in.bib <<'BIB'
@online{event,
  title = {Trade \& transport},
  eventdate = {2024-06~},
  url = {http://timeline.example/a_b?c=1&d=%20#e},
}
BIB
cat > run.py <<'PY'
from pathlib import Path

from pybtex.database import parse_string

text = Path("in.bib").read_text()
for round in range(3):
    bibliography = parse_string(text, "bibtex")
    for name, value in bibliography.entries["event"].fields.items():
        print(round, name, "=", value)
    text = bibliography.to_string("bibtex")
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
0 title = Trade \& transport
0 eventdate = 2024-06~
0 url = http://timeline.example/a_b?c=1&d=%20#e
1 title = Trade \\& transport
1 eventdate = 2024-06\textasciitilde
1 url = http://timeline.example/a\_b?c=1\&d=\%20\#e
2 title = Trade \\\& transport
2 eventdate = 2024-06\textasciitilde
2 url = http://timeline.example/a\\_b?c=1\\&d=\\%20\\#e
TEXT
diff expected seen
