#!/usr/bin/env bash
# Library: PyPI jellyfish 1.3.0, `match_rating_comparison` and `metaphone`.
# Expected: the Match Rating Approach compares letters, so two names that share no letter never match, in any alphabet; or
#   it raises an error for letters that it does not know.
# Seen: in Latin letters `Kim` and `Pak` do not match. The same two names in Cyrillic match, and so do 김 and 박, without
#   a letter in common. `metaphone` returns an empty text for every name in Cyrillic or Hangul, so all of these agree.
# For readers of the timeline: compare names in Latin letters only, or match them by `/v1/participants/resolve`.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet jellyfish==1.3.0
cat > run.py <<'PY'
from jellyfish import match_rating_codex, match_rating_comparison, metaphone

PAIRS = [("Kim", "Pak"), ("Ким", "Пак"), ("Kim", "Cho"), ("Ким", "Чхо"), ("Ри", "Ан"), ("김", "박")]
for one, other in PAIRS:
    codes = match_rating_codex(one), match_rating_codex(other)
    print(one, other, *codes, match_rating_comparison(one, other), [metaphone(one), metaphone(other)])
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
Kim Pak KM PK False ['KM', 'PK']
Ким Пак КИМ ПАК True ['', '']
Kim Cho KM CH False ['KM', 'X']
Ким Чхо КИМ ЧХО True ['', '']
Ри Ан РИ АН True ['', '']
김 박 김 박 True ['', '']
TEXT
diff expected seen
