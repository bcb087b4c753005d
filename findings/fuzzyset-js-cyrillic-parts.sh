#!/usr/bin/env bash
# Library: npm fuzzyset 1.0.7, `get`; PyPI fuzzyset2 0.2.5, which has the same algorithm.
# Expected: `Лавров` finds `Сергей Лавров` with the score by which `Lavrov` finds `Sergey Lavrov`, as the words have as many
#   letters; or nothing in Cyrillic is ever found.
# Seen: npm's deletes every letter that is neither Latin nor a digit from the parts that it compares. So a name in Cyrillic
#   or Hangul finds only names with as many words: `Сергей Лавроф` finds `Сергей Лавров` with 0.92, as in Latin letters,
#   and `Лавров` finds nothing. PyPI's finds it.
# For readers of the timeline: match names by `/v1/participants/resolve`.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fuzzyset@1.0.7
python3 -m venv venv
venv/bin/pip install --quiet fuzzyset2==0.2.5
cat > cases.json <<'JSON'
[["Sergey Lavrov", "Lavrov"], ["Sergey Lavrov", "Sergey Lavrof"], ["Сергей Лавров", "Лавров"],
 ["Сергей Лавров", "Сергей Лавроф"], ["최선희 외무상", "최선희"]]
JSON
cat > run.mjs <<'JS'
import { readFileSync } from "node:fs";
import FuzzySet from "fuzzyset";

for (const [name, text] of JSON.parse(readFileSync("cases.json", "utf8")))
  console.log("npm:", text, "=", FuzzySet([name]).get(text)?.map(([score, found]) => `${found} ${score.toFixed(2)}`).join() ?? "nothing");
JS
cat > run.py <<'PY'
import json

from fuzzyset import FuzzySet

for name, text in json.load(open("cases.json", encoding="utf-8")):
    names = FuzzySet()
    names.add(name)
    print("PyPI:", text, "=", ",".join(f"{found} {score:.2f}" for score, found in names.get(text) or []) or "nothing")
PY
{ node run.mjs; venv/bin/python run.py; } > seen
cat seen
cat > expected <<'TEXT'
npm: Lavrov = Sergey Lavrov 0.46
npm: Sergey Lavrof = Sergey Lavrov 0.92
npm: Лавров = nothing
npm: Сергей Лавроф = Сергей Лавров 0.92
npm: 최선희 = nothing
PyPI: Lavrov = Sergey Lavrov 0.46
PyPI: Sergey Lavrof = Sergey Lavrov 0.92
PyPI: Лавров = Сергей Лавров 0.46
PyPI: Сергей Лавроф = Сергей Лавров 0.92
PyPI: 최선희 = 최선희 외무상 0.43
TEXT
diff expected seen
