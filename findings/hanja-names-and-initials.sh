#!/usr/bin/env bash
# Library: PyPI hanja 0.15.1, `translate(…, "substitution")`.
# Expected: 金日成 is 김일성, October, 十月, is 시월, and one spelling holds for the whole text: 노동신문 and 조선노동당 as in the
#   South, or 로동신문 and 조선로동당 as in the DPRK.
# Seen: the surname 金 is always 금, and 十月 is 십월. The first sound changes as in the South, but only at the beginning of a
#   run of hanja: the newspaper is 노동신문, the party 조선로동당, and the same party is 노동당 after a space.
# For readers of the timeline: read a 金 at the beginning of a name as 김, then ask `/v1/participants/resolve` or a search,
#   which take both spellings.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check hanja==0.15.1
cat > run.py <<'PY'
import hanja

for text in ("金日成", "金永南", "李先權", "勞動新聞", "朝鮮勞動黨", "조선 勞動黨", "羅先", "十月"):
    print(text, hanja.translate(text, "substitution"))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
金日成 금일성
金永南 금영남
李先權 이선권
勞動新聞 노동신문
朝鮮勞動黨 조선로동당
조선 勞動黨 조선 노동당
羅先 나선
十月 십월
TEXT
diff expected seen
