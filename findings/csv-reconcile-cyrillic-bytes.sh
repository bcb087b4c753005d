#!/usr/bin/env bash
# Library: PyPI csv-reconcile 0.3.2, a reconciliation service of a CSV file, with its usual scorer, the Dice coefficient of
#   pairs of letters.
# Expected: names in Cyrillic and Hangul score as their romanizations do, and a low score is no match.
# Seen: the pairs of letters are sorted, joined, and then compared as pairs of bytes. A Cyrillic letter has two bytes in UTF-8, a
#   letter of Hangul three, so pairs of letters do not meet. "Lavrov Sergey" finds Sergey Lavrov with 83; "Лавров Сергей" has
#   26 where the coefficient is 83 too, and finds nobody, since 30 is the least. 김정은 and 최선희, who share no pair, have 33.
#   A candidate that is the only one is a match with any score.
# For readers of the timeline: match names by our reconciliation service, or give this one romanized names.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check csv-reconcile==0.3.2 normality==2.6.1 2> /dev/null
cat > people.tsv <<'TSV'
id	name
1	Sergey Lavrov
2	Vladimir Putin
3	Сергей Лавров
4	Владимир Путин
5	김정은
6	김정일
7	최선희
TSV
venv/bin/csv-reconcile init people.tsv id name > out 2>&1
cat > run.py <<'PY'
import json

from csv_reconcile import create_app

NAMES = ["Lavrov Sergey", "Лавров Сергей", "Putin", "Путин", "С. Лавров", "김정은", "김 정은"]
queries = {str(number): {"query": name} for number, name in enumerate(NAMES)}
client = create_app().test_client()
found = client.post("/reconcile", data={"queries": json.dumps(queries)}).json
for number, name in enumerate(NAMES):
    results = found[str(number)]["result"]
    print(name, [(each["name"], round(each["score"], 1), each["match"]) for each in results])
PY
venv/bin/python run.py 2> errors | grep -v -e '^start timer' -e '^Elapsed' > seen
cat seen
cat > expected <<'TEXT'
Lavrov Sergey [('Sergey Lavrov', 83.3, True)]
Лавров Сергей []
Putin [('Vladimir Putin', 47.1, True)]
Путин []
С. Лавров [('Сергей Лавров', 33.3, True)]
김정은 [('김정은', 100.0, True), ('김정일', 87.5, False), ('최선희', 33.3, False)]
김 정은 [('김정은', 89.8, False), ('김정일', 77.6, False), ('최선희', 32.6, False)]
TEXT
diff expected seen
