#!/usr/bin/env bash
# Library: PyPI hgtk 0.2.1, `text.decompose` and `text.compose`.
# Expected: only Hangul is taken apart; all other characters stay, as English and figures do.
# Seen: Cyrillic, Chinese characters, dashes and « » disappear, and `compose` cannot bring them back. The reason is the
#   default `latin_filter=True`, which keeps Latin-1 only; with `latin_filter=False` everything stays.
#   (The package also needs six, and does not say so.)
# For readers of the timeline: an index of syllables over our titles and names would lose each Russian word without a
#   sign. Pass `latin_filter=False`.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet hgtk==0.2.1 six==1.17.0
cat > run.py <<'PY'
from hgtk.text import compose, decompose

for text in ["Anna 김안나, 2024-06.", "김안나 Анна", "김안나(金安羅)", "김안나 – «Анна»"]:
    print([text, compose(decompose(text)), compose(decompose(text, latin_filter=False))])
PY
venv/bin/python run.py > seen
cat > expected <<'TEXT'
['Anna 김안나, 2024-06.', 'Anna 김안나, 2024-06.', 'Anna 김안나, 2024-06.']
['김안나 Анна', '김안나 ', '김안나 Анна']
['김안나(金安羅)', '김안나()', '김안나(金安羅)']
['김안나 – «Анна»', '김안나  «»', '김안나 – «Анна»']
TEXT
diff expected seen
