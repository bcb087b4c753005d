#!/usr/bin/env bash
# Library: PyPI korean-text-matcher 0.2.0, `korean_word_matching_ratio`, which compares the letters of the syllables, and
#   promises to be "robust for partial matches". It needs scikit-learn without saying so.
# Expected: two words that differ in one vowel agree by one number, whichever the vowel is; different words agree by less than
#   100; a name agrees with a longer text that has it.
# Seen: ㅣ and ㅢ are not taken apart, as the list of vowels has 19 of the 21: 김 and 곰 agree by 0, 감 and 곰 by 84, 리 and 라 by 0,
#   러 and 라 by 68. With an equal first consonant there is more: 최선희 and 채선희 agree by 100, as do 평양 and 팡양. 최선희 agrees
#   by 48 with itself before or after its office, and 푸틴 by 27 with 블라디미르 푸틴.
# For readers of the timeline: match names by `/v1/participants/resolve`.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check korean-text-matcher==0.2.0 scikit-learn==1.9.1 rapidfuzz==3.14.3 2> /dev/null
cat > run.py <<'PY'
from korean_text_matcher import korean_word_matching_ratio

for one, other in (
    ("김", "곰"),
    ("감", "곰"),
    ("리", "라"),
    ("러", "라"),
    ("김정은", "김정은"),
    ("최선희", "채선희"),
    ("평양", "팡양"),
    ("최선희", "최선희 외무상"),
    ("최선희", "외무상 최선희"),
    ("푸틴", "블라디미르 푸틴"),
):
    print(one, "|", other, "|", korean_word_matching_ratio(one, other))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
김 | 곰 | 0
감 | 곰 | 84
리 | 라 | 0
러 | 라 | 68
김정은 | 김정은 | 100
최선희 | 채선희 | 100
평양 | 팡양 | 100
최선희 | 최선희 외무상 | 48
최선희 | 외무상 최선희 | 48
푸틴 | 블라디미르 푸틴 | 27
TEXT
diff expected seen
