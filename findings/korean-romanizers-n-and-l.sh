#!/usr/bin/env bash
# Library: PyPI korean_romanizer 0.28.0, koroman 1.0.16.
# Expected: both follow the Revised Romanization, as they say, which writes assimilated sounds: 신라 is `Silla`, 압록강 is
#   `Amnokgang` (the Yalu), and 천리마 is `cheollima`.
# Seen: korean_romanizer takes each syllable alone and writes no assimilation: `sinra`, `aprokgang`, `cheonrima`. koroman
#   writes `ll` for ㄴ and ㄹ, except before 로, which it always takes for a street: 원로 (an elder, `wollo`) is `wonno`. So
#   조선로동당, the Workers' Party of Korea, is `joseonrodongdang` by one and `joseonnodongdang` by the other.
# For readers of the timeline: ask `/v1/participants/resolve` in Hangul.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet korean_romanizer==0.28.0 koroman==1.0.16
cat > run.py <<'PY'
import koroman
from korean_romanizer.romanizer import Romanizer

for text in ("신라", "압록강", "천리마", "독립", "종로", "원로", "조선로동당", "조선 로동당"):
    print(text, Romanizer(text).romanize(), koroman.romanize(text))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
신라 sinra silla
압록강 aprokgang amnokgang
천리마 cheonrima cheollima
독립 dokrip dongnip
종로 jongro jongno
원로 wonro wonno
조선로동당 joseonrodongdang joseonnodongdang
조선 로동당 joseon rodongdang joseon rodongdang
TEXT
diff expected seen
