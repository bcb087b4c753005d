#!/usr/bin/env bash
# Library: PyPI bibliography-io 0.1.0, `load_records` and `dumps`.
# Expected: each entry of a .bib file has its own fields, and a reference of RIS can be written as BibTeX.
# Seen: every entry has the values of the last one: keys and types stay, titles, authors and dates are all alike, without an error.
#   A file with one entry is right. Of RIS, the year and the date (`PY`, `DA`) become one list, for which BibTeX cannot be
#   written; NEWS and ELEC become misc.
# For readers of the timeline: read `.bib` with bibtexparser, `.ris` with rispy.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check bibliography-io==0.1.0 2> /dev/null
cat > one.bib <<'BIB'
@article{talks,
  title = {{Talks in Moscow}},
  author = {{TASS}},
  date = {2024-06-18},
}
BIB
cat one.bib - > three.bib <<'BIB'

@online{visit,
  title = {{Visit to Pyongyang}},
  date = {2018-10},
}

@article{treaty,
  title = {{Treaty of friendship}},
  author = {{Pravda}},
  date = {1961-07-07},
}
BIB
cat > talks.ris <<'RIS'
TY  - NEWS
ID  - talks
TI  - Talks in Moscow
PY  - 2024
DA  - 2024/06/18/
ER  - 
RIS
cat > run.py <<'PY'
from bibliography_io import dumps, load_records

for name in ("one.bib", "three.bib", "talks.ris"):
    records = load_records(name)
    for key, record in records.items():
        print(name, key, record["ENTRYTYPE"], record["title"], record.get("author"), record.get("date", record.get("year")))
try:
    dumps(records, format="bib")
except Exception as error:
    print(type(error).__name__, error)
PY
venv/bin/python run.py > seen 2> errors
cat seen
cat > expected <<'TEXT'
one.bib talks article {Talks in Moscow} {TASS} 2024-06-18
three.bib talks article {Treaty of friendship} {Pravda} 1961-07-07
three.bib visit online {Treaty of friendship} {Pravda} 1961-07-07
three.bib treaty article {Treaty of friendship} {Pravda} 1961-07-07
talks.ris talks misc Talks in Moscow None ['2024', '2024/06/18/']
SerializationError Cannot serialize non-scalar BibTeX value: ['2024', '2024/06/18/']
TEXT
diff expected seen
