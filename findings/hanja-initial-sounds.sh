#!/usr/bin/env bash
# Library: npm hanja 1.1.5, `translate`.
# Expected: the initial sound law, which the README promises ("두음법칙 적용"), holds for each word, so a word reads the same
#   wherever it is in a text. 率 after a consonant is 률, and 六月 is 유월.
# Seen: the law is applied to the first word of a text only, so a name has two spellings: 羅津 is 나진 alone and 라진 after
#   another word, 勞動黨 is 노동당 and 로동당, 李承晩 is 이승만 and 리승만. The 率 of a rate is read as the one of "to lead", 솔.
# For readers of the timeline: translate word by word, and search our names in both spellings: search takes either.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund hanja@1.1.5
cat > run.cjs <<'JS'
const { default: hanja } = require("hanja");
for (const text of ["羅津", "北韓 羅津", "勞動黨", "北韓 勞動黨", "李承晩", "大統領 李承晩", "失敗率", "六月"]) {
  console.log(text, hanja.translate(text, "SUBSTITUTION"));
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
羅津 나진
北韓 羅津 북한 라진
勞動黨 노동당
北韓 勞動黨 북한 로동당
李承晩 이승만
大統領 李承晩 대통령 리승만
失敗率 실패솔
六月 육월
TEXT
diff expected seen
