#!/usr/bin/env bash
# Library: npm csvjson-csv2json 5.0.6, lil-csv 1.4.6 and csvsync 1.3.3, readers of CSV.
# Expected: two quotation marks within a quoted cell are one (RFC 4180), wherever they are, and `""` is an empty cell.
# Seen: lil-csv drops all of them. csvjson-csv2json drops one that begins or ends a cell, but keeps its partner, and drops
#   the space at the end of a quoted list. csvsync reads an empty quoted cell as one quotation mark. @vanillaes/csv 3.0.8
#   reads all of them rightly.
# For readers of the timeline: our CSV has quotation marks in titles and notes, and around a value with a semicolon in a
#   list. Read it with @vanillaes/csv.
# Date: 2026-12-01.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund csvjson-csv2json@5.0.6 lil-csv@1.4.6 csvsync@1.3.3 @vanillaes/csv@3.0.8
cat > run.mjs <<'JS'
import * as vanillaes from "@vanillaes/csv";
import csvjson from "csvjson-csv2json";
import csvsync from "csvsync";
import * as lil from "lil-csv";

const readers = {
  "csvjson-csv2json": (text) => csvjson(text).map(Object.values),
  "lil-csv": (text) => lil.parse(text).map(Object.values),
  csvsync: (text) => csvsync.parse(text).slice(1),
  "@vanillaes/csv": (text) => vanillaes.parse(text).slice(1),
};
const text = ["title,note", '"Visit to ""Rodong Sinmun""","the ""28th"" of May"', '"""Rodong Sinmun"" of today",""', 'Talks,"; "', ""].join("\r\n");
for (const [name, read] of Object.entries(readers)) {
  for (const cells of read(text)) console.log(`${name}:`, cells.map((cell) => `<${cell}>`).join(" "));
}
JS
node run.mjs > seen
cat seen
cat > expected <<'TEXT'
csvjson-csv2json: <Visit to "Rodong Sinmun> <the "28th" of May>
csvjson-csv2json: <Rodong Sinmun" of today> <>
csvjson-csv2json: <Talks> <;>
lil-csv: <Visit to Rodong Sinmun> <the 28th of May>
lil-csv: <Rodong Sinmun of today> <>
lil-csv: <Talks> <; >
csvsync: <Visit to "Rodong Sinmun"> <the "28th" of May>
csvsync: <"Rodong Sinmun" of today> <">
csvsync: <Talks> <; >
@vanillaes/csv: <Visit to "Rodong Sinmun"> <the "28th" of May>
@vanillaes/csv: <"Rodong Sinmun" of today> <>
@vanillaes/csv: <Talks> <; >
TEXT
diff expected seen
