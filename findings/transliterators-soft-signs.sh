#!/usr/bin/env bash
# Library: PyPI transliterate 1.10.2, npm cyrillic-to-translit-js 3.2.1.
# Expected: both offer the way back from Latin, so a common name returns, or loses letters that Latin cannot show.
# Seen: transliterate writes a small soft sign as an apostrophe and returns it as a capital letter within the word:
# `Пхеньян` is `ПхенЬян`. cyrillic-to-translit-js writes ы as i, as it writes и, in its preset for Russian: `Рыбаков` is
# `Ribakov`, and `Ким Чен Ын` returns as `Ким Чен Ин`.
# For readers of the timeline: match names by `/v1/resolve`, which knows their Cyrillic and Latin forms.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet transliterate==1.10.2
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cyrillic-to-translit-js@3.2.1
cat > run.py <<'PY'
from transliterate import translit

for name in ("Пхеньян", "Соловьёв", "Путин"):
    latin = translit(name, "ru", reversed=True)
    print(name, "=", latin, "=", translit(latin, "ru"))
PY
cat > run.cjs <<'JS'
const Translit = require("cyrillic-to-translit-js");

const russian = new Translit({ preset: "ru" });
for (const name of ["Рыбаков", "Ким Чен Ын"]) {
  const latin = russian.transform(name);
  console.log(name, "=", latin, "=", russian.reverse(latin));
}
JS
{ venv/bin/python run.py; node run.cjs; } > seen
cat seen
cat > expected <<'TEXT'
Пхеньян = Phen'jan = ПхенЬян
Соловьёв = Solov'ev = СоловЬев
Путин = Putin = Путин
Рыбаков = Ribakov = Рибаков
Ким Чен Ын = Kim Chen In = Ким Чен Ин
TEXT
diff expected seen
