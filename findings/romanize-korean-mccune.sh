#!/usr/bin/env bash
# Library: npm @romanize/korean 0.1.3, `romanize` with the system MR (McCune–Reischauer).
# Expected: ㅈ at the beginning is `ch` and between vowels `j`, ㄷ and ㅂ between vowels are `d` and `b`: 조선 is Chosŏn,
#   김여정 Kim Yŏjŏng, 블라디보스토크
#   (Vladivostok) Pŭlladibosŭt'ok'ŭ. A text with other characters keeps them, as it keeps digits and commas.
# Seen: ㅈ is `c` at the beginning and between vowels, as no system writes it (Yale has other vowels): cosŏn, kimyŏcŏng. ㄷ
#   and ㅂ between vowels stay `t` and `p`. But after ㅁ, ㅈ is `j`. One Cyrillic letter or a middle dot makes the
#   whole text an error ("Not a Hangul string").
# For readers of the timeline: take the default system, RR, or another library: `/v1/resolve` knows Kim Yŏjŏng, not Kim
#   Yŏcŏng.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @romanize/korean@0.1.3
cat > run.cjs <<'JS'
const { romanize } = require("@romanize/korean");
for (const text of ["조선", "최선희", "김정은", "김여정", "블라디보스토크", "2024년, 조로", "평화·친선", "Путин 푸틴"]) {
  try {
    console.log(`${text}: MR ${romanize(text, { system: "MR" })}, RR ${romanize(text)}`);
  } catch (error) {
    console.log(`${text}: ${error.message}`);
  }
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
조선: MR cosŏn, RR joseon
최선희: MR ch'oesŏnhŭi, RR choeseonhui
김정은: MR kimjŏngŭn, RR gimjeongeun
김여정: MR kimyŏcŏng, RR gimyeojeong
블라디보스토크: MR pŭllatiposŭt'ok'ŭ, RR beulradiboseutokeu
2024년, 조로: MR 2024nyŏn, coro, RR 2024nyeon, joro
평화·친선: Not a Hangul string
Путин 푸틴: Not a Hangul string
TEXT
diff expected seen
