#!/usr/bin/env bash
# Library: npm russian-nouns-js 2.3.0, `decline` with `surname: true`.
# Expected: Мацегора is declined as a noun (Мацегоры, Мацегоре), as is every surname that ends in an unstressed -а; Ли, Но and Шойгу
#   stay as they are.
# Seen: each surname in -а is declined as Захарова is, of men too: the genitive and the dative are Мацегорой. Without
#   `surname` it is right, but Захарова is wrong then. The last vowel of a name without declension is cut like an ending: Ли
#   becomes Ла, Чхве (Choe) Чхви, Но (No) На. Nothing is reported.
# For readers of the timeline: pass `indeclinable: true` for Korean surnames that end in a vowel, and `surname` only for those
#   in -ов, -ев, -ин, -ский; or take pytrovich or npm petrovich.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund russian-nouns-js@2.3.0
cat > run.cjs <<'JS'
const { Case, Engine, Gender } = require("russian-nouns-js");
const engine = new Engine();
const forms = (lemma) => [Case.GENITIVE, Case.DATIVE, Case.INSTRUMENTAL].map((each) => engine.decline(lemma, each)[0]).join(", ");
for (const [text, gender] of [
  ["Мацегора", Gender.MASCULINE], ["Захарова", Gender.FEMININE], ["Шойгу", Gender.MASCULINE],
  ["Ли", Gender.MASCULINE], ["Чхве", Gender.FEMININE], ["Но", Gender.MASCULINE], ["Ким", Gender.MASCULINE],
]) {
  console.log(`${text}: ${forms({ text, gender, surname: true })}; no surname: ${forms({ text, gender })}`);
}
console.log("indeclinable:", forms({ text: "Ли", gender: Gender.MASCULINE, surname: true, indeclinable: true }));
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
Мацегора: Мацегорой, Мацегорой, Мацегорой; no surname: Мацегоры, Мацегоре, Мацегорой
Захарова: Захаровой, Захаровой, Захаровой; no surname: Захаровы, Захарове, Захаровой
Шойгу: Шойга, Шойгу, Шойгом; no surname: Шойга, Шойгу, Шойгом
Ли: Ла, Лу, Лом; no surname: Ла, Лу, Лом
Чхве: Чхви, Чхви, Чхвью; no surname: Чхви, Чхви, Чхвью
Но: На, Ну, Ном; no surname: На, Ну, Ном
Ким: Кима, Киму, Кимом; no surname: Кима, Киму, Кимом
indeclinable: Ли, Ли, Ли
TEXT
diff expected seen
