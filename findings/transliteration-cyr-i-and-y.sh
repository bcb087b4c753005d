#!/usr/bin/env bash
# Library: npm transliteration.cyr 1.0.5 and translitit-cyrillic-russian-to-latin 0.1.1.
# Expected: a romanization of Russian, as both call themselves, writes `и` as i and `ы` as y, as BGN/PCGN and ICAO do.
# Seen: both write `и` as y, as one does for Ukrainian, and `й` as i: Ким is `Kym`, Дмитрий is `Dmytryi`. So `и` and `ы`
#   cannot be told apart any more: Ин and Ын are both `Yn`.
# For readers of the timeline: match names by `/v1/participants/resolve`, which takes Cyrillic.
# Date: 2026-11-30.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --silent --no-audit --no-fund transliteration.cyr@1.0.5 translitit-cyrillic-russian-to-latin@0.1.1
cat > run.cjs <<'JS'
const { transliterate } = require("transliteration.cyr");
const translitit = require("translitit-cyrillic-russian-to-latin");

for (const name of ["Ким Чен Ын", "Ким Ен Ин", "Дмитрий Медведев", "Никита Хрущёв", "Сергей Лавров"]) {
  console.log(`${name}: ${transliterate(name)}, ${translitit(name)}`);
}
JS
node run.cjs > seen
cat seen
cat > expected <<'TEXT'
Ким Чен Ын: Kym Chen Yn, Kym Chen Yn
Ким Ен Ин: Kym En Yn, Kym En Yn
Дмитрий Медведев: Dmytryi Medvedev, Dmytryi Medvedev
Никита Хрущёв: Nykyta Khrushchev, Nykyta Khrushchev
Сергей Лавров: Sergei Lavrov, Sergei Lavrov
TEXT
diff expected seen
