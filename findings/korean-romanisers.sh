#!/usr/bin/env bash
# Libraries: PyPI korean_romanizer 0.28.0; npm aromanize 0.1.5, hangul-romanization 1.0.1, transliteration 2.6.1.
# Guess: all write the Revised Romanisation by pronunciation: dongnimmun for 독립문, and ui for the vowel ㅢ.
# Seen: only aromanize writes dongnimmun and silla. ㅢ is ui in two of them, eui in aromanize and yi in transliteration,
#   so 희망 has three forms; 국어 has two. transliteration also writes c for the ㅊ that all others write ch.
# For readers of the timeline: `/v1/participants/resolve` finds a name in the forms of the first three, but not with yi
#   and c. Send it the Hangul, not the output of such a library.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet korean_romanizer==0.28.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund aromanize@0.1.5 hangul-romanization@1.0.1 transliteration@2.6.1
cat > run.py <<'PY'
from korean_romanizer.romanizer import Romanizer

print("korean_romanizer", *(Romanizer(word).romanize() for word in ["독립문", "신라", "국어", "희망", "최고"]), sep=" | ")
PY
cat > run.cjs <<'JS'
const words = ["독립문", "신라", "국어", "희망", "최고"];
const libraries = {
  "aromanize": (word) => require("aromanize").romanize(word),
  "hangul-romanization": require("hangul-romanization").convert,
  "transliteration": require("transliteration").transliterate,
};
for (const [name, romanise] of Object.entries(libraries))
  console.log([name, ...words.map((word) => romanise(word))].join(" | "));
JS
venv/bin/python run.py > seen
node run.cjs >> seen
cat > expected <<'TEXT'
korean_romanizer | dokripmun | sinra | gugeo | huimang | choego
aromanize | dongnimmun | silla | gugeo | heuimang | choego
hangul-romanization | dokripmun | sinra | gukeo | huimang | choego
transliteration | dogribmun | sinra | gugeo | hyimang | coego
TEXT
diff expected seen
