#!/usr/bin/env bash
# Library: PyPI pyjosa 1.0.3, npm josa-js 0.0.2 and josa-complete 2.0.1, which choose the Korean particle after a word.
# Expected: a noun that ends with the consonant rieul takes `로`, not `으로` (서울로), and a figure is read aloud: 1948 ends with
#   팔, so 1948은, 1948이 and 1948로; 3 is 삼, so 3은, 3이 and 3으로.
# Seen: pyjosa returns `으로` for 서울, and right particles for the others. josa-js and josa-complete take every figure for a word
#   that ends with a vowel, as in 3는 and 3가; josa-complete adds `으로` to it all the same, so its particles contradict each other.
# For readers of the timeline: titles and `date_text` in Korean have their particles already; do not add particles to years or to names
#   such as 서울 by these. npm josa 3.0.1 and PyPI tossi choose right for all of these.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pyjosa==1.0.3
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund josa-js@0.0.2 josa-complete@2.0.1 josa@3.0.1 > /dev/null
cat > run.py <<'PY'
from pyjosa.josa import Josa

for word in ("서울", "평양", "모스크바"):
    print("pyjosa", word, *(Josa.get_josa(word, particle) for particle in ("은", "이", "으로")))
PY
cat > run.cjs <<'JS'
const josaJs = require("josa-js");
const { josa } = require("josa");
require("josa-complete");
for (const word of ["서울", "1948", "3"]) {
  console.log("josa-js", word, josaJs.c(word, "은/는"), josaJs.c(word, "이/가"));
  console.log("josa-complete", word.은는, word.이가, word.으로);
  console.log("josa", josa(`${word}#{은}`), josa(`${word}#{이}`), josa(`${word}#{으로}`));
}
JS
{ venv/bin/python run.py; node run.cjs; } > seen
cat seen
cat > expected <<'TEXT'
pyjosa 서울 은 이 으로
pyjosa 평양 은 이 으로
pyjosa 모스크바 는 가 로
josa-js 서울 은 이
josa-complete 서울은 서울이 서울로
josa 서울은 서울이 서울로
josa-js 1948 는 가
josa-complete 1948는 1948가 1948으로
josa 1948은 1948이 1948로
josa-js 3 는 가
josa-complete 3는 3가 3으로
josa 3은 3이 3으로
TEXT
diff expected seen
