#!/usr/bin/env bash
# Library: npm es-hangul 2.4.0, `romanize`.
# Expected: 김일성 is gimilseong, as the Revised Romanization writes names without the changes between their syllables, or as
#   the words sound. 금요일 (Friday) is geumyoil.
# Seen: a consonant is inserted before each syllable with i, ya, yeo, yo or yu, in names and in words that never have it:
#   김일성 is gimmilseong, 김정일 gimjeongnil, 금요일 geummyoil, 군인 (soldier) gunnin. A syllable after ㅁ gets ㅁ, not
#   ㄴ. A space between surname and given name helps only 김 일성, not 김 정일.
# For readers of the timeline: `/v1/resolve` does not know these. Romanize each syllable alone and join them with spaces,
#   or ask for the name in Hangul.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund es-hangul@2.4.0
cat > run.cjs <<'JS'
const { romanize, standardizePronunciation } = require("es-hangul");
const words = ["김정은", "김일성", "김 일성", "김정일", "김 정일", "김여정", "한영호", "박인철", "금요일", "군인"];
for (const word of words) {
  const alone = [...word.replace(" ", "")].map((syllable) => romanize(syllable)).join(" ");
  console.log(`${word}: ${romanize(word)}, ${standardizePronunciation(word)}, each alone: ${alone}`);
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
김정은: gimjeongeun, 김쩡은, each alone: gim jeong eun
김일성: gimmilseong, 김밀성, each alone: gim il seong
김 일성: gim ilseong, 김 일성, each alone: gim il seong
김정일: gimjeongnil, 김쩡닐, each alone: gim jeong il
김 정일: gim jeongnil, 김 정닐, each alone: gim jeong il
김여정: gimmyeojeong, 김며정, each alone: gim yeo jeong
한영호: hannyeongho, 한녕호, each alone: han yeong ho
박인철: bangnincheol, 방닌철, each alone: bak in cheol
금요일: geummyoil, 금묘일, each alone: geum yo il
군인: gunnin, 군닌, each alone: gun in
TEXT
diff expected seen
