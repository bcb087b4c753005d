#!/usr/bin/env bash
# Libraries: PyPI transliterate 1.10.2 and cyrtranslit 1.2.0, npm cyrillic-to-translit-js 3.2.1.
# Guess: each turns Russian into Latin letters and back without loss, except ё and ъ.
# Seen: none brings Пхеньян back. transliterate reads its own apostrophe as a capital letter (ПхенЬян), cyrtranslit its
#   own ph as ф (Феньян) and its own capital Ы as a small one. cyrillic-to-translit-js has no ь, and writes ы and и alike:
#   Ын and Ин, two Korean syllables, are both In, though it reads y as ы.
# For readers of the timeline: do not join lists on such a Latin form. Search with the Russian name, or resolve it.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet transliterate==1.10.2 cyrtranslit==1.2.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund cyrillic-to-translit-js@3.2.1
cat > run.py <<'PY'
import cyrtranslit
import transliterate

for name in ["Пхеньян", "Пак Ын Су", "Юрьев", "Щука"]:
    latin = transliterate.translit(name, "ru", reversed=True)
    print("transliterate", name, latin, transliterate.translit(latin, "ru"), sep=" | ")
    latin = cyrtranslit.to_latin(name, "ru")
    print("cyrtranslit", name, latin, cyrtranslit.to_cyrillic(latin, "ru"), sep=" | ")
PY
cat > run.cjs <<'JS'
const translit = new (require("cyrillic-to-translit-js"))();
for (const name of ["Пхеньян", "Пак Ын Су", "Пак Ин Су"]) {
  const latin = translit.transform(name);
  console.log(["cyrillic-to-translit-js", name, latin, translit.reverse(latin)].join(" | "));
}
JS
venv/bin/python run.py > seen
node run.cjs >> seen
cat > expected <<'TEXT'
transliterate | Пхеньян | Phen'jan | ПхенЬян
cyrtranslit | Пхеньян | Phen'yan | Феньян
transliterate | Пак Ын Су | Pak Yn Su | Пак Ын Су
cyrtranslit | Пак Ын Су | Pak Y'n Su | Пак ын Су
transliterate | Юрьев | Jur'ev | ЮрЬев
cyrtranslit | Юрьев | Yur'ev | Юрьев
transliterate | Щука | Schuka | Счука
cyrtranslit | Щука | SHHuka | Щука
cyrillic-to-translit-js | Пхеньян | Pkhenyan | Пхенян
cyrillic-to-translit-js | Пак Ын Су | Pak In Su | Пак Ин Су
cyrillic-to-translit-js | Пак Ин Су | Pak In Su | Пак Ин Су
TEXT
diff expected seen
