#!/usr/bin/env bash
# Library: npm lvovich 2.1.0, `incline`.
# Expected: `incline({first, last, gender}, case)` declines by the gender that the caller gives, as its README describes,
#   and guesses only without one.
# Seen: the given gender is replaced by a guess, or by null. Kim Yo Jong, a woman, becomes a man (`Кима Ё Чжона`), and
#   Kim Jong Un, a man, is not declined at all. `inclineFirstname` and `inclineLastname` use the given gender.
# For readers of the timeline: call these two for the names in Russian of Koreans, whose gender nobody can guess.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund lvovich@2.1.0
cat > run.cjs <<'JS'
const { incline, inclineFirstname, inclineLastname } = require("lvovich");
for (const [last, first, gender] of [["Ким", "Ё Чжон", "female"], ["Ким", "Чен Ын", "male"], ["Лавров", "Сергей", "male"]]) {
  const whole = incline({ last, first, gender }, "genitive");
  console.log(gender, "whole:", whole.gender, whole.last, whole.first);
  console.log(gender, "parts:", inclineLastname(last, "genitive", gender), inclineFirstname(first, "genitive", gender));
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
female whole: male Кима Ё Чжона
female parts: Ким Ё Чжон
male whole: null Ким Чен Ын
male parts: Кима Чен Ына
male whole: male Лаврова Сергея
male parts: Лаврова Сергея
TEXT
diff expected seen
