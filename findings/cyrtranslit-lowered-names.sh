#!/usr/bin/env bash
# Library: PyPI cyrtranslit 1.2.0.
# Expected: Russian names come back from the Latin alphabet as they were, since the library offers both directions; or they
# lose letters that Latin cannot show.
# Seen: all letters come back, but a capital Ы becomes a small one: `Ким Чен Ын` returns as `Ким Чен ын`. In the Latin form a
# letter of two signs has two capitals: `SHojgu`, `CHen`.
# For readers of the timeline: match names by `/v1/participants/resolve`, which knows their Cyrillic and Latin forms.
# Date: 2026-11-29.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet cyrtranslit==1.2.0
cat > run.py <<'PY'
import cyrtranslit

for name in ("Ким Чен Ын", "Шойгу", "Цой Сон Хи"):
    latin = cyrtranslit.to_latin(name, "ru")
    print(name, "=", latin, "=", cyrtranslit.to_cyrillic(latin, "ru"))
PY
venv/bin/python run.py > seen
cat seen
cat > expected <<'TEXT'
Ким Чен Ын = Kim CHen Y'n = Ким Чен ын
Шойгу = SHojgu = Шойгу
Цой Сон Хи = CZoj Son Hi = Цой Сон Хи
TEXT
diff expected seen
