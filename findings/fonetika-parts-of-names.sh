#!/usr/bin/env bash
# Library: PyPI fonetika 1.5.1, `RussianMetaphone().transform`.
# Expected: a word has one code, alone or within a name, and the two usual spellings of a name, Фёдор and Федор, have one, as
#   texts write е for ё.
# Seen: Е, Ё, Ю and Я at the beginning are `J` and a vowel in the first word of the text only: Ён is JАН, but ЁН in Ли Ён Хо,
#   so its code is not that of Ли Йон Хо. With ё and with е a name has different codes: ФАДАР and ФИДАР.
# For readers of the timeline: match names by `/v1/participants/resolve`, which takes е for ё. With the library, replace ё by
#   е first, and join the codes of single words.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check fonetika==1.5.1 2> /dev/null
cat > run.py <<'PY'
from fonetika.metaphone import RussianMetaphone

metaphone = RussianMetaphone()
for name in ("Ли Ён Хо", "Ли Йон Хо", "Сергей Юрьев"):
    words = [metaphone.transform(word) for word in name.split()]
    print(name, "|", metaphone.transform(name), "|", *words)
for name in ("Фёдор", "Федор", "Хрущёв", "Хрущев"):
    print(name, "|", metaphone.transform(name))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
Ли Ён Хо | ЛИ ЁН ХА | ЛИ JАН ХА
Ли Йон Хо | ЛИ JАН ХА | ЛИ JАН ХА
Сергей Юрьев | СИРГИJ ЮРJИФ | СИРГИJ JУРJИФ
Фёдор | ФАДАР
Федор | ФИДАР
Хрущёв | ХРУЩАФ
Хрущев | ХРУЩИФ
TEXT
diff expected seen
