#!/usr/bin/env bash
# Libraries: PyPI petrovich 2.0.1, beside pytrovich 0.2.0 and npm petrovich 0.2.1, three ports of one set of rules.
# Expected: all decline the surname Цой (최, Choe), one of the commonest Korean ones in Russian, as Цоя, Цоем.
# Seen: PyPI petrovich takes it for an adjective: Цого, Цому, Цым. It leaves Мацегора as it is. The other two are right.
# For readers of the timeline: decline Russian names by pytrovich or npm petrovich.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet petrovich==2.0.1 pytrovich==0.2.0
npm init -y >/dev/null
npm install --silent --no-audit --no-fund petrovich@0.2.1
cat > run.py <<'PY'
from petrovich.enums import Case, Gender
from petrovich.main import Petrovich
from pytrovich import enums
from pytrovich.maker import PetrovichDeclinationMaker

one, other = Petrovich(), PetrovichDeclinationMaker()
for name in ("Цой", "Мацегора", "Лавров"):
    cases = [one.lastname(name, case, Gender.MALE) for case in (Case.GENITIVE, Case.DATIVE, Case.INSTRUMENTAL)]
    print("petrovich", name, *cases)
    cases = (enums.Case.GENITIVE, enums.Case.DATIVE, enums.Case.INSTRUMENTAL)
    print("pytrovich", name, *(other.make(enums.NamePart.LASTNAME, enums.Gender.MALE, case, name) for case in cases))
PY
venv/bin/python run.py > seen
cat > run.cjs <<'JS'
const petrovich = require("petrovich");
for (const last of ["Цой", "Мацегора", "Лавров"])
  console.log("npm", last, ...["genitive", "dative", "instrumental"].map((to) => petrovich({ last, gender: "male" }, to).last));
JS
node run.cjs >> seen
cat seen
cat > expected <<'TEXT'
petrovich Цой Цого Цому Цым
pytrovich Цой Цоя Цою Цоем
petrovich Мацегора Мацегора Мацегора Мацегора
pytrovich Мацегора Мацегоры Мацегоре Мацегорой
petrovich Лавров Лаврова Лаврову Лавровым
pytrovich Лавров Лаврова Лаврову Лавровым
npm Цой Цоя Цою Цоем
npm Мацегора Мацегоры Мацегоре Мацегорой
npm Лавров Лаврова Лаврову Лавровым
TEXT
diff expected seen
