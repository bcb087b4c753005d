#!/usr/bin/env bash
# Library: npm edtf 4.11.1, `format(date, locale)`.
# Expected: the text is in the words of each locale, and always shows `~`, `?` and both ends of an interval.
# Seen: in English it does. In Russian and Korean, for which the package has no patterns, it returns the first day or
#   month alone: no mark of doubt, and no end of the interval. There is no error and no warning.
# For readers of the timeline: a doubtful date looks certain, and a period like its first day. Take `date_text`.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund edtf@4.11.1
cat > run.mjs <<'JS'
import edtf, { format } from "edtf";
for (const locale of ["en-GB", "ru-RU", "ko-KR"])
  for (const date of ["2024-06~", "2024-06-18?", "2018-10-22/2018-10-26"])
    console.log([locale, date, format(edtf(date), locale)].join(" | "));
JS
node run.mjs > seen
cat > expected <<'TEXT'
en-GB | 2024-06~ | ca. 06/2024
en-GB | 2024-06-18? | 18/06/2024 (?)
en-GB | 2018-10-22/2018-10-26 | 22/10/2018 – 26/10/2018
ru-RU | 2024-06~ | 06.2024
ru-RU | 2024-06-18? | 18.06.2024
ru-RU | 2018-10-22/2018-10-26 | 22.10.2018
ko-KR | 2024-06~ | 2024. 6.
ko-KR | 2024-06-18? | 2024. 6. 18.
ko-KR | 2018-10-22/2018-10-26 | 2018. 10. 22.
TEXT
diff expected seen
