#!/usr/bin/env bash
# Library: npm @retorquere/bibtex-parser 9.0.29.
# Expected: `date` keeps the marks that BibLaTeX defines, `~` for approximate and `?` for uncertain, since the
#   parser keeps the other forms of EDTF: intervals, open ends and seasons.
# Seen: `~` is read as a space of TeX and dropped, so an approximate date becomes a sure one. `?` and the other forms stay.
# For readers of the timeline: an approximate date has `circa` in `.csl.json`, which keeps it.
# Date: 2026-11-28.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @retorquere/bibtex-parser@9.0.29
cat > run.mjs <<'JS'
import { parse } from "@retorquere/bibtex-parser";
for (const date of ["2024-06~", "2024-06?", "2024-06/2024-07", "1948/", "2024-22"]) {
  const { entries, errors } = parse(`@online{a,\n  title = {T},\n  date = {${date}},\n}\n`);
  console.log(date, "->", entries[0]?.fields.date, errors.length);
}
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
2024-06~ -> 2024-06 0
2024-06? -> 2024-06? 0
2024-06/2024-07 -> 2024-06/2024-07 0
1948/ -> 1948/ 0
2024-22 -> 2024-22 0
TEXT
diff expected seen
