#!/usr/bin/env bash
# Library: PyPI iuliia 0.13.0 and npm iuliia 0.8.2, transliteration of Russian by 28 schemes.
# Expected: a romanization leaves no Cyrillic letter. BGN/PCGN, ALA-LC, BS 2979 and the UN system of 1987 write the
#   letter yo as `ë` (U+00EB), some after a `y`.
# Seen: eight schemes, these four among them, leave the small letter as it is, U+0451, among Latin letters, where it looks like
#   `ë`. A search for the same name with U+00EB finds nothing. The schemes of ICAO and Wikipedia leave none.
# For readers of the timeline: the search for names takes both letters; before you compare texts yourself, look for U+0451.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet iuliia==0.13.0
npm install --silent --no-audit --no-fund iuliia@0.8.2 > /dev/null
cat > run.py <<'PY'
import warnings
import iuliia

warnings.simplefilter("ignore")
for name in sorted(each for each in dir(iuliia) if each.isupper()):
    written = iuliia.translate("Семён", getattr(iuliia, name))
    left = [f"U+{ord(letter):04X}" for letter in written if "\u0400" <= letter <= "\u04ff"]
    if left:
        print(name, *left)
PY
cat > run.mjs <<'JS'
import * as iuliia from "iuliia";
for (const name of ["ALA_LC", "BGN_PCGN", "BS_2979", "UNGEGN_1987", "WIKIPEDIA"]) {
  const written = iuliia.translate("Семён", iuliia[name]);
  console.log("npm", name, /\u0451/.test(written));
}
JS
{ venv/bin/python run.py; node run.mjs; } > seen
cat seen
cat > expected <<'TEXT'
ALA_LC U+0451
BGN_PCGN U+0451
BGN_PCGN_ALT U+0451
BS_2979 U+0451
GOST_16876 U+0451
GOST_779 U+0451
SCIENTIFIC U+0451
UNGEGN_1987 U+0451
npm ALA_LC true
npm BGN_PCGN true
npm BS_2979 true
npm UNGEGN_1987 true
npm WIKIPEDIA false
TEXT
diff expected seen
